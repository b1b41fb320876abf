/** Plans of how breaks are ended, for a terminal: each item names exactly what would be posted once somebody else agrees. */
import { findBreak } from "@pitboss/db/ops/break-store";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { resolutionMethods } from "@pitboss/domain/ops/breaks/break-types";
import { z } from "zod";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import { resolutionHandler } from "./resolve-break.ts";
import { proposeResolution } from "./work-breaks.ts";

const callerOf = createCaller(router({ proposeResolution }));

const params = z.object({
  method: z.enum(resolutionMethods),
  booking: z.enum(["CORRECTION", "FEE"]),
  matches: z.array(z.string().trim().min(1).max(200)).max(20),
});

const planBreakResolve = planned({
  action: "break.resolve",
  permission: "break.resolve",
  params,
  look: async ({ deps, staff }, targets, asked) => {
    const looks: Look[] = [];
    for (const id of targets) {
      const found = await findBreak(deps.db, parseId("break", id) ?? 0n);
      if (found === undefined) {
        looks.push({ id, failure: { code: "BREAK_NOT_FOUND" } });
        continue;
      }
      const described = await resolutionHandler.describe(deps, { ...asked, found, reason: "" }, staff);
      if (!described.ok) {
        looks.push({ id, failure: described.error });
        continue;
      }
      const { posting = null, matches = [], corrections = [], expected = null, got = null } = described.value.content;
      looks.push({
        id,
        what: described.value.summary,
        before: { state: found.state, expected, got },
        after: { state: "PROPOSED", posting, matches, corrections },
      });
    }
    return looks;
  },
  apply: async ({ trpc }, breakId, { method, booking, matches }, reason) => {
    const asked = { breakId, method, booking, matches, reason };
    const { approvalId, status } = await callerOf(trpc).proposeResolution(asked);
    return { approvalId, status };
  },
});

export const planBreaks = { breakResolve: planBreakResolve };
