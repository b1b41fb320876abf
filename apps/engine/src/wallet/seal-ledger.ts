/**
 * The sealer: every few seconds one engine makes a Merkle tree over what was committed since the last seal, signs its
 * root and publishes the seal. It reads by key on a connection of its own and runs on the background's thread.
 */
import type { Database } from "@pitboss/db/kernel/pool";
import { readSealed } from "@pitboss/db/wallet/read-sealed";
import { findLastSeal, insertSeal, keepSealKey } from "@pitboss/db/wallet/seal-store";
import { leafHash } from "@pitboss/domain/wallet/merkle";
import { leafBytes, makeSeal, type Seal } from "@pitboss/domain/wallet/seal";
import type { Clock } from "../kernel/context.ts";
import type { Logger } from "../kernel/log.ts";
import type { Leadership } from "../ops/leadership.ts";
import { type Loop, startLoop } from "../ops/loop.ts";
import type { ObjectStore } from "../ops/objects/object-store.ts";
import type { SteadySession } from "../ops/steady-session.ts";
import type { SealKey } from "./seal-keys.ts";

export interface SealerContext {
  readonly db: Database;
  readonly session: SteadySession;
  readonly leadership: Leadership;
  readonly key: SealKey;
  readonly objects: ObjectStore;
  /** The newest numbered position. */
  readonly head: () => bigint;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A tree that is rebuilt for a receipt in some 50 ms. */
export const sealLimits = { transactions: 4_096, batches: 1_024 };
const everyMs = 2_000;

export function startSealer(context: SealerContext): Loop {
  return startLoop({
    name: "sealer",
    everyMs,
    gapMs: 250,
    log: context.log,
    run: async () => (await context.leadership.holds("sealer")) && sealNext(context),
  });
}

/** Makes one seal; answers whether there may be more to seal. */
async function sealNext({ db, session, key, objects, head, clock }: SealerContext): Promise<boolean> {
  const previous = await findLastSeal(db);
  const after = previous === undefined ? 0n : BigInt(previous.toPosition);
  if (head() <= after) return false;
  const slice = await session.use((open) => readSealed(open, { after, upTo: head() }, sealLimits));
  // Batches that were refused whole hold no transactions; they are covered by the next seal that has one.
  if (slice.transactions.length === 0) return false;
  await keepSealKey(db, key.kid, key.publicJwk);
  const seal = makeSeal({
    previous: previous ?? null,
    fromPosition: after + 1n,
    toPosition: slice.upTo,
    leafHashes: slice.transactions.map((transaction) => leafHash(leafBytes(transaction))),
    sealedAt: new Date(clock.now()).toISOString(),
    kid: key.kid,
    privateKey: key.privateKey,
  });
  if (await insertSeal(db, seal)) await publish(objects, seal);
  return slice.upTo < head();
}

/** Beside the database, where whoever holds the house to its word can fetch it: `seals/0000000042.json`. */
async function publish(objects: ObjectStore, seal: Seal): Promise<void> {
  const name = `seals/${seal.number.padStart(10, "0")}.json`;
  await objects.put(name, Buffer.from(`${JSON.stringify(seal)}\n`), "application/json");
}
