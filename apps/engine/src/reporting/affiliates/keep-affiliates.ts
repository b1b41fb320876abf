/** Keeping affiliates: who they are, their codes, and what they are paid for. Where they are paid takes two people. */
import {
  changeAffiliate as changeRecord,
  findAffiliate,
  insertAffiliate,
  insertCode,
  insertPlan,
  setCodeActive,
} from "@pitboss/db/reporting/affiliate-store";
import { hasApprovedFrom } from "@pitboss/db/reporting/affiliate-statement-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { plainText } from "@pitboss/domain/kernel/plain-text";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { trackingCode } from "@pitboss/domain/reporting/affiliates/attribution";
import { affiliatePlan, findUnpayable } from "@pitboss/domain/reporting/affiliates/plan";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { TakeNote } from "../../audit/with-audit.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type AffiliateDetail, affiliateStatuses, readAffiliate } from "./list-affiliates.ts";

const monthInput = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);
const amountInput = z.string().max(30);

/** Minor units of the currency that affiliates are paid in. */
function amountOf({ reports }: Pick<StaffDeps, "reports">, text: string): Result<bigint> {
  return parseAmount(text, reports.currency);
}

export const createAffiliate = staffProcedure("affiliate.manage")
  .input(
    z.object({
      name: plainText(2, 120),
      email: z.email().max(254),
      leastPayment: amountInput.default("0"),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<AffiliateDetail> => {
    const { deps, acting } = ctx;
    const { name, email, reason } = input;
    const leastPayment = orThrow(amountOf(deps, input.leastPayment));
    const id = orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const createdBy = `${acting.actorKind}:${acting.actorId}`;
        const made = await insertAffiliate(tx, { name, email, leastPayment, createdBy });
        if (made === undefined) return err("REQUEST_INVALID", "name: another affiliate is called so.");
        noteOf(note, "affiliate.create", made, reason, { name, leastPayment: input.leastPayment });
        return ok(made);
      }),
    );
    return readAffiliate(deps, id);
  });

export const changeAffiliate = staffProcedure("affiliate.manage")
  .input(
    z.object({
      affiliateId: idInput("affiliate"),
      status: z.enum(affiliateStatuses).optional(),
      email: z.email().max(254).optional(),
      leastPayment: amountInput.optional(),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<AffiliateDetail> => {
    const { deps, acting } = ctx;
    const { affiliateId, reason, status, email } = input;
    const leastPayment = input.leastPayment === undefined ? undefined : orThrow(amountOf(deps, input.leastPayment));
    orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const before = await findAffiliate(tx, affiliateId);
        if (before === undefined) return err("AFFILIATE_NOT_FOUND");
        await changeRecord(tx, affiliateId, {
          ...(status === undefined ? {} : { status }),
          ...(email === undefined ? {} : { email }),
          ...(leastPayment === undefined ? {} : { leastPayment }),
        });
        const changed: JsonObject = {
          ...(status === undefined ? {} : { status }),
          ...(email === undefined ? {} : { email: "changed" }),
          ...(input.leastPayment === undefined ? {} : { leastPayment: input.leastPayment }),
        };
        noteOf(note, "affiliate.change", affiliateId, reason, changed);
        return ok(true);
      }),
    );
    return readAffiliate(deps, affiliateId);
  });

export const addCode = staffProcedure("affiliate.manage")
  .input(
    z.object({
      affiliateId: idInput("affiliate"),
      code: trackingCode,
      label: plainText(1, 80),
      landing: z.url({ protocol: /^https?$/ }).max(500),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<AffiliateDetail> => {
    const { affiliateId, reason, ...code } = input;
    orThrow(
      await withAudit(ctx.deps.db, ctx.acting, async (tx, note) => {
        if ((await findAffiliate(tx, affiliateId)) === undefined) return err("AFFILIATE_NOT_FOUND");
        if (!(await insertCode(tx, { affiliateId, ...code }))) return err("AFFILIATE_CODE_TAKEN");
        noteOf(note, "affiliate.add-code", affiliateId, reason, code);
        return ok(true);
      }),
    );
    return readAffiliate(ctx.deps, affiliateId);
  });

export const setCode = staffProcedure("affiliate.manage")
  .input(z.object({ affiliateId: idInput("affiliate"), code: trackingCode, active: z.boolean(), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<AffiliateDetail> => {
    const { affiliateId, code, active, reason } = input;
    orThrow(
      await withAudit(ctx.deps.db, ctx.acting, async (tx, note) => {
        if (!(await setCodeActive(tx, affiliateId, code, active))) return err("AFFILIATE_CODE_UNKNOWN");
        noteOf(note, "affiliate.set-code", affiliateId, reason, { code, active });
        return ok(true);
      }),
    );
    return readAffiliate(ctx.deps, affiliateId);
  });

/** Another plan from a month on; statements of that month that are not approved are made anew by it. */
export const setPlan = staffProcedure("affiliate.manage")
  .input(
    z.object({ affiliateId: idInput("affiliate"), fromMonth: monthInput, plan: affiliatePlan, reason: reasonInput }),
  )
  .mutation(async ({ ctx, input }): Promise<AffiliateDetail> => {
    const { affiliateId, fromMonth, plan, reason } = input;
    const { deps, acting } = ctx;
    const odd = findUnpayable(plan, deps.reports.currency);
    orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if ((await findAffiliate(tx, affiliateId)) === undefined) return err("AFFILIATE_NOT_FOUND");
        if (odd !== undefined) return err("AMOUNT_INVALID", `${odd} is not an amount of ${deps.reports.currency}.`);
        if (await hasApprovedFrom(tx, affiliateId, fromMonth)) return err("PLAN_IN_USE");
        const actor = `${acting.actorKind}:${acting.actorId}`;
        const version = await insertPlan(tx, affiliateId, { fromMonth, plan, actor, reason });
        noteOf(note, "affiliate.set-plan", affiliateId, reason, { version, fromMonth, plan: structuredClone(plan) });
        return ok(true);
      }),
    );
    return readAffiliate(deps, affiliateId);
  });

function noteOf(note: TakeNote, action: string, id: bigint, reason: string, after: JsonObject): void {
  note({ action, subject: { kind: "affiliate", id: formatId("affiliate", id) }, reason, after });
}
