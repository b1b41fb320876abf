/** The plan of screening everybody anew, for a terminal. */
import { listVersions, readScreeningRule } from "@pitboss/db/compliance/screening-list-store";
import { findNewestRun } from "@pitboss/db/compliance/screening-run-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { runScreening } from "./show-screening.ts";

const callerOf = createCaller(router({ runScreening }));

const planRun = planned({
  action: "screening.run",
  permission: "screening.import",
  params: z.object({}),
  look: ({ deps }, targets) => Promise.all(targets.map((id) => lookAt(deps, id))),
  apply: async ({ trpc }, _id, _params, reason) => ({ ...(await callerOf(trpc).runScreening({ reason })) }),
});

export const planScreeningRun = { screeningRun: planRun };

/** All that a run goes by. How many players there are is no part of it: they join while somebody looks at the plan. */
async function lookAt({ db }: StaffDeps, id: string): Promise<Look> {
  if (id !== "EVERYBODY") return { id, failure: { code: "REQUEST_INVALID", detail: "A run is of EVERYBODY." } };
  const [newest] = await listVersions(db, { limit: 1 });
  if (newest === undefined) {
    return { id, failure: { code: "SCREENING_NOT_READY", detail: "No list has been imported yet." } };
  }
  const run = await findNewestRun(db);
  const rule = await readScreeningRule(db);
  const under = run?.state === "RUNNING" ? formatId("screeningRun", run.id) : null;
  return {
    id,
    what: under === null ? "Screen all players" : `Screen all players from the beginning, in place of ${under}`,
    before: { running: under },
    after: { newestList: formatId("screeningList", newest.id), ruleVersion: rule.version },
  };
}
