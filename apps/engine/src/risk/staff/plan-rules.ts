/** Plans of a new version of a jurisdiction's pack or a limit profile, for a terminal: carried out, it is proposed to a second person. */
import { type PackContent, packContent, profileContent } from "@pitboss/domain/identity/approval-content";
import { type ProfileName, profileNames } from "@pitboss/domain/risk/limit-profile";
import { z } from "zod";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { describePack } from "./change-pack.ts";
import { describeProfile } from "./change-profile.ts";
import { proposeJurisdiction, proposeProfile } from "./rule-procedures.ts";

const callerOf = createCaller(router({ proposeJurisdiction, proposeProfile }));
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

const profileParams = profileContent.pick({ rows: true, effectiveFrom: true });

const planProfile = planned({
  action: "profile.propose",
  permission: "profile.propose",
  params: profileParams,
  look: ({ deps }, targets, given) => Promise.all(targets.map((name) => lookAtProfile(deps, name, given))),
  apply: async ({ trpc }, name, given, reason) => {
    const { approvalId, status } = await callerOf(trpc).proposeProfile({ profile: readName(name), ...given, reason });
    return { approvalId, status };
  },
});

export const planRules = { jurisdictionPropose: planJurisdiction, profilePropose: planProfile };

/** Whoever carries a plan out names what was looked at, and that had a name. */
const readName = (name: string): ProfileName => z.enum(profileNames).parse(name);

async function lookAtProfile(
  { db, catalog, clock }: StaffDeps,
  id: string,
  given: (typeof profileParams)["_output"],
): Promise<Look> {
  const name = z.enum(profileNames).safeParse(id);
  if (!name.success) return { id, failure: { code: "REQUEST_INVALID", detail: `There is no profile "${id}".` } };
  const found = await describeProfile(db, { profile: name.data, ...given, reason: "" }, catalog, clock.now());
  return found.ok ? lookOf(id, found.value) : { id, failure: found.error };
}

async function lookAt({ db, clock }: StaffDeps, code: string, rules: (typeof params)["_output"]): Promise<Look> {
  const found = await describePack(db, { code, ...rules, reason: "" }, clock.now());
  if (!found.ok) return { id: code, failure: found.error };
  return lookOf(code, found.value);
}

type Described = Pick<PackContent, "basedOn" | "changes" | "players" | "effectiveFrom">;

function lookOf(id: string, { basedOn, changes, players, effectiveFrom }: Described): Look {
  const when = effectiveFrom === null ? "once approved" : `from ${effectiveFrom}`;
  return {
    id,
    what: `Propose version ${basedOn + 1} ${when}, which reaches ${players} players`,
    before: { version: basedOn, ...Object.fromEntries(changes.map(({ path, before }) => [path, before])) },
    after: { version: basedOn + 1, ...Object.fromEntries(changes.map(({ path, after }) => [path, after])) },
  };
}
