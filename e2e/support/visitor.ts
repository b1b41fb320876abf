/** Somebody who opens an account by themselves, with a name and an address that the house keeps. */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { casino } from "../playwright.config.ts";
import { callEngine } from "./casino.ts";

export interface Visitor {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  /** ISO 3166-1 alpha-2; Malta where nothing is said. */
  readonly country?: string;
}

export interface Account {
  readonly playerId: string;
  readonly email: string;
  /** Of a session of the player's own. */
  readonly accessToken: string;
}

const password = "violet kettle orbit lantern";

/** What the house's mail to this address carries; the demo's mails are files. */
function mailedToken(email: string): string | undefined {
  const folder = join(casino.dataDir, "mail");
  // The folder comes with the casino's first mail.
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const text = readFileSync(join(folder, name), "utf8");
    if (text.includes(`\r\nTo: ${email}\r\n`)) return /ppl_[A-Za-z0-9_-]+/.exec(text)?.[0];
  }
  return undefined;
}

/** Registers, proves the address by the mailed token and signs in. */
export async function joinCasino({ firstName, lastName, birthDate, country = "MT" }: Visitor): Promise<Account> {
  const email = `${firstName}.${lastName}.${Date.now().toString(36)}@players.example`.toLowerCase();
  const address = "1 Mill Lane, Northwick";
  await callEngine("/v1/players", { email, password, firstName, lastName, birthDate, address, country }, null);
  await expect.poll(() => mailedToken(email), { timeout: 30_000 }).toBeDefined();
  await callEngine("/v1/email-verifications/confirm", { token: mailedToken(email) }, null);
  const { playerId, accessToken } = await callEngine("/v1/sessions", { email, password }, null);
  return { playerId: String(playerId), email, accessToken: String(accessToken) };
}

/** Once more, as the player does with their password; a token of the new session. */
export async function signInPlayer({ email }: Account): Promise<string> {
  const { accessToken } = await callEngine("/v1/sessions", { email, password }, null);
  return String(accessToken);
}

/** Like no other name in the casino, or a list's entry would mean others as well. */
export function newSurname(): string {
  return Array.from(randomBytes(12), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
}
