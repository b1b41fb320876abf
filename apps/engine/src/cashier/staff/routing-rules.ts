/** The rules by which deposits go to providers: seen, changed from an instant on, and retired. No row is ever changed. */
import { insertRule, listComingRules, listRules, type StoredRule } from "@pitboss/db/cashier/routing-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { err, ok } from "@pitboss/domain/kernel/result";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";

export interface RoutingRow {
  readonly name: string;
  readonly priority: number;
  readonly country: string | null;
  readonly currency: Currency | null;
  readonly minAmount: string | null;
  readonly maxAmount: string | null;
  /** In the order in which they are asked. */
  readonly psps: readonly string[];
  readonly effectiveFrom: string;
  readonly reason: string;
  readonly by: string;
}

export interface Routing {
  readonly rules: readonly RoutingRow[];
  /** Versions that come into force later. */
  readonly coming: readonly RoutingRow[];
  /** Who is asked where no rule fits. */
  readonly usual: readonly string[];
}

export const listRouting = procedure("psp.read").query(async ({ ctx }): Promise<Routing> => {
  const { db, clock, psps } = ctx.deps;
  const now = new Date(clock.now());
  const rules = (await listRules(db, now)).filter((rule) => rule.psps.length > 0);
  return {
    rules: rules.toSorted((a, b) => a.priority - b.priority).map(presentRule),
    coming: (await listComingRules(db, now)).map(presentRule),
    usual: psps.psps.map(({ code }) => code),
  };
});

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/);

/** Makes a rule, or a newer version of it. */
export const setRule = staffProcedure("psp.control")
  .input(
    z.object({
      name,
      priority: z.int().min(1).max(10_000),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullish(),
      currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]).nullish(),
      minAmount: z.string().max(40).nullish(),
      maxAmount: z.string().max(40).nullish(),
      psps: z.array(z.string().max(40)).min(1).max(8),
      /** Absent is now. */
      effectiveFrom: z.iso.datetime().nullish(),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ name: string }> => {
    const { deps, acting } = ctx;
    const { currency = null, country = null } = input;
    const now = new Date(deps.clock.now());
    if (currency === null && (input.minAmount != null || input.maxAmount != null)) {
      return orThrow(err("REQUEST_INVALID", "An amount needs a currency."));
    }
    const amount = (text: string | null | undefined): bigint | null =>
      text == null || currency === null ? null : orThrow(parseAmount(text, currency));
    const [minAmount, maxAmount] = [amount(input.minAmount), amount(input.maxAmount)];
    if (minAmount === 0n || maxAmount === 0n || (minAmount !== null && maxAmount !== null && maxAmount < minAmount)) {
      return orThrow(err("AMOUNT_INVALID", "Amounts are above zero, and the largest is not below the smallest."));
    }
    const unknown = input.psps.find((psp) => !deps.psps.psps.some(({ code }) => code === psp));
    if (unknown !== undefined) return orThrow(err("PSP_NOT_FOUND", `"${unknown}" is not set up here.`));
    const asked = input.effectiveFrom == null ? now : new Date(input.effectiveFrom);
    // What was routed was routed: a rule does not reach back.
    const effectiveFrom = asked < now ? now : asked;
    const rule = { ...input, method: "CARD" as const, country, currency, minAmount, maxAmount, effectiveFrom };
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const before = (await listRules(tx, now)).find((one) => one.name === input.name);
        await insertRule(tx, { ...rule, madeBy: acting.actorId });
        note({
          action: "routing.set",
          subject: { kind: "routing-rule", id: input.name },
          reason: input.reason,
          before: before === undefined || before.psps.length === 0 ? undefined : contentOf(before),
          after: { ...contentOf(rule), effectiveFrom: effectiveFrom.toISOString() },
        });
        return ok({ name: input.name });
      }),
    );
  });

export const retireRule = staffProcedure("psp.control")
  .input(z.object({ name, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ name: string }> => {
    const { deps, acting } = ctx;
    const now = new Date(deps.clock.now());
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const rule = (await listRules(tx, now)).find((one) => one.name === input.name);
        if (rule === undefined || rule.psps.length === 0) return err("RECORD_NOT_FOUND");
        const { reason } = input;
        await insertRule(tx, { ...rule, psps: [], effectiveFrom: now, reason, madeBy: acting.actorId });
        note({
          action: "routing.retire",
          subject: { kind: "routing-rule", id: input.name },
          reason,
          before: contentOf(rule),
        });
        return ok({ name: input.name });
      }),
    );
  });

type RuleContent = Pick<StoredRule, "priority" | "country" | "currency" | "minAmount" | "maxAmount" | "psps">;

function contentOf(rule: RuleContent): JsonObject {
  const { priority, country, currency, psps } = rule;
  return { priority, country, currency, ...amountsOf(rule), psps: [...psps] };
}

function amountsOf({ currency, minAmount, maxAmount }: RuleContent) {
  const text = (minor: bigint | null): string | null =>
    minor === null || currency === null ? null : formatMinor(minor, currency);
  return { minAmount: text(minAmount), maxAmount: text(maxAmount) };
}

function presentRule(rule: StoredRule): RoutingRow {
  const { name: of, priority, country, currency, psps, effectiveFrom, reason, madeBy } = rule;
  return {
    name: of,
    priority,
    country,
    currency,
    ...amountsOf(rule),
    psps,
    effectiveFrom: effectiveFrom.toISOString(),
    reason,
    by: madeBy,
  };
}
