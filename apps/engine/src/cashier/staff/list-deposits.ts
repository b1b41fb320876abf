import { type AttemptOutcome, listAttempts } from "@pitboss/db/cashier/deposit-attempt-store";
import {
  type ChainOfDeposit,
  type DepositRecord,
  findDeposit,
  listDeposits as listRecords,
  listDepositSteps,
} from "@pitboss/db/cashier/deposit-store";
import { listWebhooks } from "@pitboss/db/cashier/webhook-store";
import { listKytChecks } from "@pitboss/db/compliance/kyt-store";
import type { DepositCheck } from "@pitboss/domain/cashier/deposit-checks";
import { type DepositState, depositStates } from "@pitboss/domain/cashier/deposit-machine";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import { mayAny } from "@pitboss/domain/identity/permissions";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { formatTrace } from "../../edge/problem.ts";
import { expiryOf } from "../instruments/expiry-of.ts";
import { type KytRow, presentKyt } from "./present-kyt.ts";
import { presentWebhook, type WebhookRow } from "./list-webhooks.ts";

export interface DepositRow {
  readonly depositId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly state: DepositState;
  readonly currency: Currency;
  readonly amount: string;
  /** What came, where it came. */
  readonly credited: string | null;
  readonly psp: string;
  readonly pspReference: string | null;
  readonly card: { readonly brand: string; readonly last4: string };
  /** Why the provider declined it, in the provider's word. */
  readonly failure: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const filters = z.object({
  playerId: idInput("player").nullish(),
  state: z.enum(depositStates as [DepositState, ...DepositState[]]).nullish(),
  psp: z.string().max(40).nullish(),
  currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]).nullish(),
  minAmount: z.string().max(40).nullish(),
  from: z.iso.datetime().nullish(),
  to: z.iso.datetime().nullish(),
});

