/**
 * The sealer: every few seconds one engine makes a Merkle tree over what was committed since the last seal, signs its
 * root and publishes the seal. It reads by key on a connection of its own and runs on the background's thread.
 */
import type { Database } from "@pitboss/db/kernel/pool";
import type { SliceRange } from "@pitboss/db/ops/read-batches";
import { readSealed } from "@pitboss/db/wallet/read-sealed";
import { findLastSeal, insertSeal, keepSealKey, listSeals } from "@pitboss/db/wallet/seal-store";
import { leafHash } from "@pitboss/domain/wallet/merkle";
import { leafBytes, makeSeal, type Seal } from "@pitboss/domain/wallet/seal";
import type { Clock } from "../kernel/context.ts";
import type { Logger } from "../kernel/log.ts";
import type { Leadership } from "../ops/leadership.ts";
import { type Loop, startLoop } from "../ops/loop.ts";
import type { ObjectStore } from "../ops/objects/object-store.ts";
import type { Pace } from "../ops/pace.ts";
import type { SteadySession } from "../ops/steady-session.ts";
import type { SealKey } from "./seal-keys.ts";

export interface SealerContext {
  readonly db: Database;
  readonly session: SteadySession;
  readonly leadership: Leadership;
  /** The key that signs from now on. */
  readonly key: () => SealKey;
  readonly objects: ObjectStore;
  /** The newest numbered position. */
  readonly head: () => bigint;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A tree that is rebuilt for a receipt in some 50 ms. */
const sealLimits = { transactions: 4_096, batches: 1_024 };
const everyMs = 2_000;

export function startSealer(context: SealerContext): Loop {
  const sealNext = createSealer(context);
  return startLoop({
    name: "sealer",
    everyMs,
    gapMs: 250,
    log: context.log,
    pace: context.pace,
    run: async () => (await context.leadership.holds("sealer")) && sealNext(),
  });
}

type SealingContext = Omit<SealerContext, "leadership" | "pace" | "log">;

/** Makes one seal at a time; the answer is whether there may be more to seal. */
function createSealer(context: SealingContext): () => Promise<boolean> {
  const { db, objects, head } = context;
  /** The newest seal that this engine knows to be published. They are published in order, so it speaks for all before. */
  let published: bigint | undefined;
  /** Up to here there was nothing to seal: batches that were refused whole, which the next seal covers as well. */
  let emptyTo = 0n;
  return async () => {
    const previous = await findLastSeal(db);
    published = await publishMissing(context, BigInt(previous?.number ?? 0), published);
    const after = BigInt(previous?.toPosition ?? 0);
    const upTo = head();
    const seal = await sealAfter(context, previous, { after: after > emptyTo ? after : emptyTo, upTo });
    if (seal === "nothing") emptyTo = upTo;
    if (typeof seal === "string") return false;
    await publish(objects, seal);
    published = BigInt(seal.number);
    return BigInt(seal.toPosition) < head();
  };
}

/** The next seal, stored; or that there is nothing to seal, or that another engine made this seal meanwhile. */
async function sealAfter(
  { db, session, key, clock }: SealingContext,
  previous: Seal | undefined,
  range: SliceRange,
): Promise<Seal | "nothing" | "taken"> {
  if (range.upTo <= range.after) return "nothing";
  const slice = await session.use((open) => readSealed(open, range, sealLimits));
  if (slice.transactions.length === 0) return "nothing";
  const { kid, privateKey, publicJwk } = key();
  await keepSealKey(db, kid, publicJwk);
  const seal = makeSeal({
    previous: previous ?? null,
    fromPosition: BigInt(previous?.toPosition ?? 0) + 1n,
    toPosition: slice.upTo,
    leafHashes: slice.transactions.map((transaction) => leafHash(leafBytes(transaction))),
    sealedAt: new Date(clock.now()).toISOString(),
    kid,
    privateKey,
  });
  return (await insertSeal(db, seal)) ? seal : "taken";
}

/**
 * Publishes what was stored and not published, because an engine ended between the two or the objects were away. An
 * engine that knows of no published seal looks for the newest one from the last seal back.
 */
async function publishMissing(
  { db, objects }: Pick<SealingContext, "db" | "objects">,
  last: bigint,
  known: bigint | undefined,
): Promise<bigint> {
  let reached = known ?? last;
  if (known === undefined) while (reached > 0n && !(await isPublished(objects, `${reached}`))) reached -= 1n;
  while (reached < last) {
    const [seal] = await listSeals(db, reached, 1);
    if (seal === undefined) return reached;
    if (!(await isPublished(objects, seal.number))) await publish(objects, seal);
    reached = BigInt(seal.number);
  }
  return reached;
}

async function isPublished(objects: ObjectStore, number: string): Promise<boolean> {
  return (await objects.get(objectName(number))) !== undefined;
}

/** Beside the database, where whoever holds the house to its word can fetch it: `seals/0000000042.json`. */
async function publish(objects: ObjectStore, seal: Seal): Promise<void> {
  await objects.put(objectName(seal.number), Buffer.from(`${JSON.stringify(seal)}\n`), "application/json");
}

function objectName(number: string): string {
  return `seals/${number.padStart(10, "0")}.json`;
}
