/**
 * Locks the batch's players in id order and reads what its commands are decided on. The statements are queued at once,
 * and since each takes its own snapshot after the lock was granted, nothing that was read can change before COMMIT.
 */
import type {
  Book,
  BetState,
  GameRules,
  PlayerState,
  RequestState,
  RoundState,
  WalletState,
} from "@pitboss/domain/wallet/book";
import { houseKey } from "@pitboss/domain/wallet/book";
import type { Gate } from "@pitboss/domain/risk/gate-state";
import type { Command } from "@pitboss/domain/gaming/decide";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import {
  betOutcomeOf,
  betStatusOf,
  fundingPolicyOf,
  type HouseKind,
  playerStatusOf,
  requestKindOf,
  roundStatusOf,
  walletKindOf,
} from "@pitboss/domain/wallet/ledger-codes";
import { batchCapacity, nextBatchStart, transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { loadGates, loadOlderSlots, readGates } from "../../risk/gate-rows.ts";
import { numberArray, textArray } from "../../kernel/arrays.ts";
import type { Session, Statement, TextRow } from "../../kernel/session.ts";
import type { Envelope } from "./envelope.ts";
import { addJackpots, loadJackpots } from "./load-jackpots.ts";
import { loadWins, readWins } from "./load-wins.ts";

const lockPlayers: Statement = {
  name: "lock-players",
  text: "SELECT id, status, country, kyc_level FROM players WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE",
};

const loadWallets: Statement = {
  name: "load-wallets",
  text: `SELECT id, player_id, kind, currency, qualifier, funding_policy, available, held, last_transaction
           FROM wallets WHERE player_id = ANY($1::bigint[]) ORDER BY kind, id`,
};

const loadRequests: Statement = {
  name: "load-requests",
  text: "SELECT key, body_hash, ref, kind, answer FROM requests WHERE key = ANY($1::uuid[])",
};

const loadRounds: Statement = {
  name: "load-rounds",
  text: "SELECT provider_id, player_id, round_ref, status FROM rounds WHERE round_hash = ANY($1::bigint[])",
};

const selectBets = (
  named: string,
): string => `SELECT b.id, b.player_id, b.game_id, b.round_ref, b.currency, b.stake, coalesce(b.bonus_part, 0), b.bonus_wallet_id,
                coalesce(t.number, 0), coalesce(t.status, 1), coalesce(t.settled_cash, 0), coalesce(t.settled_bonus, 0),
                coalesce(t.paid_cash, 0), coalesce(t.paid_bonus, 0), g.provider_id, t.outcome,
                b.jackpot, b.jackpot_part
           FROM (${named}) named
           JOIN bets b ON b.id = named.id
           JOIN games g ON g.id = b.game_id
           LEFT JOIN LATERAL (
             SELECT max(number) AS number, (array_agg(status ORDER BY number DESC))[1] AS status,
                    (array_agg(outcome ORDER BY number DESC))[1] AS outcome,
                    sum(settled_cash)::bigint AS settled_cash, sum(settled_bonus)::bigint AS settled_bonus,
                    (array_agg(paid_cash ORDER BY number DESC))[1] AS paid_cash,
                    (array_agg(paid_bonus ORDER BY number DESC))[1] AS paid_bonus
               FROM bet_transitions WHERE bet_id = b.id) t ON true`;

const loadBets: Statement = {
  name: "load-bets",
  text: selectBets(`SELECT unnest($1::bigint[]) AS id
                  UNION SELECT ref FROM requests WHERE key = ANY($2::uuid[]) AND kind = 1`),
};

/** The bets of rounds that a win names without a bet or ends, and those that wins were paid on which are taken back. */
const loadRoundBets: Statement = {
  name: "load-round-bets",
  text: selectBets(`SELECT id FROM bets WHERE round_hash = ANY($1::bigint[])
                  UNION SELECT t.reference FROM requests r JOIN transactions t ON t.id = r.ref
                         WHERE r.key = ANY($2::uuid[]) AND r.kind = 2`),
};

/** The stripe is remembered in the transaction, so that the house's wallets are read after it is ours. */
const leaseStripe: Statement = {
  name: "lease-stripe",
  text: "SELECT set_config('pitboss.stripe', lease_stripe($1::integer, $2::integer)::text, true)",
};

const loadHouse: Statement = {
  name: "load-house",
  text: `SELECT id, kind, currency, qualifier, available, held, last_transaction
           FROM wallets WHERE player_id IS NULL AND stripe = current_setting('pitboss.stripe')::smallint`,
};

const proposeStart: Statement = { name: "propose-start", text: "SELECT propose_batch_start()" };

/** How many stripes the house's wallets have: as many batches can move house money at once. */
export const stripes = 32;

export interface LoadedBook {
  readonly book: Book;
  /** Undefined where no command of the batch moves the house's money. */
  readonly stripe: number | undefined;
}

interface Names {
  readonly players: bigint[];
  readonly requestKeys: string[];
  readonly placeKeys: string[];
  readonly roundHashes: bigint[];
  readonly betIds: bigint[];
  /** Rounds whose bets are all needed. */
  readonly wholeRounds: bigint[];
  /** Requests that are taken back. */
  readonly undone: string[];
  /** Bets that what they won from jackpots may be taken back of. */
  readonly corrected: { readonly ids: bigint[]; readonly keys: string[] };
  readonly needsHouse: boolean;
}

/** What the gate goes by beside what it knows of each player. */
export type GateRules = Pick<Gate, "packs" | "profiles">;

/** Runs inside an open transaction. `preferredStripe` spreads lanes over the stripes; without `gateRules` all bets pass the gate. */
export async function loadBook(
  session: Session,
  envelopes: readonly Envelope[],
  games: ReadonlyMap<number, GameRules>,
  preferredStripe: number,
  gateRules?: GateRules,
): Promise<LoadedBook> {
  const names = collectNames(envelopes);
  const players = numberArray(names.players);
  const namesBets = names.betIds.length > 0 || names.placeKeys.length > 0;
  const namesWins = names.wholeRounds.length > 0 || names.undone.length > 0;
  const { undone, corrected } = names;
  const takesBack = undone.length + corrected.ids.length + corrected.keys.length > 0;
  const [locked, wallets, gates, requests, rounds, bets, roundBets, wins, jackpots, stripe, house, start] =
    await Promise.all([
      session.run(lockPlayers, [players]),
      session.run(loadWallets, [players]),
      gateRules === undefined ? undefined : session.run(loadGates, [players]),
      session.run(loadRequests, [textArray([...names.requestKeys, ...names.placeKeys])]),
      names.roundHashes.length > 0 ? session.run(loadRounds, [numberArray(names.roundHashes)]) : undefined,
      namesBets ? session.run(loadBets, [numberArray(names.betIds), textArray(names.placeKeys)]) : undefined,
      namesWins ? session.run(loadRoundBets, [numberArray(names.wholeRounds), textArray(undone)]) : undefined,
      undone.length > 0 ? session.run(loadWins, [textArray(undone)]) : undefined,
      takesBack
        ? session.run(loadJackpots, [
            textArray(undone),
            numberArray(corrected.ids),
            textArray([...undone, ...corrected.keys]),
          ])
        : undefined,
      names.needsHouse ? session.run(leaseStripe, [preferredStripe, stripes]) : undefined,
      names.needsHouse ? session.run(loadHouse) : undefined,
      session.run(proposeStart),
    ]);
  const playerWallets = readWallets(wallets.rows);
  const book: Book = {
    nextId: 0n,
    endId: 0n,
    players: readPlayers(locked.rows),
    wallets: playerWallets,
    house: readHouse(house?.rows ?? []),
    requests: readRequests(requests.rows),
    rounds: readRounds(rounds?.rows ?? []),
    bets: readBets([...(bets?.rows ?? []), ...(roundBets?.rows ?? [])], playerWallets),
    wins: readWins(wins?.rows ?? []),
    games,
    ...(gateRules === undefined ? {} : { gate: { ...gateRules, states: readGates(gates?.rows ?? []) } }),
  };
  addJackpots(book, jackpots?.rows ?? []);
  const nextId = nextBatchStart(BigInt(start.rows[0]?.[0] ?? 0), newestTransaction(book));
  if (book.gate !== undefined) {
    await loadOlderSlots(session, book.gate.states, book.bets.values(), transactionTimeMs(nextId));
  }
  const stripeText = stripe?.rows[0]?.[0];
  return {
    book: { ...book, nextId, endId: nextId + BigInt(batchCapacity) },
    stripe: stripeText === undefined || stripeText === null ? undefined : Number(stripeText),
  };
}

function collectNames(envelopes: readonly Envelope[]): Names {
  const players = new Set<bigint>();
  const names = {
    requestKeys: [] as string[],
    placeKeys: [] as string[],
    roundHashes: [] as bigint[],
    betIds: [] as bigint[],
    wholeRounds: [] as bigint[],
    undone: [] as string[],
    corrected: { ids: [] as bigint[], keys: [] as string[] },
  };
  let needsHouse = false;
  for (const { command, round } of envelopes) {
    players.add(command.playerId);
    names.requestKeys.push(command.requestKey);
    if (round !== undefined) names.roundHashes.push(round.hash);
    if (command.type !== "place" || command.jackpot !== undefined) needsHouse = true;
    if (command.type === "win" && round !== undefined && (command.bet === null || command.close)) {
      names.wholeRounds.push(round.hash);
    }
    if (command.type === "undo") {
      names.requestKeys.push(command.mark);
      names.undone.push(command.original);
    }
    if (command.type === "correct") {
      if ("betId" in command.bet) names.corrected.ids.push(command.bet.betId);
      else names.corrected.keys.push(command.bet.placeKey);
    }
    for (const bet of betsNamedBy(command)) {
      if ("betId" in bet) names.betIds.push(bet.betId);
      else names.placeKeys.push(bet.placeKey);
    }
  }
  return { ...names, players: [...players], needsHouse };
}

function betsNamedBy(command: Command): readonly ({ betId: bigint } | { placeKey: string })[] {
  switch (command.type) {
    case "settle":
      return command.results.map((result) => result.bet);
    case "void":
    case "rollback":
    case "correct":
      return [command.bet];
    case "win":
      return command.bet === null ? [] : [command.bet];
    case "undo":
      return [{ placeKey: command.original }];
    case "place":
    case "move":
    case "post":
      return [];
  }
}

function readPlayers(rows: readonly TextRow[]): Map<bigint, PlayerState> {
  const players = new Map<bigint, PlayerState>();
  for (const row of rows) {
    const id = BigInt(row[0] ?? 0);
    players.set(id, {
      id,
      status: playerStatusOf(Number(row[1])),
      country: row[2] ?? "",
      kycLevel: Number(row[3]),
    });
  }
  return players;
}

function readWallets(rows: readonly TextRow[]): Map<bigint, WalletState[]> {
  const wallets = new Map<bigint, WalletState[]>();
  for (const [id, player, kind, currency, qualifier, policy, available, held, last] of rows) {
    const playerId = BigInt(player ?? 0);
    const wallet: WalletState = {
      id: BigInt(id ?? 0),
      playerId,
      kind: walletKindOf(Number(kind)),
      currency: currencyOfNumber(Number(currency)),
      qualifier: qualifier ?? "",
      available: BigInt(available ?? 0),
      held: BigInt(held ?? 0),
      lastTransaction: BigInt(last ?? 0),
      ...(policy === null || policy === undefined ? {} : { fundingPolicy: fundingPolicyOf(Number(policy)) }),
    };
    const list = wallets.get(playerId);
    if (list === undefined) wallets.set(playerId, [wallet]);
    else list.push(wallet);
  }
  return wallets;
}

function readHouse(rows: readonly TextRow[]): Map<string, WalletState> {
  const house = new Map<string, WalletState>();
  for (const [id, kindCode, currencyNumber, qualifier, available, held, last] of rows) {
    const kind = walletKindOf(Number(kindCode)) as HouseKind;
    const currency = currencyOfNumber(Number(currencyNumber));
    house.set(houseKey(kind, currency, qualifier ?? ""), {
      id: BigInt(id ?? 0),
      kind,
      currency,
      qualifier: qualifier ?? "",
      available: BigInt(available ?? 0),
      held: BigInt(held ?? 0),
      lastTransaction: BigInt(last ?? 0),
    });
  }
  return house;
}

function readRequest(row: TextRow): RequestState {
  const [, bodyHash, ref, kind, answer] = row;
  return {
    kind: requestKindOf(Number(kind)),
    bodyHash: bodyHash === null || bodyHash === undefined ? null : BigInt(bodyHash),
    ref: ref === null || ref === undefined ? null : BigInt(ref),
    answer: answer ?? null,
  };
}

function readRequests(rows: readonly TextRow[]): Map<string, RequestState> {
  const requests = new Map<string, RequestState>();
  for (const row of rows) requests.set(row[0] ?? "", readRequest(row));
  return requests;
}

export function roundKeyOf(providerId: number, playerId: bigint, ref: string): string {
  return `${providerId}|${playerId}|${ref}`;
}

function readRounds(rows: readonly TextRow[]): Map<string, RoundState> {
  const rounds = new Map<string, RoundState>();
  for (const [provider, player, ref, status] of rows) {
    const key = roundKeyOf(Number(provider), BigInt(player ?? 0), ref ?? "");
    rounds.set(key, { status: roundStatusOf(Number(status)) });
  }
  return rounds;
}

/** A bet of a player who is not in the batch gets no bonus wallet; such a bet is not found by any command of it. */
function readBets(
  rows: readonly TextRow[],
  wallets: ReadonlyMap<bigint, readonly WalletState[]>,
): Map<bigint, BetState> {
  const bets = new Map<bigint, BetState>();
  for (const row of rows) {
    const [id, playerId, stake, bonusPart] = [row[0], row[1], row[5], row[6]].map((text) => BigInt(text ?? 0));
    if (id === undefined || playerId === undefined || stake === undefined || bonusPart === undefined) continue;
    const gameId = Number(row[2]);
    const bonusWalletId = row[7] === null || row[7] === undefined ? null : BigInt(row[7]);
    const [settledCash, settledBonus, paidCash, paidBonus] = [row[10], row[11], row[12], row[13]].map((text) =>
      BigInt(text ?? 0),
    );
    bets.set(id, {
      id,
      playerId,
      providerId: Number(row[14]),
      gameId,
      roundKey: roundKeyOf(Number(row[14]), playerId, row[3] ?? ""),
      currency: currencyOfNumber(Number(row[4])),
      stake,
      cashPart: stake - bonusPart,
      bonusPart,
      bonusWallet: bonusWalletId === null ? undefined : wallets.get(playerId)?.find(({ id }) => id === bonusWalletId),
      jackpot: typeof row[16] === "string" ? { code: row[16], amount: BigInt(row[17] ?? 0) } : undefined,
      jackpotWins: [],
      transitions: Number(row[8]),
      status: betStatusOf(Number(row[9])),
      outcome: row[15] === null || row[15] === undefined ? null : betOutcomeOf(Number(row[15])),
      heldCash: stake - bonusPart - (settledCash ?? 0n),
      heldBonus: bonusPart - (settledBonus ?? 0n),
      paidCash: paidCash ?? 0n,
      paidBonus: paidBonus ?? 0n,
    });
  }
  return bets;
}

function newestTransaction(book: Book): bigint {
  let newest = 0n;
  for (const wallets of book.wallets.values()) {
    for (const { lastTransaction } of wallets) if (lastTransaction > newest) newest = lastTransaction;
  }
  for (const { lastTransaction } of book.house.values()) if (lastTransaction > newest) newest = lastTransaction;
  return newest;
}
