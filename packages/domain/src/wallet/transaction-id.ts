/**
 * Transaction ids carry their time: 41 bits of milliseconds since 2025-01-01 UTC, 12 bits that tell batches of one
 * millisecond apart, 10 bits for the place in the batch. So ids sort by time, one index serves both order and time,
 * and a balance as of an instant is one descent of the index. A bet's id is the id of its HOLD transaction.
 */
export const epochMs = Date.UTC(2025, 0, 1);
const timeShift = 22n;
const positionBits = 10n;

/** How many transactions one batch can number. */
export const batchCapacity = 1 << Number(positionBits);

/** The instant (ms since 1970) at which the transaction's batch was numbered, to the millisecond. */
export function transactionTimeMs(id: bigint): number {
  return Number(id >> timeShift) + epochMs;
}

/** Above every id that 64 bits can hold with their 41 bits of time. */
const endOfIds = (1n << 63n) - 1n;

/** The smallest id that a transaction at or after this instant can have; beyond the year 2094 one that none can have. */
export function firstIdAt(timeMs: number): bigint {
  if (timeMs <= epochMs) return 0n;
  const id = BigInt(Math.floor(timeMs) - epochMs) << timeShift;
  return id > endOfIds ? endOfIds : id;
}

export function batchOf(id: bigint): bigint {
  return id >> positionBits;
}

export function firstIdOfBatch(batch: bigint): bigint {
  return batch << positionBits;
}

/**
 * The first id of a batch that follows everything its wallets have seen. The database's clock proposes; where it
 * stepped back or two batches share a millisecond in the wrong order, the batch takes the next slot after the last one.
 */
export function nextBatchStart(proposed: bigint, lastSeen: bigint): bigint {
  return proposed > lastSeen ? proposed : firstIdOfBatch(batchOf(lastSeen) + 1n);
}
