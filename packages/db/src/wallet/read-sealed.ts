/** Committed transactions as they are sealed: every field, in commit order, spelled the same way each time. */
import { canonicalJson, type JsonValue } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { CommittedTransaction } from "@pitboss/domain/ops/committed-batch";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { SealedPosting, SealedTransaction } from "@pitboss/domain/wallet/seal";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { numberArray } from "../kernel/arrays.ts";
import type { Session, Statement, TextRow } from "../kernel/session.ts";
import { readPositions, readTransactions, type SliceLimits, type SliceRange } from "../ops/read-batches.ts";

/**
 * Postings are looked up by wallet, of the players in the slice and of the house: each is one descent of the key. (Their
 * summary by transaction does not cover the newest rows.)
 */
const listPostings: Statement = {
  name: "list-sealed-postings",
  text: `SELECT p.transaction_id, p.wallet_id, p.currency, p.available, p.held, p.available_after, p.held_after
           FROM (SELECT id FROM wallets WHERE player_id = ANY($1::bigint[])
                 UNION ALL SELECT id FROM wallets WHERE player_id IS NULL) named
           JOIN postings p ON p.wallet_id = named.id AND p.transaction_id >= $2::bigint AND p.transaction_id <= $3::bigint
          ORDER BY p.transaction_id, p.wallet_id`,
};

const listBets: Statement = {
  name: "list-sealed-bets",
  text: `SELECT b.id, b.round_ref, g.code, b.selection
           FROM unnest($1::bigint[]) AS named(id) JOIN bets b ON b.id = named.id JOIN games g ON g.id = b.game_id`,
};

export interface SealedSlice {
  /** The last position of the slice; equal to `after` where there is nothing. */
  readonly upTo: bigint;
  readonly ids: readonly bigint[];
  readonly transactions: readonly SealedTransaction[];
}

export async function readSealed(session: Session, range: SliceRange, limits: SliceLimits): Promise<SealedSlice> {
  const positions = await readPositions(session, range, limits);
  const byBatch = await readTransactions(
    session,
    positions.map(({ batch }) => batch),
  );
  const rows = positions.flatMap(({ batch }) => byBatch.get(batch) ?? []);
  const upTo = positions.at(-1)?.position ?? range.after;
  if (rows.length === 0) return { upTo, ids: [], transactions: [] };
  const [postings, bets] = await Promise.all([readPostings(session, rows), readBets(session, rows)]);
  return {
    upTo,
    ids: rows.map(({ id }) => id),
    transactions: rows.map((row) => sealed(row, postings.get(row.id) ?? [], bets.get(row.reference ?? row.id))),
  };
}

interface BetNames {
  readonly roundRef: string;
  readonly game: string;
  readonly selection: JsonValue;
}

function sealed(row: CommittedTransaction, postings: SealedPosting[], bet: BetNames | undefined): SealedTransaction {
  return {
    id: formatId("transaction", row.id),
    type: row.type,
    requestId: row.requestId,
    playerId: row.playerId === null ? null : formatId("player", row.playerId),
    references: referencesOf(row, bet),
    traceId: row.traceId,
    occurredAt: new Date(transactionTimeMs(row.id)).toISOString(),
    actor: row.actor,
    details: row.details,
    postings,
  };
}

function referencesOf(row: CommittedTransaction, bet: BetNames | undefined): Record<string, string> {
  if (bet === undefined) return row.reference === null ? {} : { reference: row.reference.toString() };
  const names = { bet: formatId("bet", row.reference ?? row.id), round: bet.roundRef, game: bet.game };
  // What was bet on is fixed by the hold, so it is sealed with it.
  return row.reference === null ? { ...names, selection: canonicalJson(bet.selection) } : names;
}

async function readBets(session: Session, rows: readonly CommittedTransaction[]): Promise<Map<bigint, BetNames>> {
  const ids = new Set(rows.map(({ id, reference }) => reference ?? id));
  const { rows: found } = await session.run(listBets, [numberArray([...ids])]);
  return new Map(
    found.map(([id, roundRef, game, selection]) => [
      BigInt(id ?? 0),
      { roundRef: roundRef ?? "", game: game ?? "", selection: JSON.parse(selection ?? "null") as JsonValue },
    ]),
  );
}

async function readPostings(
  session: Session,
  rows: readonly CommittedTransaction[],
): Promise<Map<bigint, SealedPosting[]>> {
  const players = new Set(rows.flatMap(({ playerId }) => (playerId === null ? [] : [playerId])));
  const ids = rows.map(({ id }) => id);
  const first = ids.reduce((least, id) => (id < least ? id : least));
  const last = ids.reduce((most, id) => (id > most ? id : most));
  const { rows: found } = await session.run(listPostings, [numberArray([...players]), `${first}`, `${last}`]);
  const wanted = new Set(ids);
  const postings = new Map<bigint, SealedPosting[]>();
  for (const row of found) {
    const id = BigInt(row[0] ?? 0);
    if (!wanted.has(id)) continue;
    const list = postings.get(id) ?? [];
    list.push(...accountsOf(row));
    postings.set(id, list);
  }
  return postings;
}

/** A stored row is two postings, one of which may be nothing. */
function accountsOf(row: TextRow): SealedPosting[] {
  const currency = currencyOfNumber(Number(row[2]));
  const wallet = formatId("wallet", BigInt(row[1] ?? 0));
  return [
    posting(`${wallet}:available`, currency, BigInt(row[3] ?? 0), BigInt(row[5] ?? 0)),
    posting(`${wallet}:held`, currency, BigInt(row[4] ?? 0), BigInt(row[6] ?? 0)),
  ].flatMap((entry) => entry ?? []);
}

function posting(account: string, currency: Currency, amount: bigint, after: bigint): SealedPosting | undefined {
  if (amount === 0n) return undefined;
  return { account, currency, amount: formatMinor(amount, currency), balanceAfter: formatMinor(after, currency) };
}
