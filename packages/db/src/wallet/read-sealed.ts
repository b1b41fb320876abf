/** Committed transactions as they are sealed: every field, in commit order, spelled the same way each time. */
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

/**
 * Postings of a stretch of ids, whoever's wallet they move: what a check needs, because a row that somebody added lies
 * where nobody looks. The summary finds them in a stretch that it covers, so `summarizePostings` comes first.
 */
export const listPostingsBetween: Statement = {
  name: "list-postings-between",
  text: `SELECT p.transaction_id, p.wallet_id, p.currency, p.available, p.held, p.available_after, p.held_after
           FROM postings p WHERE p.transaction_id >= $1::bigint AND p.transaction_id <= $2::bigint
          ORDER BY p.transaction_id, p.wallet_id`,
};

/** A transaction whose batch is not in the outbox, or stands there without any: no seal would ever cover it. */
const findStray: Statement = {
  name: "find-unsealable",
  text: `SELECT t.id FROM transactions t
          WHERE t.id > $1::bigint AND t.id <= $2::bigint
            AND NOT EXISTS (SELECT FROM outbox o WHERE o.batch = t.id >> 10 AND o.transactions > 0)
          ORDER BY t.id LIMIT 1`,
};

const summarize: Statement = { name: "summarize-postings", text: "SELECT summarize_postings()" };

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

/** A stretch that is read again is read whole, and was made within limits. */
const unlimited: SliceLimits = { transactions: Number.MAX_SAFE_INTEGER, batches: 2 ** 31 - 1 };

/** What is to be sealed next, or what a receipt is made from: postings of the transactions' own players and the house. */
export function readSealed(session: Session, range: SliceRange, limits: SliceLimits = unlimited): Promise<SealedSlice> {
  return readSlice(session, range, limits, readPostings);
}

/** The same from all postings that there are, to hold it against its seal. */
export function readSealedWhole(session: Session, range: SliceRange): Promise<SealedSlice> {
  return readSlice(session, range, unlimited, readPostingsBetween);
}

/** Brings the summary of postings by transaction up to date: some milliseconds for each 100,000 new ones. */
export async function summarizePostings(session: Session): Promise<void> {
  await session.run(summarize);
}

/** The first transaction above the one id and up to the other that no seal can cover; undefined where all are covered. */
export async function findUnsealable(session: Session, above: bigint, upTo: bigint): Promise<bigint | undefined> {
  const { rows } = await session.run(findStray, [`${above}`, `${upTo}`]);
  const [id] = rows[0] ?? [];
  return id === null || id === undefined ? undefined : BigInt(id);
}

async function readSlice(
  session: Session,
  range: SliceRange,
  limits: SliceLimits,
  readAll: typeof readPostings,
): Promise<SealedSlice> {
  const positions = await readPositions(session, range, limits, "full");
  const byBatch = await readTransactions(
    session,
    positions.map(({ batch }) => batch),
  );
  const rows = positions.flatMap(({ batch }) => byBatch.get(batch) ?? []);
  const upTo = positions.at(-1)?.position ?? range.after;
  if (rows.length === 0) return { upTo, ids: [], transactions: [] };
  const [postings, bets] = await Promise.all([readAll(session, rows), readBets(session, rows)]);
  return {
    upTo,
    ids: rows.map(({ id }) => id),
    transactions: rows.map((row) => sealed(row, postings.get(row.id) ?? [], bets.get(row.reference ?? row.id))),
  };
}

interface BetNames {
  readonly roundRef: string;
  readonly game: string;
  /** As it was stored: a column of type json keeps its text to the letter. */
  readonly selection: string;
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
  return row.reference === null ? { ...names, selection: bet.selection } : names;
}

async function readBets(session: Session, rows: readonly CommittedTransaction[]): Promise<Map<bigint, BetNames>> {
  const ids = new Set(rows.map(({ id, reference }) => reference ?? id));
  const { rows: found } = await session.run(listBets, [numberArray([...ids])]);
  return new Map(
    found.map(([id, roundRef, game, selection]) => [
      BigInt(id ?? 0),
      { roundRef: roundRef ?? "", game: game ?? "", selection: selection ?? "null" },
    ]),
  );
}

async function readPostings(
  session: Session,
  rows: readonly CommittedTransaction[],
): Promise<Map<bigint, SealedPosting[]>> {
  const players = new Set(rows.flatMap(({ playerId }) => (playerId === null ? [] : [playerId])));
  const { rows: found } = await session.run(listPostings, [numberArray([...players]), ...boundsOf(rows)]);
  return groupPostings(found, rows);
}

async function readPostingsBetween(
  session: Session,
  rows: readonly CommittedTransaction[],
): Promise<Map<bigint, SealedPosting[]>> {
  const { rows: found } = await session.run(listPostingsBetween, boundsOf(rows));
  return groupPostings(found, rows);
}

function boundsOf(rows: readonly CommittedTransaction[]): [string, string] {
  const ids = rows.map(({ id }) => id);
  const first = ids.reduce((least, id) => (id < least ? id : least));
  const last = ids.reduce((most, id) => (id > most ? id : most));
  return [`${first}`, `${last}`];
}

function groupPostings(found: readonly TextRow[], rows: readonly CommittedTransaction[]): Map<bigint, SealedPosting[]> {
  const wanted = new Set(rows.map(({ id }) => id));
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
