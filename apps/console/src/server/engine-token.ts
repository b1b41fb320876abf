/**
 * Exchanges a session for the engine's five-minute token, and keeps it until it is about to end. The engine looks the
 * session up on every call all the same, so a kept token never outlives an ended session.
 */
import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { callEngine, clientHeaders, type EngineAnswer } from "#server/engine.ts";

const tokenAnswer = z.object({ token: z.string(), expiresAt: z.iso.datetime() });

const leewayMs = 30_000;
const mostKept = 5_000;
const kept = new Map<string, { readonly token: string; readonly expiresAtMs: number }>();

/** A token says from where its session is used, so one place's token is not another's. */
async function placeKey(session: string): Promise<string> {
  return createHash("sha256")
    .update(JSON.stringify([session, await clientHeaders()]))
    .digest("base64url");
}

export async function tokenOf(session: string): Promise<EngineAnswer<string>> {
  const key = await placeKey(session);
  const known = kept.get(key);
  if (known !== undefined && known.expiresAtMs - leewayMs > Date.now()) return { ok: true, value: known.token };
  const answer = await callEngine("/staff/session/token", { session }, tokenAnswer);
  if (!answer.ok) {
    kept.delete(key);
    return answer;
  }
  if (kept.size >= mostKept) dropOldest();
  const { token, expiresAt } = answer.value;
  kept.set(key, { token, expiresAtMs: Date.parse(expiresAt) });
  return { ok: true, value: token };
}

export async function forgetToken(session: string): Promise<void> {
  kept.delete(await placeKey(session));
}

function dropOldest(): void {
  const oldest = kept.keys().next();
  if (oldest.done !== true) kept.delete(oldest.value);
}
