/** Opens a session of a player, with the device that it comes from and the first pair of tokens. */
import {
  insertKnownDevice,
  type KnownDevice,
  listKnownDevices,
  noteDevice,
  touchKnownDevice,
} from "@pitboss/db/identity/known-device-store";
import { insertPlayerSession } from "@pitboss/db/identity/player-session-store";
import { insertRefreshToken } from "@pitboss/db/identity/refresh-token-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { refreshExpiryMs } from "@pitboss/domain/identity/refresh-rule";
import { hash64 } from "../../gaming/request-key.ts";
import type { From } from "../sign-in/from.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";

export interface OpenedPlayerSession {
  readonly sessionId: bigint;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
  /** What the device keeps. */
  readonly deviceToken: string;
  /** True where the player has devices, and this is none of them. */
  readonly strange: boolean;
}

/** `known` is the device whose secret was shown with the password. */
export async function openPlayerSession(
  tx: Executor,
  playerId: bigint,
  known: { readonly device: KnownDevice; readonly token: string } | undefined,
  from: From,
  now: Date,
): Promise<OpenedPlayerSession> {
  const place = { ip: from.ip, userAgent: from.userAgent };
  const strange = known === undefined && (await listKnownDevices(tx, playerId, 1)).length > 0;
  const deviceToken = known?.token ?? newSecret("playerDevice");
  if (known !== undefined) await touchKnownDevice(tx, known.device.id, place, now);
  const deviceId =
    known?.device.id ?? (await insertKnownDevice(tx, { playerId, hash: hashSecret(deviceToken), ...place }, now));
  if (from.ip !== null) {
    const userAgent = from.userAgent ?? "";
    // Named as bets name it, so that both are one device to staff.
    await noteDevice(tx, { id: hash64(`${playerId}|${from.ip}|${userAgent}`), playerId, ip: from.ip, userAgent });
  }
  const sessionId = await insertPlayerSession(tx, { playerId, deviceId, ...place }, now);
  const refreshToken = newSecret("refresh");
  const refreshExpiresAt = new Date(refreshExpiryMs(now.getTime(), now.getTime()));
  await insertRefreshToken(tx, { hash: hashSecret(refreshToken), sessionId, expiresAt: refreshExpiresAt }, now);
  return { sessionId, refreshToken, refreshExpiresAt, deviceToken, strange };
}
