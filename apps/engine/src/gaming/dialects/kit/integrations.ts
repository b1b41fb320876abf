/** The providers that speak a dialect, as the way of a bet needs them: in memory, read again when something changed. */
import {
  listProviderCredentials,
  listProviderPolicies,
  type ProviderPolicyRow,
} from "@pitboss/db/gaming/provider-store";
import { type ProviderPolicy, providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import type { DataVault } from "../../../identity/keys/data-vault.ts";
import type { Context } from "../../../kernel/context.ts";
import { dialects } from "../registry.ts";
import { BlockList, isIP } from "node:net";
import type { Credential, Dialect } from "./dialect.ts";

interface DatedCredential extends Credential {
  readonly validUntilMs: number;
}

export interface Integration {
  readonly providerId: number;
  readonly code: string;
  readonly dialect: Dialect;
  readonly paused: boolean;
  readonly policyVersion: number;
  readonly policy: ProviderPolicy;
  readonly betMax: ReadonlyMap<Currency, bigint>;
  readonly credentials: readonly DatedCredential[];
  readonly mayCallFrom: (address: string) => boolean;
}

export interface Integrations {
  readonly byCode: (code: string) => Integration | undefined;
  /** Reads them now; what staff changed counts from here on at once in this engine. */
  readonly refresh: () => Promise<void>;
  readonly stop: () => void;
}

/** A provider that was paused takes no more bets after this long, on every engine. */
const refreshMs = 1_000;

export function secretPlace(providerId: number): string {
  return `provider_credentials:sealed:${providerId}`;
}

export async function loadIntegrations({ db, log }: Context, vault: DataVault): Promise<Integrations> {
  let byCode = new Map<string, Integration>();
  const opened = new Map<bigint, Buffer>();

  async function refresh(): Promise<void> {
    const [policies, rows] = await Promise.all([
      listProviderPolicies(db),
      listProviderCredentials(db, { ended: false }),
    ]);
    const credentials = new Map<number, DatedCredential[]>();
    for (const { id, providerId, kind, sealed, validUntil } of rows) {
      const secret = opened.get(id) ?? (await vault.open("provider-secrets", secretPlace(providerId), sealed));
      opened.set(id, secret);
      const list = credentials.get(providerId) ?? [];
      list.push({ kind, secret, validUntilMs: validUntil?.getTime() ?? Number.POSITIVE_INFINITY });
      credentials.set(providerId, list);
    }
    const read = policies.flatMap((row) => readIntegration(row, credentials.get(row.providerId) ?? []) ?? []);
    if (read.length < policies.length) log.warn("a provider has a policy or a dialect that this engine does not know");
    byCode = new Map(read.map((integration) => [integration.code, integration]));
  }

  await refresh();
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn({ err: error }, "the providers' policies could not be read again"));
  }, refreshMs);
  timer.unref();
  return { byCode: (code) => byCode.get(code), refresh, stop: () => clearInterval(timer) };
}

function readIntegration(row: ProviderPolicyRow, credentials: readonly DatedCredential[]): Integration | undefined {
  const dialect = dialects.find(({ code }) => code === row.dialect);
  const policy = providerPolicySchema.safeParse(row.policy);
  if (dialect === undefined || !policy.success) return undefined;
  const betMax = new Map<Currency, bigint>();
  for (const [currency, text] of Object.entries(policy.data.betMax)) {
    const amount = isCurrency(currency) ? parseAmount(text, currency) : undefined;
    if (amount?.ok === true) betMax.set(currency as Currency, amount.value);
  }
  return {
    providerId: row.providerId,
    code: row.code,
    dialect,
    paused: row.paused,
    policyVersion: row.version,
    policy: policy.data,
    betMax,
    credentials,
    mayCallFrom: networkCheck(policy.data.networks),
  };
}

function networkCheck(networks: readonly string[]): (address: string) => boolean {
  if (networks.length === 0) return () => true;
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=[0-9.]+$)/, "");
    return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
  };
}
