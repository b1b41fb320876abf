/**
 * Stripe's itemised payout reconciliation report (https://docs.stripe.com/reports/payout-reconciliation): a run is asked
 * for, waited for, and its file fetched. Amounts are decimals with their sign; a payout is its own line.
 */
import { readCurrency, readSigned, readTable, readTime, type SettlementKind } from "@pitboss/domain/cashier/settlement";
import { parseCsv } from "@pitboss/domain/kernel/csv";
import { ok } from "@pitboss/domain/kernel/result";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { fetchText } from "../../settlement/fetch-text.ts";
import { collectReports } from "../../settlement/collect-reports.ts";
import type { SettlementSource } from "../../settlement/settlement-source.ts";
import { noAnswer } from "../call.ts";
import type { PspSettings } from "../read-psps.ts";
import { createStripeClient } from "./stripe-client.ts";

const columns = [
  "automatic_payout_id",
  "automatic_payout_effective_at",
  "balance_transaction_id",
  "created_utc",
  "currency",
  "gross",
  "fee",
  "net",
  "reporting_category",
  "source_id",
  "payment_intent_id",
  "payment_metadata[deposit_id]",
];

const kinds: Readonly<Record<string, SettlementKind>> = {
  charge: "PAYMENT",
  refund: "REFUND",
  dispute: "CHARGEBACK",
  dispute_reversal: "CHARGEBACK_REVERSAL",
  fee: "FEE",
  risk_reserved_funds: "RESERVE",
  payout_minimum_balance_hold: "RESERVE",
  card_payout: "PAYOUT",
  card_payout_reversal: "PAYOUT_RETURN",
};

const reportRun = z.object({
  id: z.string(),
  status: z.enum(["pending", "succeeded", "failed"]),
  result: z.object({ url: z.string() }).nullish(),
});

export function createStripeSettlement({ code, url, secretKey }: PspSettings): SettlementSource {
  const { send, base, headers } = createStripeClient(url, secretKey);
  return {
    code,
    async list(since) {
      const form = {
        report_type: "payout_reconciliation.itemized.5",
        "parameters[interval_start]": String(Math.floor(since.getTime() / 1_000)),
        "parameters[interval_end]": String(Math.floor(Date.now() / 1_000)),
      };
      let reply = await send({ method: "POST", path: "/v1/reporting/report_runs", form });
      for (let tries = 0; ; tries += 1) {
        if ("away" in reply) return noAnswer(reply);
        const run = reportRun.safeParse(reply.body);
        if (reply.status !== 200 || !run.success)
          return { kind: "unanswered", why: `The report answered ${reply.status}.` };
        const { status, result, id } = run.data;
        if (status === "failed") return { kind: "refused", why: "The report run failed." };
        if (status === "succeeded") return { kind: "answered", value: result == null ? [] : [result.url] };
        if (tries === 20) return { kind: "unanswered", why: "The report is still being made." };
        await sleep(500);
        reply = await send({ method: "GET", path: `/v1/reporting/report_runs/${encodeURIComponent(id)}` });
      }
    },
    // The address comes with the run; it is followed only where it is the provider's own.
    fetch: async (name) =>
      name.startsWith(`${base}/`) ? fetchText(name, headers) : { kind: "refused", why: "The file lies elsewhere." },
    parse(text) {
      const reports = collectReports();
      const read = readTable(parseCsv(text), columns, (cell) => {
        const currency = readCurrency(cell("currency"));
        if (!currency.ok) return currency;
        const gross = readSigned(cell("gross"), currency.value);
        if (!gross.ok) return gross;
        const fee = readSigned(cell("fee"), currency.value);
        if (!fee.ok) return fee;
        const category = cell("reporting_category");
        const at = readTime(cell(category === "payout" ? "automatic_payout_effective_at" : "created_utc"));
        if (!at.ok) return at;
        const payout = cell("automatic_payout_id");
        if (category === "payout") {
          reports.paid(payout, currency.value, -gross.value, at.value);
          return ok(undefined);
        }
        const kind = kinds[category] ?? "ADJUSTMENT";
        const alone = kind === "FEE";
        const source = cell("source_id");
        const reference = kind === "PAYMENT" || kind === "REFUND" ? cell("payment_intent_id") || source : source;
        reports.add(payout, currency.value, {
          kind,
          reference: reference || cell("balance_transaction_id"),
          ours: cell("payment_metadata[deposit_id]") || null,
          gross: alone ? 0n : gross.value,
          fee: alone ? fee.value - gross.value : fee.value,
          bookedAt: at.value,
        });
        return ok(undefined);
      });
      return read.ok ? ok(reports.done()) : read;
    },
  };
}
