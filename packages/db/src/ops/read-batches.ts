/**
 * Reads committed batches from a position on, with everything that their events are made from: a few statements for a
 * whole slice of positions, each a look-up by key, so that reading takes the same however long the history is.
 */
import type { JsonValue } from "@pitboss/domain/kernel/json";
import { transactionTypeOf } from "@pitboss/domain/wallet/ledger-codes";
import type {
  CommittedBatch,
  CommittedTransaction,
  EventFacts,
  SideEventRecord,
} from "@pitboss/domain/ops/committed-batch";
import { batchOf } from "@pitboss/domain/wallet/transaction-id";
import { numberArray } from "../kernel/arrays.ts";
import type { Session, Statement, TextRow } from "../kernel/session.ts";
import { loadEventFacts } from "./load-event-facts.ts";

const listPositions: Statement = {
  name: "list-positions",
  text: `SELECT batch, position, transactions, events FROM outbox
          WHERE position > $1::bigint AND position <= $2::bigint ORDER BY position LIMIT $3::integer`,
};

/** A batch that was refused whole has no transactions: nothing to seal, however many there are in a row. */
const listFullPositions: Statement = {
  name: "list-full-positions",
  text: `SELECT batch, position, transactions, NULL FROM outbox
          WHERE position > $1::bigint AND position <= $2::bigint AND transactions > 0 ORDER BY position LIMIT $3::integer`,
};

const listTransactions: Statement = {
  name: "list-transactions",
  text: `SELECT t.id, t.player_id, t.reference, t.trace_id, t.type, coalesce(t.request_id, t.request_uuid::text), t.actor, t.details
           FROM unnest($1::bigint[]) AS named(batch)
           JOIN transactions t ON t.id >= named.batch << 10 AND t.id < (named.batch + 1) << 10
          ORDER BY t.id`,
};

/** A slice ends with the position that brings it to this many transactions, or to this many batches. */
export interface SliceLimits {
  readonly transactions: number;
  readonly batches: number;
}

export interface PositionRow {
  readonly batch: bigint;
  readonly position: bigint;
  /** How many transactions the batch was committed with. */
  readonly transactions: number;
  readonly sideEvents: readonly SideEventRecord[];
}

export interface BatchSlice {
  readonly after: bigint;
  /** The last position in the slice; equal to `after` where there was nothing. */
  readonly upTo: bigint;
  readonly batches: readonly CommittedBatch[];
  readonly facts: EventFacts;
}

export interface SliceRange {
  /** Positions above this one. */
  readonly after: bigint;
  /** Positions up to and with this one. */
  readonly upTo: bigint;
}

export async function readBatches(session: Session, range: SliceRange, limits: SliceLimits): Promise<BatchSlice> {
  const positions = await readPositions(session, range, limits);
  const transactions = await readTransactions(
    session,
    positions.map(({ batch }) => batch),
  );
  const batches = positions.map(({ batch, position, sideEvents }) => ({
    batch,
    position,
    sideEvents,
    transactions: transactions.get(batch) ?? [],
  }));
  return {
    after: range.after,
    upTo: positions.at(-1)?.position ?? range.after,
    batches,
    facts: await loadEventFacts(session, batches),
  };
}

/** `full` leaves out the batches without transactions, and what their writers noted. */
export async function readPositions(
  session: Session,
  range: SliceRange,
  limits: SliceLimits,
  which: "all" | "full" = "all",
): Promise<PositionRow[]> {
  const statement = which === "all" ? listPositions : listFullPositions;
  const { rows } = await session.run(statement, [`${range.after}`, `${range.upTo}`, limits.batches]);
  const positions: PositionRow[] = [];
  let transactions = 0;
  for (const row of rows) {
    const position = readPosition(row);
    // The first one is always taken, or a batch above the limit would never be read.
    if (positions.length > 0 && transactions + position.transactions > limits.transactions) break;
    positions.push(position);
    transactions += position.transactions;
  }
  return positions;
}

function readPosition([batch, position, transactions, events]: TextRow): PositionRow {
  return {
    batch: BigInt(batch ?? 0),
    position: BigInt(position ?? 0),
    transactions: Number(transactions),
    sideEvents: events === null || events === undefined ? [] : (JSON.parse(events) as SideEventRecord[]),
  };
}

/** The transactions of these batches, in the order of their ids. */
export async function readTransactions(
  session: Session,
  batches: readonly bigint[],
): Promise<Map<bigint, CommittedTransaction[]>> {
  const byBatch = new Map<bigint, CommittedTransaction[]>();
  if (batches.length === 0) return byBatch;
  const { rows } = await session.run(listTransactions, [numberArray(batches)]);
  for (const row of rows) {
    const transaction = readTransaction(row);
    const batch = batchOf(transaction.id);
    const list = byBatch.get(batch);
    if (list === undefined) byBatch.set(batch, [transaction]);
    else list.push(transaction);
  }
  return byBatch;
}

function readTransaction([
  id,
  player,
  reference,
  trace,
  type,
  requestId,
  actor,
  details,
]: TextRow): CommittedTransaction {
  return {
    id: BigInt(id ?? 0),
    playerId: readNumber(player),
    reference: readNumber(reference),
    traceId: (trace ?? "").replaceAll("-", ""),
    type: transactionTypeOf(Number(type)),
    requestId: requestId ?? null,
    actor: actor ?? null,
    details: details === null || details === undefined ? null : (JSON.parse(details) as JsonValue),
  };
}

function readNumber(text: string | null | undefined): bigint | null {
  return text === null || text === undefined ? null : BigInt(text);
}
