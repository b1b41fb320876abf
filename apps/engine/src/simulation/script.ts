/** What the players and game servers of a run ask for. Made from the seed alone, so that a run can be repeated. */
import type { Random } from "./random.ts";
import type { SmallCasino } from "./small-casino.ts";

export interface Op {
  /** Its place in the run. */
  readonly number: number;
  readonly kind: "place" | "settle" | "void" | "rollback" | "correct";
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly player: number;
}

export interface PlaceOp extends Op {
  readonly kind: "place";
  readonly requestId: string;
  readonly roundId: string;
  readonly gameId: string;
  /** Minor units. */
  readonly stake: bigint;
}

export interface Script {
  /** The next commands; some of them are about bets of this very burst, or come before what they are about. */
  burst(size: number): Op[];
  readonly ops: readonly Op[];
}

const cents = (amount: bigint): string => `${amount / 100n}.${(amount % 100n).toString().padStart(2, "0")}`;
const eur = (amount: bigint) => ({ amount: cents(amount), currency: "EUR" });

export function writeScript(casino: SmallCasino, random: Random, seed: number): Script {
  const ops: Op[] = [];
  const bets: PlaceOp[] = [];
  /** The round that each player is in, by its number. */
  const rounds = new Map<number, number>();

  function add<T extends Op>(op: Omit<T, "number">): T {
    const numbered = { ...op, number: ops.length } as T;
    ops.push(numbered);
    return numbered;
  }
  const requestId = (): string => `s${seed}-${ops.length}`;
  const playerId = (player: number): string => casino.players[player]?.publicId ?? "";

  function place(): PlaceOp {
    const player = random.int(0, casino.players.length - 1);
    const round = (rounds.get(player) ?? 0) + (random.chance(0.6) ? 1 : 0);
    rounds.set(player, round);
    const gameId = random.pick(casino.games);
    const roundId = `R-${seed}-${player}-${round}`;
    // Now and then more than anybody has, or than the game takes.
    const stake = random.chance(0.04) ? BigInt(random.int(200_000, 600_000)) : BigInt(random.int(10, 3_000));
    const id = requestId();
    const wallet = random.pick([undefined, undefined, "cash", "bonus"]);
    const bet = add<PlaceOp>({
      kind: "place",
      path: "/v1/bets/place",
      player,
      requestId: id,
      roundId,
      gameId,
      stake,
      body: {
        requestId: id,
        playerId: playerId(player),
        roundId,
        gameId,
        stake: eur(stake),
        selection: [{ market: "straight", value: String(random.int(0, 36)) }],
        ...(wallet === undefined ? {} : { wallet }),
      },
    });
    bets.push(bet);
    return bet;
  }

  /** Mostly a bet of lately, so that something is still open. */
  function someBet(): PlaceOp {
    if (bets.length === 0) return place();
    const back = random.chance(0.8) ? Math.min(bets.length, 40) : bets.length;
    return bets[bets.length - random.int(1, back)] ?? place();
  }

  function settle(): Op {
    const bet = someBet();
    const together = bets.filter(
      ({ player, roundId, gameId }) => player === bet.player && roundId === bet.roundId && gameId === bet.gameId,
    );
    const chosen = random.chance(0.7) ? together.slice(-random.int(1, 3)) : [bet];
    const results = chosen.map((one) => {
      const outcome = random.pick(["WIN", "LOSE", "LOSE", "PUSH"]);
      const part = random.chance(0.2) ? { stake: eur(1n + BigInt(random.int(0, Number(one.stake) - 1))) } : {};
      const payout = outcome === "WIN" ? { payout: eur(BigInt(random.int(1, 9_000))) } : {};
      return { placeRequestId: one.requestId, outcome, ...payout, ...part };
    });
    return add({
      kind: "settle",
      path: "/v1/rounds/settle",
      player: bet.player,
      body: {
        requestId: requestId(),
        playerId: playerId(bet.player),
        roundId: bet.roundId,
        gameId: bet.gameId,
        bets: results,
        closed: random.chance(0.4),
      },
    });
  }

  function undo(kind: "void" | "rollback" | "correct", bet: PlaceOp): Op {
    const outcome = random.pick(["WIN", "LOSE", "PUSH", "VOID"]);
    const more = {
      void: { reason: "misdeal" },
      rollback: {},
      correct: {
        outcome,
        reason: "wrong number",
        ...(outcome === "WIN" ? { payout: eur(BigInt(random.int(1, 9_000))) } : {}),
      },
    };
    return add({
      kind,
      path: `/v1/bets/${kind}`,
      player: bet.player,
      body: {
        requestId: requestId(),
        playerId: playerId(bet.player),
        placeRequestId: bet.requestId,
        ...more[kind],
      },
    });
  }

  function next(): Op[] {
    const roll = random.int(1, 100);
    if (roll <= 52) return [place()];
    if (roll <= 80) return [settle()];
    if (roll <= 85) return [undo("void", someBet())];
    if (roll <= 89) return [undo("rollback", someBet())];
    if (roll <= 95) return [undo("correct", someBet())];
    // A rollback that overtakes its bet.
    const late = place();
    return [undo("rollback", late), late];
  }

  return {
    ops,
    burst: (size) => {
      const burst: Op[] = [];
      while (burst.length < size) burst.push(...next());
      // Reordered a little: what is about a bet may come before it.
      return random.chance(0.3) ? random.shuffle(burst) : burst;
    },
  };
}
