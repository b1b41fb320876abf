/** What providers and states take, for staff: every version, what a new one would change, and proposing it. */
import { listCharges } from "@pitboss/db/reporting/charges-store";
import { chargeContent } from "@pitboss/domain/identity/approval-content";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type ChargeBase, type ChargeKind, chargeOn, percentOfPpm } from "@pitboss/domain/reporting/charges";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { orThrow } from "../../edge/trpc/failure.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, procedure, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { chargeHandler, describeCharge } from "./change-charge.ts";

export interface ChargeView {
  readonly kind: ChargeKind;
  /** A provider's code, or a jurisdiction's. */
  readonly subject: string;
  readonly version: number;
  readonly standing: "PAST" | "CURRENT" | "FUTURE";
  /** A day of UTC. */
  readonly effectiveFrom: string;
  readonly base: ChargeBase;
  readonly percent: string;
  /** For a month of UTC. */
  readonly minimum: { readonly amount: string; readonly currency: Currency } | null;
  /** Null on those that the house began with. */
  readonly approvalId: string | null;
}

/** All versions: of each provider and jurisdiction the newest first. */
export const listChargeVersions = procedure("report.read").query(async ({ ctx }): Promise<readonly ChargeView[]> => {
  const { db, clock } = ctx.deps;
  const charges = await listCharges(db);
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  return charges
    .map(({ ratePpm, minimum, approvalId, createdAt: _created, ...charge }): ChargeView => {
      const current = chargeOn(charges, charge.kind, charge.subject, today);
      return {
        ...charge,
        standing: charge.effectiveFrom > today ? "FUTURE" : current?.version === charge.version ? "CURRENT" : "PAST",
        percent: percentOfPpm(ratePpm),
        minimum:
          minimum === null
            ? null
            : { amount: formatMinor(minimum.amount, minimum.currency), currency: minimum.currency },
        approvalId: approvalId === null ? null : formatId("approval", approvalId),
      };
    })
    .sort((a, b) =>
      a.kind !== b.kind
        ? a.kind < b.kind
          ? -1
          : 1
        : a.subject !== b.subject
          ? a.subject < b.subject
            ? -1
            : 1
          : b.version - a.version,
    );
});

const chargeInput = chargeContent.omit({ basedOn: true, changes: true });

export const proposeCharge = staffProcedure("charge.propose")
  .input(chargeInput)
  .mutation(async ({ ctx, input }) => {
    const described = orThrow(await chargeHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "report.charge", described, input.reason);
  });

const callerOf = createCaller(router({ proposeCharge }));
const params = chargeInput.omit({ subject: true, reason: true });

/** A plan for a terminal: carried out, it is proposed to a second person. */
export const planCharge = planned({
  action: "charge.propose",
  permission: "charge.propose",
  params,
  look: ({ deps }, targets, terms) => Promise.all(targets.map((subject) => lookAt(deps, subject, terms))),
  apply: async ({ trpc }, subject, terms, reason) => {
    const { approvalId, status } = await callerOf(trpc).proposeCharge({ ...terms, subject, reason });
    return { approvalId, status };
  },
});

async function lookAt({ db, clock }: StaffDeps, subject: string, terms: (typeof params)["_output"]): Promise<Look> {
  const found = await describeCharge(db, { ...terms, subject, reason: "" }, clock.now());
  if (!found.ok) return { id: subject, failure: found.error };
  const { basedOn, changes, effectiveFrom } = found.value;
  return {
    id: subject,
    what: `Propose version ${basedOn + 1} from ${effectiveFrom}`,
    before: { version: basedOn, ...Object.fromEntries(changes.map(({ path, before }) => [path, before])) },
    after: { version: basedOn + 1, ...Object.fromEntries(changes.map(({ path, after }) => [path, after])) },
  };
}
