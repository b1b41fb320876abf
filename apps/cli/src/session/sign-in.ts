/** Signing in by the device flow (RFC 8628): a code here, a yes with a second factor in the console. */
import { hostname, userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Stop, stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import { version } from "../version.ts";
import type { NamedContext } from "./contexts.ts";
import { bodyOf, post, problemOf } from "./reach.ts";
import { findSignIn, forgetSignIn, keepSignIn } from "./tokens.ts";

const offer = z.object({
  deviceCode: z.string(),
  userCode: z.string(),
  verificationUri: z.url(),
  expiresAt: z.iso.datetime(),
  intervalSeconds: z.number().positive().max(60),
});
const opened = z.object({ session: z.string(), sessionId: z.string(), staffId: z.string() });

export async function signIn(world: World, context: NamedContext): Promise<{ readonly staffId: string }> {
  const { signal, talk } = world;
  const client = `pitboss ${version} of ${userInfo().username} on ${hostname()}`.slice(0, 120);
  const given = bodyOf(await post(`${context.url}/staff/terminal`, { client }, signal), offer);
  talk.lines([`Open  ${talk.paint.cyan(given.verificationUri)}`, `Code  ${talk.paint.bold(given.userCode)}`]);
  talk.say("Waiting for you to let this terminal in from the console, with your second factor.");
  while (world.now() < Date.parse(given.expiresAt)) {
    await pause(given.intervalSeconds * 1000, signal);
    const answer = await post(`${context.url}/staff/terminal/collect`, { deviceCode: given.deviceCode }, signal);
    const problem = problemOf(answer);
    if (problem?.failure.code === "AUTHORIZATION_PENDING") continue;
    if (problem !== undefined) throw problem;
    const { session, sessionId, staffId } = bodyOf(answer, opened);
    keepSignIn(world.config, context.name, { url: context.url, session, sessionId, token: null, tokenExpiresAt: null });
    return { staffId };
  }
  stop("NOT_SIGNED_IN", { detail: "Nobody let this terminal in in time.", hint: "pitboss login" });
}

/** Ends the session on the engine, and forgets it here in any case. */
export async function signOut(world: World, context: NamedContext): Promise<boolean> {
  const found = findSignIn(world.config, context);
  if (found === undefined) return false;
  try {
    const answer = await post(`${context.url}/staff/sign-out`, { session: found.session }, world.signal);
    const problem = problemOf(answer);
    if (problem !== undefined && answer.status !== 401) throw problem;
  } finally {
    forgetSignIn(world.config, context.name);
  }
  return true;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (signal.aborted) throw new Stop({ exit: 130, code: "INTERRUPTED", sentence: "Interrupted." });
    throw error;
  }
}
