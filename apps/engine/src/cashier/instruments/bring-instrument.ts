/** A card that a player wants to be paid out to, described by its provider and kept as a token; not verified by that. */
import { findInstrument, type InstrumentRecord, keepInstrument } from "@pitboss/db/cashier/instrument-store";
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { checkOwnPlayer } from "../../edge/guard.ts";
import { readPlayerId } from "../../gaming/read-command.ts";
import type { Principal } from "../../identity/authenticate.ts";
import type { Cashier } from "../cashier.ts";

export async function bringInstrument(
  { db, psps, rails }: Cashier,
  principal: Principal,
  { playerId: named, token }: { readonly playerId: string; readonly token: string },
): Promise<Result<InstrumentRecord>> {
  if (principal.kind === "session") return err("NOT_ALLOWED", "A game session's token can bet, and nothing else.");
  if (principal.kind === "machine" && principal.providerId !== null) {
    return err("NOT_ALLOWED", "A game provider's key brings no cards.");
  }
  const playerId = readPlayerId(named);
  if (!playerId.ok) return playerId;
  const own = checkOwnPlayer(principal, playerId.value);
  if (!own.ok) return own;
  if ((await findPlayerStatus(db, playerId.value)) === undefined) return err("PLAYER_NOT_FOUND");
  const psp = [...psps.values()].find((one) => rails.has(one.code) && one.ownsToken(token));
  if (psp === undefined) return err("PAYOUT_UNAVAILABLE");
  const described = await psp.describeCard(token, formatId("player", playerId.value));
  if (described.kind === "unanswered" || described.kind === "unsent") return err("PSP_UNAVAILABLE");
  if (described.kind === "refused" || described.value === undefined) return err("INSTRUMENT_INVALID");
  const id = await keepInstrument(db, { playerId: playerId.value, psp: psp.code, token, ...described.value });
  const kept = await findInstrument(db, id);
  return kept === undefined ? err("INSTRUMENT_NOT_FOUND") : ok(kept);
}
