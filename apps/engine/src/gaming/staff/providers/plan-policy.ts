/** Plans of changing a provider's policy: what of it changes, field by field, and by whom it was changed meanwhile. */
import { listPolicyVersions } from "@pitboss/db/gaming/provider-store";
import { diffPolicies, takesTwoPeople } from "@pitboss/domain/gaming/policy-changes";
import { providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import { canonicalJson, type JsonObject, type JsonValue } from "@pitboss/domain/kernel/json";
import { z } from "zod";
import { type Look, planned } from "../../../edge/trpc/plan.ts";
import { createCaller, router } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { changePolicy } from "./change-provider.ts";

const callerOf = createCaller(router({ changePolicy }));
const params = z.object({ policy: providerPolicySchema });

export const planPolicies = {
  providerPolicy: planned({
    action: "provider.change-policy",
    permission: "provider.change",
    params,
    look: ({ deps }, targets, { policy }) =>
      Promise.all(targets.map((id) => lookAtPolicy(deps, id, policy as JsonObject))),
    apply: async ({ deps, trpc }, id, { policy }, reason) => {
      const [current] = await listPolicyVersions(deps.db, id);
      return {
        ...(await callerOf(trpc).changePolicy({ provider: id, version: current?.version ?? 1, policy, reason })),
      };
    },
  }),
};

async function lookAtPolicy({ db }: StaffDeps, id: string, wanted: JsonObject): Promise<Look> {
  const [current] = await listPolicyVersions(db, id);
  if (current === undefined) return { id, failure: { code: "PROVIDER_NOT_FOUND" } };
  const seen = providerPolicySchema.parse(current.policy);
  const policy = seen as JsonObject;
  const proposed = takesTwoPeople(diffPolicies(seen, providerPolicySchema.parse(wanted)));
  const changed = Object.keys(wanted).filter((field) => text(policy[field]) !== text(wanted[field]));
  if (changed.length === 0) return { id, failure: { code: "NOTHING_CHANGES" } };
  const pick = (from: JsonObject): JsonObject =>
    Object.fromEntries(changed.map((field): [string, JsonValue] => [field, from[field] ?? null]));
  return {
    id,
    what: `${proposed ? "Proposes version" : "Version"} ${current.version + 1} of its policy: ${changed.join(", ")}`,
    before: { version: current.version, ...pick(policy) },
    after: { version: current.version + 1, ...pick(wanted) },
  };
}

function text(value: JsonValue | undefined): string {
  return canonicalJson({ value: value ?? null });
}
