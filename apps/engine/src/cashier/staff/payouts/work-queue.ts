/** Working the queue: taking the next one, letting go of it, putting it off. A claim is a courtesy with an end. */
import { claimNextPayout, claimPayout, snoozePayout, unclaimPayout } from "@pitboss/db/cashier/list-payouts";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";

/** How long a payout is somebody's without their doing anything, ms. */
const claimMs = 15 * 60_000;
const mostSnoozeMs = 7 * 24 * 3_600_000;

/** Null where nothing waits for this person. */
export const claimNext = staffProcedure("payout.review").mutation(
  async ({ ctx }): Promise<{ readonly payoutId: string | null }> => {
    const { deps, staff, acting } = ctx;
    const now = deps.clock.now();
    const claim = { staffId: staff.staffId, now: new Date(now), until: new Date(now + claimMs) };
    const taken = await withAudit(deps.db, acting, async (tx, note) => {
      const id = await claimNextPayout(tx, claim);
      if (id === undefined) return err("PAYOUT_NOT_FOUND");
      note({ action: "payout.claim", subject: { kind: "payout", id: formatId("payout", id) } });
      return ok(id);
    });
    return { payoutId: taken.ok ? formatId("payout", taken.value) : null };
  },
);

export const claimOne = staffProcedure("payout.review")
  .input(z.object({ payoutId: idInput("payout") }))
  .mutation(async ({ ctx, input }) => {
    const { deps, staff, acting } = ctx;
    const now = deps.clock.now();
    const claim = { staffId: staff.staffId, now: new Date(now), until: new Date(now + claimMs) };
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!(await claimPayout(tx, input.payoutId, claim))) return err("PAYOUT_CLAIMED");
        const payoutId = formatId("payout", input.payoutId);
        note({ action: "payout.claim", subject: { kind: "payout", id: payoutId } });
        return ok({ payoutId, until: claim.until.toISOString() });
      }),
    );
  });

export const unclaimOne = staffProcedure("payout.review")
  .input(z.object({ payoutId: idInput("payout") }))
  .mutation(async ({ ctx, input }) => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!(await unclaimPayout(tx, input.payoutId, staff.staffId))) return err("NOTHING_CHANGES");
        const payoutId = formatId("payout", input.payoutId);
        note({ action: "payout.unclaim", subject: { kind: "payout", id: payoutId } });
        return ok({ payoutId });
      }),
    );
  });

/** Out of the queue until then; its clock goes on. Null brings it back at once. */
export const snoozeOne = staffProcedure("payout.review")
  .input(z.object({ payoutId: idInput("payout"), until: z.iso.datetime().nullable(), reason: reasonInput }))
  .mutation(async ({ ctx, input }) => {
    const { deps, acting } = ctx;
    const until = input.until === null ? null : new Date(input.until);
    const now = deps.clock.now();
    if (until !== null && (until.getTime() <= now || until.getTime() > now + mostSnoozeMs)) {
      orThrow(err("REQUEST_INVALID", "A payout is put off for a week at most.", { fields: ["until"] }));
    }
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!(await snoozePayout(tx, input.payoutId, until))) return err("PAYOUT_NOT_OPEN");
        const payoutId = formatId("payout", input.payoutId);
        note({
          action: "payout.snooze",
          subject: { kind: "payout", id: payoutId },
          reason: input.reason,
          after: { until: input.until },
        });
        return ok({ payoutId, until: input.until });
      }),
    );
  });
