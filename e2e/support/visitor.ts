/** Somebody who opens an account by themselves, with a name and an address that the house keeps. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { casino } from "../playwright.config.ts";

export interface Visitor {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  /** ISO 3166-1 alpha-2; Malta where nothing is said. */
  readonly country?: string;
}

export interface Account {
  readonly playerId: string;
  /** Of a session of the player's own. */
  readonly accessToken: string;
}

const password = "violet kettle orbit lantern";

/** A call of the public API as a player's own page makes it. */
export async function tell(path: string, body: object, accessToken?: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${casino.engineUrl}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** What the house's mail to this address carries; the demo's mails are files. */
function mailedToken(email: string): string | undefined {
  const folder = join(casino.dataDir, "mail");
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), "utf8");
    if (text.includes(`\r\nTo: ${email}\r\n`)) return /ppl_[A-Za-z0-9_-]+/.exec(text)?.[0];
  }
  return undefined;
}

/** Registers, proves the address by the mailed token and signs in. */
export async function joinCasino({ firstName, lastName, birthDate, country = "MT" }: Visitor): Promise<Account> {
  const email = `${firstName}.${lastName}.${Date.now().toString(36)}@players.example`.toLowerCase();
  const address = "1 Mill Lane, Northwick";
  await tell("/v1/players", { email, password, firstName, lastName, birthDate, address, country });
  await expect.poll(() => mailedToken(email), { timeout: 30_000 }).toBeDefined();
  await tell("/v1/email-verifications/confirm", { token: mailedToken(email) });
  const { playerId, accessToken } = await tell("/v1/sessions", { email, password });
  return { playerId: String(playerId), accessToken: String(accessToken) };
}
