import {
  type AffiliateRecord,
  findAffiliate,
  listAffiliates as listRecords,
  listCodes,
  listPlans,
  planOf,
} from "@pitboss/db/reporting/affiliate-store";
import { listPayments, type PaymentRecord, type PaymentState } from "@pitboss/db/reporting/affiliate-payment-store";
import { readLiability } from "@pitboss/db/reporting/affiliate-statement-store";
import { listPlayersOf } from "@pitboss/db/reporting/attribution-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type AffiliatePlan, describePlan } from "@pitboss/domain/reporting/affiliates/plan";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type Attribution, presentAttribution } from "./attribute-player.ts";

export interface AffiliateRow {
  readonly affiliateId: string;
  readonly name: string;
  readonly email: string;
  readonly status: "ACTIVE" | "SUSPENDED";
  readonly codes: number;
  readonly players: number;
  /** The plan of this month in words; null where there is none. */
  readonly plan: string | null;
  /** What the house owes by approved statements; below zero where the affiliate owes the house. */
  readonly owed: string;
  readonly currency: Currency;
  readonly createdAt: string;
}

export const affiliateStatuses = ["ACTIVE", "SUSPENDED"] as const;

/** Newest first. */
export const listAffiliates = procedure("affiliate.read")
  .input(
    z.object({ ...pageInput, text: z.string().trim().max(120).nullish(), status: z.enum(affiliateStatuses).nullish() }),
  )
  .query(async ({ ctx, input }): Promise<Page<AffiliateRow>> => {
    const { text } = input;
    const rows = await listRecords(ctx.deps.db, {
      text: text == null || text === "" ? undefined : text,
      status: input.status ?? undefined,
      before: readCursor("affiliate", input.cursor),
      limit: input.limit + 1,
    });
    const shown = new Map<bigint, AffiliateRow>();
    for (const record of rows.slice(0, input.limit)) shown.set(record.id, await presentAffiliate(ctx.deps, record));
    const page = pageOf(
      rows,
      input.limit,
      ({ id }) => id,
      ({ id }) => formatId("affiliate", id),
    );
    return { ...page, rows: page.rows.flatMap((id) => shown.get(id) ?? []) };
  });

export interface AffiliatePaymentView {
  readonly paymentId: string;
  readonly amount: string;
  readonly currency: Currency;
  readonly psp: string;
  readonly label: string;
  readonly state: PaymentState;
  readonly failure: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** True where it came back, and a person may let it be sent anew. */
  readonly waits: boolean;
}

export interface AffiliateDetail extends AffiliateRow {
  readonly leastPayment: string;
  /** What people see of where it is paid; null where two people have not said so yet. */
  readonly payee: { readonly psp: string; readonly label: string } | null;
  /** The rails of the house that can pay. */
  readonly rails: readonly string[];
  readonly trackingCodes: readonly {
    readonly code: string;
    readonly label: string;
    readonly landing: string;
    readonly active: boolean;
    readonly clicks: number;
    readonly players: number;
  }[];
  readonly plans: readonly {
    readonly version: number;
    readonly fromMonth: string;
    readonly plan: AffiliatePlan;
    readonly words: string;
    readonly actor: string;
    readonly reason: string;
    readonly createdAt: string;
  }[];
  readonly payments: readonly AffiliatePaymentView[];
}

export const showAffiliate = procedure("affiliate.read")
  .input(z.object({ affiliateId: idInput("affiliate") }))
  .query(({ ctx, input }): Promise<AffiliateDetail> => readAffiliate(ctx.deps, input.affiliateId));

export async function readAffiliate(deps: StaffDeps, id: bigint): Promise<AffiliateDetail> {
  const { db, reports, rails } = deps;
  const record = (await findAffiliate(db, id)) ?? throwFailure({ code: "AFFILIATE_NOT_FOUND" });
  const { currency } = reports;
  const codes = await listCodes(db, id);
  const plans = await listPlans(db, id);
  const payments = await listPayments(db, id, 50);
  return {
    ...(await presentAffiliate(deps, record)),
    leastPayment: formatMinor(record.leastPayment, currency),
    payee: record.payee === null ? null : { psp: record.payee.psp, label: record.payee.label },
    rails: [...rails.keys()],
    trackingCodes: codes.map(({ affiliateId: _owner, ...code }) => code),
    plans: plans.map(({ createdAt, ...plan }) => ({
      ...plan,
      words: describePlan(plan.plan, currency),
      createdAt: createdAt.toISOString(),
    })),
    payments: payments.map(presentPayment),
  };
}

/** Players who are the affiliate's now, the newest first. */
export const listAffiliatePlayers = procedure("affiliate.read")
  .input(z.object({ ...pageInput, affiliateId: idInput("affiliate") }))
  .query(async ({ ctx, input }): Promise<Page<Attribution>> => {
    const before = readCursor("player", input.cursor);
    const rows = await listPlayersOf(ctx.deps.db, input.affiliateId, { before, limit: input.limit + 1 });
    return pageOf(rows, input.limit, presentAttribution, ({ playerId }) => formatId("player", playerId));
  });

async function presentAffiliate({ db, reports, clock }: StaffDeps, record: AffiliateRecord): Promise<AffiliateRow> {
  const { currency } = reports;
  const affiliateId = formatId("affiliate", record.id);
  const plan = planOf(await listPlans(db, record.id), new Date(clock.now()).toISOString().slice(0, 7));
  return {
    affiliateId,
    name: record.name,
    email: record.email,
    status: record.status,
    codes: record.codes,
    players: record.players,
    plan: plan === undefined ? null : describePlan(plan.plan, currency),
    owed: formatMinor(await readLiability(db, affiliateId, currency), currency),
    currency,
    createdAt: record.createdAt.toISOString(),
  };
}

function presentPayment(payment: PaymentRecord): AffiliatePaymentView {
  return {
    paymentId: formatId("affiliatePayment", payment.id),
    amount: formatMinor(payment.amount, payment.currency),
    currency: payment.currency,
    psp: payment.psp,
    label: payment.label,
    state: payment.state,
    failure: payment.failure,
    createdAt: payment.createdAt.toISOString(),
    endedAt: payment.endedAt?.toISOString() ?? null,
    waits: payment.state === "RETURNED" && payment.releasedAt === null,
  };
}
