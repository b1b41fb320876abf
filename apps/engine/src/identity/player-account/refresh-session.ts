/**
 * Exchanges a refresh token for the next pair. The next refresh token is made from the one that is shown (by a keyed
 * hash), so a token that comes again within a few seconds, its answer lost or two tabs at once, gets the same next one,
 * and a session's tokens are one line that never forks. `refresh-rule.ts` says when a second use is a theft.
 */
import { insertAttempt } from "@pitboss/db/identity/sign-in-records";
import { revokePlayerSession, touchPlayerSession } from "@pitboss/db/identity/player-session-store";
import {
  findRefreshExpiry,
  insertRefreshToken,
  lockRefreshToken,
  markRefreshTokenUsed,
  type PresentedRefresh,
} from "@pitboss/db/identity/refresh-token-store";
import { writeAudit } from "@pitboss/db/audit/write-audit";
import type { Executor } from "@pitboss/db/kernel/executor";
import { judgeRefresh, refreshExpiryMs } from "@pitboss/domain/identity/refresh-rule";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { auditEntryOf } from "../../audit/acting.ts";
import type { From } from "../sign-in/from.ts";
import { hashSecret } from "../sign-in/secrets.ts";
import { issuePlayerTokens, type PlayerTokens, type RefreshPart } from "./issue-tokens.ts";
import type { PlayerDeps } from "./player-deps.ts";
import { stolenTokenMail } from "./player-mails.ts";
import { mailPlayer } from "./send-mail.ts";
import { keptOut } from "./sign-in-player.ts";

type Exchanged = { readonly stolenFrom: bigint } | RefreshPart;

export async function refreshPlayerSession(
  deps: PlayerDeps,
  refreshToken: string,
  from: From,
): Promise<Result<PlayerTokens>> {
  const next = `prt_${(await deps.vault.blindIndex("refresh", refreshToken)).toString("base64url")}`;
  const exchanged = await deps.db.transaction((tx) => exchange(deps, tx, refreshToken, next, from));
  if (!exchanged.ok) return exchanged;
  if ("stolenFrom" in exchanged.value) {
    mailPlayer(deps, exchanged.value.stolenFrom, stolenTokenMail);
    return err("SESSION_ENDED", "This token was used before, so its session was ended; sign in again.");
  }
  return ok(await issuePlayerTokens(deps, exchanged.value));
}

async function exchange(
  { clock }: PlayerDeps,
  tx: Executor,
  refreshToken: string,
  next: string,
  from: From,
): Promise<Result<Exchanged>> {
  const [hash, nextHash] = [hashSecret(refreshToken), hashSecret(next)];
  const found = await lockRefreshToken(tx, hash, nextHash);
  if (found === undefined) return err("TOKEN_INVALID");
  const { playerId, sessionId } = found;
  const nowMs = clock.now();
  const now = new Date(nowMs);
  const verdict = judge(found, nowMs);
  if (verdict === "OVER") return err("SESSION_ENDED");
  if (verdict === "STOLEN") {
    await endStolen(tx, found, from, now);
    return ok({ stolenFrom: playerId });
  }
  const kept = keptOut(found.status);
  if (kept !== undefined) return err(kept.code);
  if (verdict === "SAME") {
    const refreshExpiresAt = await findRefreshExpiry(tx, nextHash);
    return refreshExpiresAt === undefined
      ? err("SESSION_ENDED")
      : ok({ playerId, sessionId, refreshToken: next, refreshExpiresAt });
  }
  const refreshExpiresAt = new Date(refreshExpiryMs(found.createdAt.getTime(), nowMs));
  await markRefreshTokenUsed(tx, hash, now);
  await insertRefreshToken(tx, { hash: nextHash, sessionId, expiresAt: refreshExpiresAt }, now);
  await touchPlayerSession(tx, sessionId, from, now);
  return ok({ playerId, sessionId, refreshToken: next, refreshExpiresAt });
}

function judge(found: PresentedRefresh, nowMs: number): ReturnType<typeof judgeRefresh> {
  return judgeRefresh(
    {
      usedAtMs: found.usedAt?.getTime() ?? null,
      expiresAtMs: found.expiresAt.getTime(),
      nextUsed: found.nextUsed,
    },
    {
      createdAtMs: found.createdAt.getTime(),
      lastSeenAtMs: found.lastSeenAt.getTime(),
      revoked: found.revokedAt !== null,
    },
    nowMs,
  );
}

/** What is written stays written: this refusal must not roll it back, so the audit row is not left to `withAudit`. */
async function endStolen(
  tx: Executor,
  { playerId, sessionId }: PresentedRefresh,
  from: From,
  now: Date,
): Promise<void> {
  await revokePlayerSession(tx, { id: sessionId, playerId }, now, "REFRESH_REUSED");
  const { ip, userAgent } = from;
  await insertAttempt(tx, { kind: "player", accountId: playerId, ip, userAgent, outcome: "REFRESH_REUSED" });
  const house = {
    actorKind: "system",
    actorId: "refresh-guard",
    actingAs: [],
    channel: "api",
    sessionId: null,
  } as const;
  const note = {
    action: "player.end-stolen-session",
    subject: { kind: "player", id: formatId("player", playerId) },
    reason: "A refresh token came a second time",
    after: { session: formatId("playerSession", sessionId) },
  };
  await writeAudit(tx, [auditEntryOf({ ...house, ...from }, note)]);
}
