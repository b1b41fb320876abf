import { listAttempts } from "@pitboss/db/identity/sign-in-records";
import { listDevices, listGameSessions, listPlayerSessions } from "@pitboss/db/identity/player-session-store";
import { sessionState } from "@pitboss/domain/identity/session-limits";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { formatDeviceId } from "./present-player.ts";

const most = 100;

export interface PlayerAccess {
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly state: "LIVE" | "IDLE" | "EXPIRED" | "REVOKED";
    readonly createdAt: string;
    readonly lastSeenAt: string;
    readonly ip: string | null;
    readonly userAgent: string | null;
    readonly revokedFor: string | null;
  }[];
  readonly gameSessions: readonly {
    readonly gameSessionId: string;
    readonly gameId: string;
    readonly startedAt: string;
    readonly endedAt: string | null;
    readonly live: boolean;
  }[];
  readonly devices: readonly {
    readonly deviceId: string;
    readonly ip: string;
    readonly userAgent: string;
    readonly firstSeenAt: string;
    /** Other players that were seen at this address, up to 100. */
    readonly sharedWith: number;
  }[];
  readonly signIns: readonly { readonly at: string; readonly ip: string | null; readonly outcome: string }[];
}

/** A player's sessions, game sessions, devices and sign-in attempts, newest first. */
export const showPlayerAccess = procedure("player.read")
  .input(z.object({ playerId: idInput("player") }))
  .query(async ({ ctx, input }): Promise<PlayerAccess> => {
    const { db, clock } = ctx.deps;
    const { playerId } = input;
    const [sessions, games, devices, attempts] = await Promise.all([
      listPlayerSessions(db, playerId, most),
      listGameSessions(db, playerId, most),
      listDevices(db, playerId, most),
      listAttempts(db, "player", playerId, most),
    ]);
    return {
      sessions: sessions.map((session) => ({
        sessionId: formatId("playerSession", session.id),
        state: sessionState(
          "player",
          {
            createdAtMs: session.createdAt.getTime(),
            lastSeenAtMs: session.lastSeenAt.getTime(),
            revoked: session.revokedAt !== null,
          },
          clock.now(),
        ),
        createdAt: session.createdAt.toISOString(),
        lastSeenAt: session.lastSeenAt.toISOString(),
        ip: session.ip,
        userAgent: session.userAgent,
        revokedFor: session.revokedFor,
      })),
      gameSessions: games.map(({ id, gameCode, startedAt, endedAt, expiresAt }) => ({
        gameSessionId: formatId("session", id),
        gameId: gameCode,
        startedAt: startedAt.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
        live: endedAt === null && expiresAt.getTime() > clock.now(),
      })),
      devices: devices.map(({ id, ip, userAgent, firstSeenAt, sharedWith }) => ({
        deviceId: formatDeviceId(id),
        ip,
        userAgent,
        firstSeenAt: firstSeenAt.toISOString(),
        sharedWith,
      })),
      signIns: attempts.map(({ at, ip, outcome }) => ({ at: at.toISOString(), ip, outcome })),
    };
  });
