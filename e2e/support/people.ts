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
 * A code of this person that was not used yet. One step of drift either way is allowed, so three are good at any moment;
 * a test file that asks for codes has its person to itself.
 */
export function freshCode(person: Person): string {
  const path = join(folder, `${person}.step`);
  const used = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
  const step = Math.max(totpStepAt(Date.now()) - 1, used + 1);
  writeFileSync(path, String(step));
  return totpCode(credentialsOf(person).totpSecret, step);
}

/** Makes the second factor of all of somebody's sessions this old. */
export async function ageSecondFactor(person: Person, seconds: number): Promise<void> {
  const { email } = credentialsOf(person);
  await withDatabase((db) =>
    db.execute(sql`
      UPDATE staff_sessions SET second_factor_at = now() - make_interval(secs => ${seconds})
       WHERE staff_id = (SELECT id FROM staff WHERE email = ${email})`),
  );
}
