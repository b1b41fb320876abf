/**
 * A game provider for each dialect, with what it proves itself with: the demo's providers, and those of tests. The secrets
 * are made anew at each start and given to whoever plays the provider; the one before counts for a while longer.
 */
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { insertGame, insertProvider, type NewGame } from "@pitboss/db/catalog/open-casino";
import { findProviderId, insertProviderPolicy, rotateProviderCredential } from "@pitboss/db/gaming/provider-store";
import type { Database } from "@pitboss/db/kernel/pool";
import { defaultProviderPolicy } from "@pitboss/domain/gaming/provider-policy";
import type { Dialect } from "../gaming/dialects/kit/dialect.ts";
import { secretPlace } from "../gaming/dialects/kit/integrations.ts";
import { dialects } from "../gaming/dialects/registry.ts";
import type { DataVault } from "../identity/keys/data-vault.ts";

export interface DemoProvider {
  readonly dialect: string;
  readonly provider: string;
  readonly game: string;
  /** What the provider signs with. */
  readonly secret: string;
}

function demoProviderOf(dialect: string): { readonly provider: string; readonly game: string } {
  const code = dialect.replace(/[^a-z0-9]/g, "");
  return { provider: `${code}_demo`, game: `${code}_wheel` };
}

export async function openDemoProviders(
  db: Database,
  vault: DataVault,
  limits: NewGame["limits"],
): Promise<DemoProvider[]> {
  const opened: DemoProvider[] = [];
  for (const dialect of dialects) opened.push(await openOne(db, vault, dialect, limits));
  return opened;
}

async function openOne(
  db: Database,
  vault: DataVault,
  dialect: Dialect,
  limits: NewGame["limits"],
): Promise<DemoProvider> {
  const { provider, game } = demoProviderOf(dialect.code);
  let providerId = await findProviderId(db, provider);
  if (providerId === undefined) {
    providerId = await insertProvider(db, provider, `${dialect.title} (demo)`);
    await insertGame(db, { providerId, code: game, name: `Wheel of ${dialect.title}`, category: "live", limits });
    const policy = { ...defaultProviderPolicy, ...dialect.policy };
    const first = { providerId, dialect: dialect.code, paused: false, policy };
    await insertProviderPolicy(db, { ...first, reason: "The demo's provider.", actor: "job:demo" }, 0);
  }
  const { secret, known } = newSecret(dialect.credential);
  const credential = {
    providerId,
    kind: dialect.credential,
    sealed: await vault.seal("provider-secrets", secretPlace(providerId), Buffer.from(known)),
    fingerprint: createHash("sha256").update(known).digest("hex").slice(0, 16),
    createdBy: "job:demo",
  };
  await rotateProviderCredential(db, credential, new Date(Date.now() + 60_000));
  return { dialect: dialect.code, provider, game, secret };
}

/** What the provider keeps, and what the house knows of it. */
function newSecret(kind: Dialect["credential"]): { readonly secret: string; readonly known: string } {
  if (kind === "SECRET") {
    const secret = randomBytes(32).toString("base64");
    return { secret, known: secret };
  }
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return {
    secret: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    known: String(publicKey.export({ type: "spki", format: "pem" })),
  };
}
