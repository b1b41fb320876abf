/** What the transactions of a slice refer to: bets, their transitions, rounds, and the legs of other movements. */
import type { JsonValue } from "@pitboss/domain/kernel/json";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type {
  CommittedBatch,
  CommittedBet,
  CommittedLeg,
  CommittedTransition,
  EventFacts,
} from "@pitboss/domain/ops/committed-batch";
import { isMoneyTransaction } from "@pitboss/domain/wallet/build-money-events";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import {
  betOutcomeOf,
  betStatusOf,
  isHouseTransaction,
  roundStatusOf,
  walletKindOf,
} from "@pitboss/domain/wallet/ledger-codes";
import { numberArray } from "../kernel/arrays.ts";
import type { Session, Statement, TextRow } from "../kernel/session.ts";

const listPlaced: Statement = {
  name: "list-placed-bets",
  text: `SELECT b.id, b.player_id, b.game_id, b.round_ref, b.currency, b.stake, coalesce(b.bonus_part, 0), w.qualifier,
                b.balance_after, b.session_id, b.selection
           FROM unnest($1::bigint[]) AS named(id)
           JOIN bets b ON b.id = named.id
           LEFT JOIN wallets w ON w.id = b.bonus_wallet_id`,
};

/** Bets that something happened to, with their rounds; what was selected is told when a bet is placed, and not again. */
const listMoved: Statement = {
  name: "list-moved-bets",
  text: `SELECT b.id, b.player_id, b.game_id, b.round_ref, b.currency, b.stake, coalesce(b.bonus_part, 0), w.qualifier,
                b.balance_after, b.session_id, NULL, r.status, r.closed_by
           FROM unnest($1::bigint[]) AS named(id)
           JOIN bets b ON b.id = named.id
           JOIN games g ON g.id = b.game_id
           LEFT JOIN wallets w ON w.id = b.bonus_wallet_id
           LEFT JOIN rounds r ON r.round_hash = b.round_hash AND r.player_id = b.player_id
                             AND r.provider_id = g.provider_id AND r.round_ref = b.round_ref`,
};

const listTransitions: Statement = {
  name: "list-transitions",
  text: `SELECT t.bet_id, t.transaction_id, t.number, t.status, t.outcome, t.settled_cash, t.settled_bonus, t.paid_cash,
                t.paid_bonus, t.late
           FROM unnest($1::bigint[]) AS named(id)
           JOIN bet_transitions t ON t.bet_id = named.id
          ORDER BY t.bet_id, t.number`,
};

/**
 * The legs of movements that are no bets. They are looked up by wallet: the players' and the house's wallets are few,
 * and each is one descent of the postings' key. (The summary of postings by transaction does not cover the newest rows
 * until a vacuum or the sealer has been there: 400 ms a read were measured then, against 4 ms on this way.)
 */
const listLegs: Statement = {
  name: "list-legs",
  text: `SELECT p.transaction_id, w.id, w.kind, w.qualifier, w.currency, p.available, p.held, p.available_after, p.held_after
           FROM (SELECT id FROM wallets WHERE player_id = ANY($1::bigint[])
                 UNION ALL SELECT id FROM wallets WHERE player_id IS NULL) named
           JOIN wallets w ON w.id = named.id
           JOIN postings p ON p.wallet_id = w.id AND p.transaction_id >= $2::bigint AND p.transaction_id <= $3::bigint
          WHERE p.transaction_id = ANY($4::bigint[])
          ORDER BY p.transaction_id, w.id`,
};

const listGames: Statement = {
  name: "list-game-codes",
  text: "SELECT g.id, g.code, p.code FROM games g JOIN providers p ON p.id = g.provider_id",
};

const listProviders: Statement = { name: "list-provider-codes", text: "SELECT id, code FROM providers" };

export async function loadEventFacts(session: Session, batches: readonly CommittedBatch[]): Promise<EventFacts> {
  const names = collectNames(batches);
  const [placed, moved, transitions, legs, games, providers] = await Promise.all([
    names.placed.length > 0 ? session.run(listPlaced, [numberArray(names.placed)]) : undefined,
    names.moved.length > 0 ? session.run(listMoved, [numberArray(names.moved)]) : undefined,
    names.moved.length > 0 ? session.run(listTransitions, [numberArray(names.moved)]) : undefined,
    readLegs(session, names),
    batches.length > 0 ? session.run(listGames) : undefined,
    batches.length > 0 ? session.run(listProviders) : undefined,
  ]);
  const bets = new Map<bigint, CommittedBet>();
  // A bet that was placed and moved in one slice is read twice: its selection from one, its round from the other.
  for (const row of placed?.rows ?? []) bets.set(BigInt(row[0] ?? 0), readBet(row));
  for (const row of moved?.rows ?? []) {
    const bet = readBet(row);
    bets.set(bet.id, { ...bet, selection: bets.get(bet.id)?.selection ?? null });
  }
  return {
    bets,
    transitions: groupTransitions(transitions?.rows ?? []),
    legs,
    games: new Map(
      games?.rows.map(([id, code, provider]) => [Number(id), { code: code ?? "", provider: provider ?? "" }]),
    ),
    providers: new Map(providers?.rows.map(([id, code]) => [Number(id), code ?? ""])),
  };
}

