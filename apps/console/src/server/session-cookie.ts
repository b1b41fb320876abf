/**
 * The two cookies that a person is known by. Both are encrypted, and hold the secret of a session that the engine can end
 * at any moment: no token, no name, no role.
 */
import "server-only";
import { decode, encode } from "next-auth/jwt";
import { cookies } from "next/headers";
import { z } from "zod";
import { sessionLimits } from "@pitboss/domain/identity/session-limits";
import { consoleOrigin, secretOf } from "#config.ts";

export const secureCookies = consoleOrigin.startsWith("https:");
export const sessionCookie = secureCookies ? "__Host-pitboss.session" : "pitboss.session";
const handoffCookie = secureCookies ? "__Secure-pitboss.handoff" : "pitboss.handoff";

/** How long the cookie may live; the engine ends the session no later. */
export const sessionSeconds = sessionLimits.staff.absoluteMs / 1_000;
const handoffSeconds = 60;
const handoffSalt = "handoff";
const handoffPath = "/api/auth";

const held = z.object({ session: z.string() });

/** The secret of the reader's session, or undefined where nobody is signed in. */
export async function readSession(): Promise<string | undefined> {
  return open((await cookies()).get(sessionCookie)?.value, "");
}

/** Between the last step of a sign-in and next-auth, which puts the session into its own cookie. */
export async function handOver(session: string): Promise<void> {
  const value = await encode({
    token: { session },
    secret: secretOf("CONSOLE_SECRET"),
    salt: handoffSalt,
    maxAge: handoffSeconds,
  });
  (await cookies()).set(handoffCookie, value, {
    httpOnly: true,
    secure: secureCookies,
    sameSite: "strict",
    path: handoffPath,
    maxAge: handoffSeconds,
  });
}

/** Takes what was handed over, once. */
export async function takeOver(): Promise<string | undefined> {
  const jar = await cookies();
  const session = await open(jar.get(handoffCookie)?.value, handoffSalt);
  jar.set(handoffCookie, "", {
    httpOnly: true,
    secure: secureCookies,
    sameSite: "strict",
    path: handoffPath,
    maxAge: 0,
  });
  return session;
}

async function open(value: string | undefined, salt: string): Promise<string | undefined> {
  if (value === undefined) return undefined;
  try {
    return held.parse(await decode({ token: value, secret: secretOf("CONSOLE_SECRET"), salt })).session;
  } catch {
    // Whatever can't be read, whether old, cut off or forged, is nobody.
    return undefined;
  }
}
