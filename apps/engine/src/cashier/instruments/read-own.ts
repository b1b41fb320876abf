/** The player that a body names, where whoever calls may act for them with money. */
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { checkOwnPlayer } from "../../edge/guard.ts";
import { readPlayerId } from "../../gaming/read-command.ts";
import type { Principal } from "../../identity/authenticate.ts";

export function readOwn(text: string, principal: Principal): Result<bigint> {
  if (principal.kind === "session") return err("NOT_ALLOWED", "A game session's token can bet, and nothing else.");
  if (principal.kind === "machine" && principal.providerId !== null) {
    return err("NOT_ALLOWED", "A game provider's key has nothing to do with players' own money.");
  }
  const playerId = readPlayerId(text);
  if (!playerId.ok) return playerId;
  const own = checkOwnPlayer(principal, playerId.value);
  return own.ok ? ok(playerId.value) : own;
}