/** Newest first. An amount means something in its currency alone, so the smallest amount is asked for with one. */
export const listDeposits = procedure("payment.read")
  .input(filters.extend(pageInput))
  .query(async ({ ctx, input }): Promise<Page<DepositRow>> => {
    const { currency, minAmount } = input;
    if (minAmount != null && currency == null) {
      throwFailure({
        code: "REQUEST_INVALID",
        detail: "A smallest amount needs a currency.",
        data: { fields: ["currency"] },
      });
    }
    const rows = await listRecords(ctx.deps.db, {
      playerId: input.playerId ?? undefined,
      states: input.state == null ? undefined : [input.state],
      psp: input.psp ?? undefined,
      currency: currency ?? undefined,
      minAmount: minAmount == null || currency == null ? undefined : orThrow(parseAmount(minAmount, currency)),
      from: input.from ?? undefined,
      to: input.to ?? undefined,
      before: readCursor("deposit", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentRow, ({ id }) => formatId("deposit", id));
  });

export interface DepositDetail extends DepositRow {
  readonly method: PaymentMethod;
  /** Of what came over a chain: where it stands there, and what became of it. */
  readonly chain:
    | (Pick<ChainOfDeposit, "address" | "sources" | "txHash" | "confirmations" | "needed" | "convertTo"> & {
        readonly conversionId: string | null;
      })
    | null;
  /** What is known of where it came from, and whether it is held for that; null where it is not for this reader. */
  readonly kyt: readonly KytRow[] | null;
  readonly frozen: { readonly why: string; readonly releasedBy: string | null } | null;
  readonly mayRelease: boolean;
  readonly requestId: string;
  readonly traceId: string;
  readonly expiresAt: string;
  /** When the provider is asked next, should no webhook come before. */
  readonly followAt: string | null;
  readonly followed: number;
  /** What the provider keeps; null where it has not said. */
  readonly pspFee: string | null;
  readonly transactionId: string | null;
  readonly failureMessage: string | null;
  readonly instrument: {
    readonly instrumentId: string;
    readonly brand: string;
    readonly last4: string;
    readonly expires: string | null;
    readonly country: string | null;
    readonly fingerprint: string;
    readonly since: string;
  };
  readonly checks: readonly DepositCheck[];
  readonly steps: readonly {
    readonly number: number;
    readonly at: string;
    readonly event: string;
    readonly from: DepositState | null;
    readonly to: DepositState;
    readonly source: "REQUEST" | "WEBHOOK" | "QUERY" | "REPORT";
    readonly webhookId: string | null;
    readonly details: JsonObject | null;
  }[];
  readonly webhooks: readonly WebhookRow[];
  /** The providers that it could be given to, in order, and what came of each. */
  readonly attempts: readonly {
    readonly psp: string;
    /** The rule of routing that chose it; null where it was the house's own order. */
    readonly rule: string | null;
    readonly outcome: AttemptOutcome;
    readonly sends: number;
    readonly why: string | null;
    readonly at: string | null;
  }[];
}

const mostWebhooks = 50;

/** Everything about one deposit: what was checked, what the provider said and when, and what came of it. */
export const showDeposit = procedure("payment.read")
  .input(z.object({ depositId: idInput("deposit") }))
  .query(async ({ ctx, input }): Promise<DepositDetail> => {
    const { db } = ctx.deps;
    const deposit = (await findDeposit(db, input.depositId)) ?? throwFailure({ code: "DEPOSIT_NOT_FOUND" });
    const steps = await listDepositSteps(db, deposit.id);
    const webhooks = await listWebhooks(db, { depositId: deposit.id, limit: mostWebhooks });
    const attempts = await listAttempts(db, deposit.id);
    const { instrument, failure, transactionId, pspFee, currency, chain } = deposit;
    const kyt = presentKyt(chain === null ? [] : await listKytChecks(db, { depositId: deposit.id }), ctx.actor);
    const frozen = kyt === null || chain?.frozenFor == null ? null : { why: chain.frozenFor, release: chain.releaseId };
    const message = failure?.["message"];
    return {
      ...presentRow(deposit),
      method: deposit.method,
      chain: chain === null ? null : presentChain(chain),
      kyt,
      frozen:
        frozen === null
          ? null
          : {
              why: frozen.why,
              releasedBy: frozen.release === null ? null : formatId("transaction", frozen.release),
            },
      mayRelease: frozen?.release === null && ctx.actor.kind === "staff" && mayAny(ctx.actor.roles, "deposit.release"),
      requestId: deposit.requestId,
      traceId: formatTrace(deposit.traceId),
      expiresAt: deposit.expiresAt.toISOString(),
      followAt: deposit.followAt?.toISOString() ?? null,
      followed: deposit.followed,
      pspFee: pspFee === null ? null : formatMinor(pspFee, currency),
      transactionId: transactionId === null ? null : formatId("transaction", transactionId),
      failureMessage: typeof message === "string" ? message : null,
      instrument: {
        instrumentId: formatId("instrument", instrument.id),
        brand: instrument.brand,
        last4: instrument.last4,
        expires: expiryOf(instrument),
        country: instrument.country,
        fingerprint: instrument.fingerprint,
        since: instrument.createdAt.toISOString(),
      },
      checks: deposit.checks,
      steps: steps.map((step) => ({
        ...step,
        at: step.at.toISOString(),
        webhookId: step.webhookId === null ? null : formatId("webhook", step.webhookId),
      })),
      webhooks: webhooks.map(presentWebhook),
      attempts: attempts.map((attempt) => ({ ...attempt, at: attempt.at?.toISOString() ?? null })),
    };
  });

function presentChain(chain: ChainOfDeposit): NonNullable<DepositDetail["chain"]> {
  const { address, sources, txHash, confirmations, needed, convertTo, conversionId } = chain;
  return {
    address,
    sources,
    txHash,
    confirmations,
    needed,
    convertTo,
    conversionId: conversionId === null ? null : formatId("transaction", conversionId),
  };
}

function presentRow(deposit: DepositRecord): DepositRow {
  const { currency, credited, failure, instrument } = deposit;
  const code = failure?.["code"];
  return {
    depositId: formatId("deposit", deposit.id),
    playerId: formatId("player", deposit.playerId),
    nickname: deposit.nickname,
    state: deposit.state,
    currency,
    amount: formatMinor(deposit.amount, currency),
    credited: credited === null ? null : formatMinor(credited, currency),
    psp: deposit.psp,
    pspReference: deposit.pspReference,
    card: { brand: instrument.brand, last4: instrument.last4 },
    failure: typeof code === "string" ? code : null,
    createdAt: deposit.createdAt.toISOString(),
    updatedAt: deposit.updatedAt.toISOString(),
  };
}
