/** The demo's staff, and what they sign in with. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { totpCode, totpStepAt } from "@pitboss/domain/identity/totp";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { casino } from "../playwright.config.ts";
import { withDatabase } from "./casino.ts";

export const people = [
  "support",
  "finance",
  "compliance",
  "risk",
  "operations",
  "auditor",
  "admin",
  "admin-2",
  "compliance-2",
  "finance-2",
] as const;
export type Person = (typeof people)[number];

const staffFile = z.array(
  z.object({ role: z.enum(people), email: z.string(), password: z.string(), totpSecret: z.string() }),
);

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly totpSecret: Buffer;
}

export function credentialsOf(person: Person): Credentials {
  const all = staffFile.parse(JSON.parse(readFileSync(join(casino.dataDir, "demo", "staff.json"), "utf8")));
  const found = all.find(({ role }) => role === person);
  if (found === undefined) throw new Error(`the demo has no ${person}`);
  return { email: found.email, password: found.password, totpSecret: Buffer.from(found.totpSecret, "hex") };
}

const folder = join(casino.dataDir, "e2e");
mkdirSync(folder, { recursive: true });

/** The cookies of somebody whom the set-up has signed in. */
export function cookiesOf(person: Person): string {
  return join(folder, `${person}.json`);
}

/**
 * A code of this person that counts now, for half a minute at least, and was not used: that of this step or of the next
 * one. Who has used both would have to wait; instead the casino is made to forget that they were used. A test file that
 * asks for codes has its person to itself, and uses each before it asks for the next.
 */
export async function freshCode(person: Person): Promise<string> {
  const { email, totpSecret } = credentialsOf(person);
  const path = join(folder, `${person}.step`);
  const used = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
  const now = totpStepAt(Date.now());
  let step = Math.max(now, used + 1);
  if (step > now + 1) {
    await withDatabase((db) =>
      db.execute(sql`
        UPDATE staff_totp SET last_step = NULL WHERE staff_id = (SELECT id FROM staff WHERE email = ${email})`),
    );
    step = now;
  }
  writeFileSync(path, String(step));
  return totpCode(totpSecret, step);
}

/** Begins the name of a browser whose session is nobody else's to age; see `signedInAlone`. */
export const aloneAgent = "Pitboss spec, alone: ";

/**
 * Makes the second factor this old in all of somebody's sessions but those that a spec has to itself, or in the sessions
 * of one browser alone. Specs run side by side and share the sessions of the set-up, so a factor is made stale only where
 * no other spec makes it fresh.
 */
export async function ageSecondFactor(person: Person, seconds: number, userAgent?: string): Promise<void> {
  const { email } = credentialsOf(person);
  const whose =
    userAgent === undefined
      ? sql`NOT starts_with(coalesce(user_agent, ''), ${aloneAgent})`
      : sql`user_agent = ${userAgent}`;
  await withDatabase((db) =>
    db.execute(sql`
      UPDATE staff_sessions SET second_factor_at = now() - make_interval(secs => ${seconds})
       WHERE staff_id = (SELECT id FROM staff WHERE email = ${email}) AND ${whose}`),
  );
}
