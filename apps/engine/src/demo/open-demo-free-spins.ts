/** Lets the demo's SOFTSWISS provider take free spins: its policy says where, and what it calls the house. */
import { insertProviderPolicy, listPolicyVersions } from "@pitboss/db/gaming/provider-store";
import type { Database } from "@pitboss/db/kernel/pool";
import { defaultFreeSpins, providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import type { DemoProvider } from "./open-demo-providers.ts";

export const demoCasinoId = "pitboss-demo";

/** `url` is where the simulated aggregator answers this time. */
export async function openDemoFreeSpins(db: Database, opened: readonly DemoProvider[], url: string): Promise<void> {
  const found = opened.find(({ dialect }) => dialect === "softswiss");
  const [current] = found === undefined ? [] : await listPolicyVersions(db, found.provider);
  if (current === undefined) return;
  const policy = providerPolicySchema.parse(current.policy);
  if (policy.freeSpins?.url === url) return;
  const settings = policy.freeSpins ?? { ...defaultFreeSpins, casinoId: demoCasinoId, quietSeconds: 5 };
  const { providerId, dialect, version } = current;
  const next = { providerId, dialect, policy: { ...policy, freeSpins: { ...settings, url } } };
  await insertProviderPolicy(db, { ...next, reason: "The demo's free spins.", actor: "job:demo" }, version);
}
