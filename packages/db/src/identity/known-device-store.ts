/** Browsers and apps that players signed in from, known again by the secret that each keeps. */
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import { devices } from "./devices.schema.ts";
import { knownDevices } from "./known-devices.schema.ts";

export interface KnownDevice {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

interface Place {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export async function findKnownDevice(db: Executor, hash: Buffer): Promise<KnownDevice | undefined> {
  const [row] = await db
    .select()
    .from(knownDevices)
    .where(and(eq(knownDevices.hash, hash), isNull(knownDevices.forgottenAt)));
  return row;
}

export async function listKnownDevices(db: Executor, playerId: bigint, limit: number): Promise<KnownDevice[]> {
  return db
    .select()
    .from(knownDevices)
    .where(and(eq(knownDevices.playerId, playerId), isNull(knownDevices.forgottenAt)))
    .orderBy(desc(knownDevices.id))
    .limit(limit);
}

export async function insertKnownDevice(
  db: Executor,
  device: { readonly playerId: bigint; readonly hash: Buffer } & Place,
  now: Date,
): Promise<bigint> {
  const [row] = await db
    .insert(knownDevices)
    .values({ ...device, firstSeenAt: now, lastSeenAt: now })
    .returning({ id: knownDevices.id });
  if (row === undefined) throw new Error("an inserted device has an id");
  return row.id;
}

export async function touchKnownDevice(db: Executor, id: bigint, { ip, userAgent }: Place, now: Date): Promise<void> {
  await db.update(knownDevices).set({ lastSeenAt: now, ip, userAgent }).where(eq(knownDevices.id, id));
}

/** False where the player has no such device. */
export async function forgetKnownDevice(
  db: Executor,
  device: { readonly id: bigint; readonly playerId: bigint },
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(knownDevices)
    .set({ forgottenAt: now, ip: null, userAgent: null })
    .where(
      and(eq(knownDevices.id, device.id), eq(knownDevices.playerId, device.playerId), isNull(knownDevices.forgottenAt)),
    )
    .returning({ id: knownDevices.id });
  return rows.length === 1;
}

/** All of a player's, as an erasure does. */
export async function forgetKnownDevices(db: Executor, playerId: bigint, now: Date): Promise<void> {
  await db
    .update(knownDevices)
    .set({ forgottenAt: now, ip: null, userAgent: null })
    .where(and(eq(knownDevices.playerId, playerId), isNull(knownDevices.forgottenAt)));
}

/** Where a sign-in came from, among the addresses and user agents that bets come from. */
export async function noteDevice(
  db: Executor,
  device: { readonly id: bigint; readonly playerId: bigint; readonly ip: string; readonly userAgent: string },
): Promise<void> {
  await db.insert(devices).values(device).onConflictDoNothing();
}
