/** Plans of decisions on payouts, for a terminal. A yes is bound to the content's own hash as well. */
import { findApproval } from "@pitboss/db/identity/approval-store";
import { findPayout, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import type { Failure } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { type Look, planned } from "../../../edge/trpc/plan.ts";
import { createCaller, router } from "../../../edge/trpc/procedure.ts";
import type { StaffActor } from "../../../identity/actor.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { approvePayout, stoppedBy } from "./approve-payout.ts";
import { queryPayout, resubmitPayout } from "./follow-payout.ts";
import { rejectionInput, rejectPayout } from "./reject-payout.ts";

const callerOf = createCaller(router({ approvePayout, rejectPayout, queryPayout, resubmitPayout }));

interface Ctx {
  readonly deps: StaffDeps;
  readonly staff: StaffActor;
}

const planApprove = planned({
  action: "payout.approve",
  permission: "payout.approve",
  params: z.object({}),
  look: (ctx, targets) => lookAtEach(ctx, targets, lookToApprove),
  apply: async ({ trpc, deps }, id, _params, reason) => {
    const payout = await findPayout(deps.db, parseId("payout", id) ?? 0n);
    const contentHash = payout?.contentHash ?? "";
    return { ...(await callerOf(trpc).approvePayout({ payoutId: id, contentHash, reason })) };
  },
});

const planReject = planned({
  action: "payout.reject",
  permission: "payout.reject",
  params: z.object({ message: rejectionInput }),
  look: (ctx, targets) =>
    lookAtEach(ctx, targets, (_ctx, payout) =>
      Promise.resolve(
        waits(payout)
          ? change(payout, "Give it back to the player", { state: "REJECTED" })
          : { code: "PAYOUT_NOT_OPEN", detail: `It is ${payout.state}.` },
      ),
    ),
  apply: async ({ trpc }, id, { message }, reason) => ({
    ...(await callerOf(trpc).rejectPayout({ payoutId: id, reason, message })),
  }),
});

const planQuery = planned({
  action: "payout.query",
  permission: "payout.follow",
  params: z.object({}),
  look: (ctx, targets) => lookAtEach(ctx, targets, lookAtSent(["SUBMITTED", "UNKNOWN", "PAID"], "Ask its provider")),
  apply: async ({ trpc }, id, _params, reason) => ({
    ...(await callerOf(trpc).queryPayout({ payoutId: id, reason })),
  }),
});

const planResubmit = planned({
  action: "payout.resubmit",
  permission: "payout.follow",
  params: z.object({}),
  look: (ctx, targets) =>
    lookAtEach(ctx, targets, lookAtSent(["UNKNOWN"], "Send it again, if its provider says that it has none")),
  apply: async ({ trpc }, id, _params, reason) => ({
    ...(await callerOf(trpc).resubmitPayout({ payoutId: id, reason })),
  }),
});

export const planPayouts = {
  payoutApprove: planApprove,
  payoutReject: planReject,
  payoutQuery: planQuery,
  payoutResubmit: planResubmit,
};

type Looked = Omit<Extract<Look, { what: string }>, "id"> | Failure;
type LookAt = (ctx: Ctx, payout: PayoutRecord) => Promise<Looked>;

async function lookAtEach(ctx: Ctx, targets: readonly string[], lookAt: LookAt): Promise<Look[]> {
  const looks: Look[] = [];
  for (const id of targets) {
    const payout = await findPayout(ctx.deps.db, parseId("payout", id) ?? 0n);
    const looked: Looked = payout === undefined ? { code: "PAYOUT_NOT_FOUND" } : await lookAt(ctx, payout);
    looks.push("code" in looked ? { id, failure: looked } : { id, ...looked });
  }
  return looks;
}

async function lookToApprove({ deps, staff }: Ctx, payout: PayoutRecord): Promise<Looked> {
  if (!waits(payout)) return { code: "PAYOUT_NOT_OPEN", detail: `It is ${payout.state}.` };
  const stops = stoppedBy(payout);
  if (stops.length > 0) return { code: "PAYOUT_STOPPED", detail: stops.join(", ") };
  const proposal = payout.approvalId === null ? undefined : await findApproval(deps.db, payout.approvalId);
  if (proposal?.proposedBy === staff.staffId) return { code: "APPROVAL_OWN" };
  const last = payout.people === 1 || proposal !== undefined;
  return change(payout, last ? "Let it leave" : "Be the first of two to say yes", {
    state: last ? "APPROVED" : "FIRST_APPROVED",
    contentHash: payout.contentHash,
  });
}

function lookAtSent(states: readonly PayoutState[], what: string): LookAt {
  return (_ctx, payout) =>
    Promise.resolve(
      states.includes(payout.state)
        ? change(payout, what, {})
        : { code: "PAYOUT_NOT_OPEN" as const, detail: `It is ${payout.state}.` },
    );
}

function waits({ state }: PayoutRecord): boolean {
  return state === "IN_REVIEW" || state === "FIRST_APPROVED";
}

function change(payout: PayoutRecord, what: string, after: Extract<Look, { what: string }>["after"]): Looked {
  const { currency, instrument, playerId } = payout;
  const amount = `${formatMinor(payout.amount, currency)} ${currency}`;
  return {
    what: `${what}: ${amount} to ${formatId("player", playerId)} (${instrument.brand} ${instrument.last4})`,
    before: { state: payout.state, amount, score: payout.score, people: payout.people },
    after,
  };
}
