import { formatId } from "@pitboss/domain/kernel/public-id";
import type { AccessTokens } from "../keys/access-tokens.ts";

export interface PlayerTokens {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  readonly refreshExpiresAt: string;
}

export interface RefreshPart {
  readonly playerId: bigint;
  readonly sessionId: bigint;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
}

/** The pair that a front end works with. The access token names player and session, and nothing personal. */
export async function issuePlayerTokens(
  { tokens }: { readonly tokens: AccessTokens },
  { playerId, sessionId, refreshToken, refreshExpiresAt }: RefreshPart,
): Promise<PlayerTokens> {
  const { token, expiresAt } = await tokens.issue("PLAYER", formatId("player", playerId), {
    sid: formatId("playerSession", sessionId),
  });
  return {
    accessToken: token,
    expiresAt: expiresAt.toISOString(),
    refreshToken,
    refreshExpiresAt: refreshExpiresAt.toISOString(),
  };
}
