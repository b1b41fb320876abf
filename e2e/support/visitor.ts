/** Somebody who opens an account by themselves, with a name and an address that the house keeps. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { casino } from "../playwright.config.ts";

export interface Visitor {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
}

const password = "violet kettle orbit lantern";

async function tell(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${casino.engineUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
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

/** Registers, proves the address by the mailed token and signs in; answers the player's id. */
export async function joinCasino({ firstName, lastName, birthDate }: Visitor): Promise<string> {
  const email = `${firstName}.${lastName}.${Date.now().toString(36)}@players.example`.toLowerCase();
  const address = "1 Mill Lane, Valletta";
  await tell("/v1/players", { email, password, firstName, lastName, birthDate, address, country: "MT" });
  await expect.poll(() => mailedToken(email), { timeout: 30_000 }).toBeDefined();
  await tell("/v1/email-verifications/confirm", { token: mailedToken(email) });
  const { playerId } = await tell("/v1/sessions", { email, password });
  return String(playerId);
}
