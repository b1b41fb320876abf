/** A player's own sessions and devices: what is open, and ending it. */
import { forgetKnownDevice, listKnownDevices } from "@pitboss/db/identity/known-device-store";
import {
  findPlayerSession,
  listUsedPlayerSessions,
  revokePlayerSession,
  revokePlayerSessions,
  revokeSessionsOfDevice,
} from "@pitboss/db/identity/player-session-store";
import { sessionLimits } from "@pitboss/domain/identity/session-limits";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { type TakeNote, withAudit } from "../../audit/with-audit.ts";
import type { From } from "../sign-in/from.ts";
import { playerActing, type PlayerDeps } from "./player-deps.ts";

/** The player of a token, with the sign-in behind it; null where an operator vouched for the player. */
export interface OwnAccount {
  readonly playerId: bigint;
  readonly sessionId: bigint | null;
}

const most = 100;

export async function listOwnSessions({ db, clock }: PlayerDeps, { playerId, sessionId }: OwnAccount) {
  const { idleMs, absoluteMs } = sessionLimits.player;
  const nowMs = clock.now();
  const sessions = await listUsedPlayerSessions(db, playerId, new Date(nowMs - idleMs), most);
  return sessions
    .map((session) => ({ session, endsAtMs: session.createdAt.getTime() + absoluteMs }))
    .filter(({ endsAtMs }) => endsAtMs > nowMs)
    .map(({ session, endsAtMs }) => ({
      sessionId: formatId("playerSession", session.id),
      current: session.id === sessionId,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      endsAt: new Date(endsAtMs).toISOString(),
      ip: session.ip,
      userAgent: session.userAgent,
      deviceId: session.deviceId === null ? null : formatId("knownDevice", session.deviceId),
    }));
}

/** The games that were opened from it end too. */
export async function endOwnSession(
  { db, clock }: PlayerDeps,
  { playerId, sessionId }: OwnAccount,
  ending: bigint,
  from: From,
): Promise<Result<true>> {
  return withAudit(db, playerActing(playerId, from, sessionId), async (tx, note) => {
    const now = new Date(clock.now());
    const gone = await revokePlayerSession(tx, { id: ending, playerId }, now, "SIGN_OUT");
    if (!gone) return err("SESSION_NOT_FOUND");
    noteSignOut(note, playerId, { session: formatId("playerSession", ending) });
    return ok(true as const);
  });
}

/** Everywhere, or everywhere but here; how many sessions. */
export async function endOwnSessions(
  { db, clock }: PlayerDeps,
  { playerId, sessionId }: OwnAccount,
  keepThis: boolean,
  from: From,
): Promise<Result<{ readonly ended: number }>> {
  return withAudit(db, playerActing(playerId, from, sessionId), async (tx, note) => {
    const keep = keepThis && sessionId !== null ? sessionId : undefined;
    const ended = await revokePlayerSessions(tx, playerId, new Date(clock.now()), "SIGN_OUT_EVERYWHERE", keep);
    noteSignOut(note, playerId, { endedSessions: ended });
    return ok({ ended });
  });
}

export async function listOwnDevices({ db }: PlayerDeps, { playerId, sessionId }: OwnAccount) {
  const [devices, session] = await Promise.all([
    listKnownDevices(db, playerId, most),
    sessionId === null ? undefined : findPlayerSession(db, sessionId),
  ]);
  return devices.map((device) => ({
    deviceId: formatId("knownDevice", device.id),
    current: device.id === session?.deviceId,
    firstSeenAt: device.firstSeenAt.toISOString(),
    lastSeenAt: device.lastSeenAt.toISOString(),
    ip: device.ip,
    userAgent: device.userAgent,
  }));
}

/** It is a stranger from here on, and what it was signed in to ends; which sessions. */
export async function forgetOwnDevice(
  { db, clock }: PlayerDeps,
  { playerId, sessionId }: OwnAccount,
  deviceId: bigint,
  from: From,
): Promise<Result<readonly bigint[]>> {
  return withAudit(db, playerActing(playerId, from, sessionId), async (tx, note) => {
    const now = new Date(clock.now());
    if (!(await forgetKnownDevice(tx, { id: deviceId, playerId }, now))) return err("RECORD_NOT_FOUND");
    const ended = await revokeSessionsOfDevice(tx, { id: deviceId, playerId }, now, "DEVICE_FORGOTTEN");
    note({
      action: "player.forget-device",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason: "Forgotten by the player",
      after: { device: formatId("knownDevice", deviceId), endedSessions: ended.length },
    });
    return ok(ended);
  });
}

function noteSignOut(note: TakeNote, playerId: bigint, after: { session: string } | { endedSessions: number }): void {
  note({
    action: "player.sign-out",
    subject: { kind: "player", id: formatId("player", playerId) },
    reason: "Signed out by the player",
    after,
  });
}
