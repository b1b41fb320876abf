/** Plans of a new version of a jurisdiction's pack, for a terminal: carried out, it is proposed to a second person. */
import { packContent } from "@pitboss/domain/identity/approval-content";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { describePack } from "./change-pack.ts";
import { proposeJurisdiction } from "./rule-procedures.ts";

const callerOf = createCaller(router({ proposeJurisdiction }));
const params = packContent.pick({ countries: true, rules: true, effectiveFrom: true });

const planJurisdiction = planned({
  action: "jurisdiction.propose",
  permission: "jurisdiction.propose",
  params,
  look: ({ deps }, targets, rules) => Promise.all(targets.map((code) => lookAt(deps, code, rules))),
  apply: async ({ trpc }, code, rules, reason) => {
    const { approvalId, status } = await callerOf(trpc).proposeJurisdiction({ code, ...rules, reason });
    return { approvalId, status };
  },
});

export const planRules = { jurisdictionPropose: planJurisdiction };

async function lookAt({ db, clock }: StaffDeps, code: string, rules: (typeof params)["_output"]): Promise<Look> {
  const found = await describePack(db, { code, ...rules, reason: "" }, clock.now());
  if (!found.ok) return { id: code, failure: found.error };
  const { basedOn, changes, players } = found.value;
  const when = rules.effectiveFrom === null ? "once approved" : `from ${rules.effectiveFrom}`;
  return {
    id: code,
    what: `Propose version ${basedOn + 1} ${when}, which reaches ${players} players`,
    before: { version: basedOn, ...Object.fromEntries(changes.map(({ path, before }) => [path, before])) },
    after: { version: basedOn + 1, ...Object.fromEntries(changes.map(({ path, after }) => [path, after])) },
  };
}
