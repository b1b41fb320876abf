/** The demo's provider that is played from its own wallet: its policy, its game, and the secret that both sides share. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { insertGame, insertProvider, type NewGame } from "@pitboss/db/catalog/open-casino";
import {
  findProviderId,
  insertProviderPolicy,
  listPolicyVersions,
  listProviderCredentials,
  rotateProviderCredential,
} from "@pitboss/db/gaming/provider-store";
import type { Database } from "@pitboss/db/kernel/pool";
import { defaultGameBank, defaultProviderPolicy, providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import { z } from "zod";
import { secretPlace } from "../gaming/dialects/kit/integrations.ts";
import type { DataVault } from "../identity/keys/data-vault.ts";

export const bankSecretFile = z.object({ secret: z.string().min(16) });

export const demoBank = { provider: "bank_demo", game: "bank_wheel" } as const;
const reason = "The demo's game bank.";
const actor = "job:demo";

/** Makes what is missing, and lets the policy name where the bank answers this time. */
export async function openDemoBank(
  db: Database,
  vault: DataVault,
  limits: NewGame["limits"],
  { dataDir, url }: { readonly dataDir: string; readonly url: string },
): Promise<void> {
  const { provider, game } = demoBank;
  let providerId = await findProviderId(db, provider);
  if (providerId === undefined) {
    providerId = await insertProvider(db, provider, "Bank Games (demo)");
    await insertGame(db, { providerId, code: game, name: "Wheel of the Bank", category: "live", limits });
  }
  await keepPolicy(db, providerId, url);
  const secret = readSecret(join(dataDir, "demo", "game-bank.json"));
  const fingerprint = createHash("sha256").update(secret).digest("hex").slice(0, 16);
  const [newest] = await listProviderCredentials(db, { providerId, ended: false });
  if (newest?.fingerprint === fingerprint) return;
  const sealed = await vault.seal("provider-secrets", secretPlace(providerId), Buffer.from(secret));
  const credential = { providerId, kind: "SECRET", sealed, fingerprint, createdBy: actor } as const;
  await rotateProviderCredential(db, credential, new Date(Date.now() + 60_000));
}

async function keepPolicy(db: Database, providerId: number, url: string): Promise<void> {
  const [current] = await listPolicyVersions(db, demoBank.provider);
  const policy = current === undefined ? defaultProviderPolicy : providerPolicySchema.parse(current.policy);
  if (policy.gameBank?.url === url) return;
  const most = { EUR: "500.00", USD: "500.00", GBP: "400.00" };
  const gameBank = { ...(policy.gameBank ?? { ...defaultGameBank, most, quietSeconds: 5 }), url };
  const next = { providerId, dialect: "signed-json", policy: { ...policy, gameBank }, reason, actor };
  await insertProviderPolicy(db, next, current?.version ?? 0);
}

function readSecret(path: string): string {
  if (existsSync(path)) return bankSecretFile.parse(JSON.parse(readFileSync(path, "utf8"))).secret;
  const secret = randomBytes(32).toString("base64");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ secret })}\n`, { mode: 0o600 });
  return secret;
}
