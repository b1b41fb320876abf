/**
 * Adyen's settlement detail report, one file a batch (https://docs.adyen.com/reporting/settlement-reconciliation): debits
 * and credits stand in columns of their own, and what Adyen keeps is split into commission, markup, scheme fees and
 * interchange.
 */
import { readCurrency, readSigned, readTable, readTime, type SettlementKind } from "@pitboss/domain/cashier/settlement";
import { parseCsv } from "@pitboss/domain/kernel/csv";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { collectReports } from "../../settlement/collect-reports.ts";
import { fetchText } from "../../settlement/fetch-text.ts";
import type { SettlementSource } from "../../settlement/settlement-source.ts";
import { callProvider, noAnswer } from "../call.ts";
import type { PspSettings } from "../read-psps.ts";

const kept = ["Commission (NC)", "Markup (NC)", "Scheme Fees (NC)", "Interchange (NC)"] as const;
const columns = [
  "Psp Reference",
  "Merchant Reference",
  "Creation Date",
  "Type",
  "Modification Reference",
  "Net Currency",
  "Net Debit (NC)",
  "Net Credit (NC)",
  "Batch Number",
  ...kept,
];

const kinds: Readonly<Record<string, SettlementKind>> = {
  Settled: "PAYMENT",
  Refunded: "REFUND",
  Chargeback: "CHARGEBACK",
  ChargebackReversed: "CHARGEBACK_REVERSAL",
  Fee: "FEE",
  InvoiceDeduction: "FEE",
  ReserveAdjustment: "RESERVE",
};

export function createAdyenSettlement({ code, url, secretKey, merchant = "" }: PspSettings): SettlementSource {
  const base = url.replace(/\/$/, "");
  const headers = { "x-api-key": secretKey };
  const folder = `${base}/reports/download/MerchantAccount/${encodeURIComponent(merchant)}`;
  return {
    code,
    async list(since) {
      // Adyen tells of each file by a REPORT_AVAILABLE notification; the same names are asked for here.
      const reply = await callProvider({ url: `${folder}?since=${since.toISOString()}`, method: "GET", headers });
      if ("away" in reply) return noAnswer(reply);
      const names = z.object({ reports: z.array(z.string()) }).safeParse(reply.body);
      if (reply.status !== 200 || !names.success) return { kind: "unanswered", why: `It answered ${reply.status}.` };
      return { kind: "answered", value: names.data.reports };
    },
    fetch: (name) => fetchText(`${folder}/${encodeURIComponent(name)}`, headers),
    parse(text) {
      const reports = collectReports();
      const read = readTable(parseCsv(text), columns, (cell) => {
        const currency = readCurrency(cell("Net Currency"));
        if (!currency.ok) return currency;
        const amounts: bigint[] = [];
        for (const column of ["Net Credit (NC)", "Net Debit (NC)", ...kept]) {
          const amount = readSigned(cell(column), currency.value);
          if (!amount.ok) return amount;
          amounts.push(amount.value);
        }
        const [credit = 0n, debit = 0n, ...fees] = amounts;
        const at = readTime(cell("Creation Date"));
        if (!at.ok) return at;
        const batch = `${merchant || "batch"}-${cell("Batch Number")}`;
        const net = credit - debit;
        const type = cell("Type");
        if (type === "MerchantPayout") {
          reports.paid(batch, currency.value, -net, at.value);
          return ok(undefined);
        }
        const kind = kinds[type] ?? "ADJUSTMENT";
        const fee = fees.reduce((sum, one) => sum + one, 0n);
        const disputed = kind === "CHARGEBACK" || kind === "CHARGEBACK_REVERSAL";
        reports.add(batch, currency.value, {
          kind,
          reference: (disputed ? cell("Modification Reference") : "") || cell("Psp Reference"),
          ours: cell("Merchant Reference") || null,
          gross: kind === "FEE" ? 0n : net + fee,
          fee: kind === "FEE" ? fee - net : fee,
          bookedAt: at.value,
        });
        return ok(undefined);
      });
      return read.ok ? ok(reports.done()) : read;
    },
  };
}
