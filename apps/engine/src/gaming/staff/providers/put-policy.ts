/** A new version of a provider's policy, where nothing stands in its way. */
import { listLiveBanks } from "@pitboss/db/gaming/game-bank-store";
import { insertProviderPolicy, listPolicyVersions, type ProviderPolicyRow } from "@pitboss/db/gaming/provider-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { diffPolicies, type PolicyChange } from "@pitboss/domain/gaming/policy-changes";
import { type ProviderPolicy, providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { dialects } from "../../dialects/registry.ts";
import type { TakeNote } from "../../../audit/with-audit.ts";

export interface WantedPolicy {
  readonly provider: string;
  /** The version that was seen. */
  readonly version: number;
  readonly policy: ProviderPolicy;
  readonly reason: string;
}

export async function findCurrentPolicy(db: Executor, code: string): Promise<Result<ProviderPolicyRow>> {
  const [current] = await listPolicyVersions(db, code);
  return current === undefined ? err("PROVIDER_NOT_FOUND") : ok(current);
}

/** What would change, or why it can't. */
export async function checkPolicy(
  db: Executor,
  { provider, version, policy }: Omit<WantedPolicy, "reason">,
): Promise<Result<{ readonly current: ProviderPolicyRow; readonly changes: PolicyChange[] }>> {
  const found = await findCurrentPolicy(db, provider);
  if (!found.ok) return found;
  const current = found.value;
  if (current.version !== version) return err("PLAN_CHANGED", "There is a newer version of the policy.");
  const changes = diffPolicies(providerPolicySchema.parse(current.policy), policy);
  if (changes.length === 0) return err("NOTHING_CHANGES");
  // Money that lies there comes home over the bank's own address: that can't be taken away from under it.
  if (policy.gameBank === null && (await listLiveBanks(db, { providerId: current.providerId, limit: 1 })).length > 0) {
    return err("GAME_BANK_BUSY", "Players have game banks open there; close them first.");
  }
  if (policy.freeSpins !== null && dialects.find(({ code }) => code === current.dialect)?.freeSpins === undefined) {
    return err("FREE_SPINS_NONE", `${current.dialect} has no way to issue them.`);
  }
  return ok({ current, changes });
}

/** The number of the new version. */
export async function putPolicy(
  db: Executor,
  wanted: WantedPolicy & { readonly actor: string; readonly approvalId?: bigint },
  note: TakeNote,
): Promise<Result<number>> {
  const checked = await checkPolicy(db, wanted);
  if (!checked.ok) return checked;
  const { providerId, dialect, policy: before } = checked.value.current;
  const { provider, version, policy, reason, actor, approvalId } = wanted;
  const next = { providerId, dialect, policy, reason, actor, ...(approvalId === undefined ? {} : { approvalId }) };
  if (!(await insertProviderPolicy(db, next, version))) return err("PLAN_CHANGED");
  note({
    action: "provider.change-policy",
    subject: { kind: "provider", id: provider },
    reason,
    before: before as JsonObject,
    after: policy,
  });
  return ok(version + 1);
}