interface Names {
  readonly placed: bigint[];
  readonly moved: bigint[];
  readonly money: { readonly ids: bigint[]; readonly players: bigint[] };
}

function collectNames(batches: readonly CommittedBatch[]): Names {
  const placed: bigint[] = [];
  const moved = new Set<bigint>();
  const money = { ids: [] as bigint[], players: new Set<bigint>() };
  for (const { transactions, sideEvents } of batches) {
    for (const transaction of transactions) {
      if (isHouseTransaction(transaction.type)) continue;
      if (isMoneyTransaction(transaction)) {
        money.ids.push(transaction.id);
        if (transaction.playerId !== null) money.players.add(transaction.playerId);
      } else if (transaction.type === "HOLD") {
        placed.push(transaction.id);
      } else if (transaction.reference !== null) {
        moved.add(transaction.reference);
      }
    }
    for (const { type, betId } of sideEvents) {
      const id = type === "bet.corrected" && typeof betId === "string" ? parseId("bet", betId) : undefined;
      if (id !== undefined) moved.add(id);
    }
  }
  return { placed, moved: [...moved], money: { ids: money.ids, players: [...money.players] } };
}

async function readLegs(session: Session, { money }: Names): Promise<Map<bigint, CommittedLeg[]>> {
  const legs = new Map<bigint, CommittedLeg[]>();
  const { ids, players } = money;
  if (ids.length === 0) return legs;
  const [least, most] = boundsOf(ids);
  const { rows } = await session.run(listLegs, [numberArray(players), `${least}`, `${most}`, numberArray(ids)]);
  for (const row of rows) {
    const leg = readLeg(row);
    const list = legs.get(leg.transactionId);
    if (list === undefined) legs.set(leg.transactionId, [leg]);
    else list.push(leg);
  }
  return legs;
}

function boundsOf(ids: readonly bigint[]): [bigint, bigint] {
  let [least, most] = [ids[0] ?? 0n, ids[0] ?? 0n];
  for (const id of ids) {
    if (id < least) least = id;
    if (id > most) most = id;
  }
  return [least, most];
}

function readLeg(row: TextRow): CommittedLeg {
  const number = (index: number): bigint => BigInt(row[index] ?? 0);
  return {
    transactionId: number(0),
    walletId: number(1),
    kind: walletKindOf(Number(row[2])),
    qualifier: row[3] ?? "",
    currency: currencyOfNumber(Number(row[4])),
    available: number(5),
    held: number(6),
    availableAfter: number(7),
    heldAfter: number(8),
  };
}

function readBet(row: TextRow): CommittedBet {
  const [id, player, game, roundRef, currency, stake, bonusPart, grant, balanceAfter, session, selection] = row;
  const [roundStatus, closedBy] = row.slice(11);
  return {
    id: BigInt(id ?? 0),
    playerId: BigInt(player ?? 0),
    gameId: Number(game),
    roundRef: roundRef ?? "",
    currency: currencyOfNumber(Number(currency)),
    stake: BigInt(stake ?? 0),
    bonusPart: BigInt(bonusPart ?? 0),
    grant: grant ?? null,
    balanceAfter: BigInt(balanceAfter ?? 0),
    sessionId: session === null || session === undefined ? null : BigInt(session),
    selection: selection === null || selection === undefined ? null : (JSON.parse(selection) as JsonValue),
    round:
      roundStatus === null || roundStatus === undefined
        ? undefined
        : { status: roundStatusOf(Number(roundStatus)), closedBy: BigInt(closedBy ?? 0) },
  };
}

function groupTransitions(rows: readonly TextRow[]): Map<bigint, CommittedTransition[]> {
  const transitions = new Map<bigint, CommittedTransition[]>();
  for (const row of rows) {
    const number = (index: number): bigint => BigInt(row[index] ?? 0);
    const transition: CommittedTransition = {
      betId: number(0),
      transactionId: number(1),
      number: Number(row[2]),
      status: betStatusOf(Number(row[3])),
      outcome: row[4] === null || row[4] === undefined ? null : betOutcomeOf(Number(row[4])),
      settledCash: number(5),
      settledBonus: number(6),
      paidCash: number(7),
      paidBonus: number(8),
      late: row[9] === "t",
    };
    const list = transitions.get(transition.betId);
    if (list === undefined) transitions.set(transition.betId, [transition]);
    else list.push(transition);
  }
  return transitions;
}
