/**
 * Checkout.com's financial actions (https://www.checkout.com/docs/business-operations/view-and-create-reports): one row
 * for each part of an action, the amount itself and what is kept of it alike; files hang on reports that are listed.
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

const columns = [
  "Payout ID",
  "Action ID",
  "Action Type",
  "Breakdown Type",
  "Payment ID",
  "Reference",
  "Processed On",
  "Holding Currency",
  "Holding Currency Amount",
];

const kinds: Readonly<Record<string, SettlementKind>> = {
  Capture: "PAYMENT",
  Refund: "REFUND",
  Chargeback: "CHARGEBACK",
  "Chargeback Reversal": "CHARGEBACK_REVERSAL",
  "Standalone Fee": "FEE",
  "Rolling Reserve": "RESERVE",
};

const reportList = z.object({
  data: z.array(z.object({ id: z.string(), files: z.array(z.object({ id: z.string() })) })),
});

export function createCheckoutSettlement({ code, url, secretKey }: PspSettings): SettlementSource {
  const base = url.replace(/\/$/, "");
  const headers = { authorization: `Bearer ${secretKey}` };
  return {
    code,
    async list(since) {
      const reply = await callProvider({
        url: `${base}/reports?created_after=${since.toISOString()}`,
        method: "GET",
        headers,
      });
      if ("away" in reply) return noAnswer(reply);
      const found = reportList.safeParse(reply.body);
      if (reply.status !== 200 || !found.success) return { kind: "unanswered", why: `It answered ${reply.status}.` };
      return {
        kind: "answered",
        value: found.data.data.flatMap(({ id, files }) => files.map((file) => `${id}/files/${file.id}`)),
      };
    },
    fetch: (name) => fetchText(`${base}/reports/${name}`, headers),
    parse(text) {
      const reports = collectReports();
      const read = readTable(parseCsv(text), columns, (cell) => {
        const currency = readCurrency(cell("Holding Currency"));
        if (!currency.ok) return currency;
        const amount = readSigned(cell("Holding Currency Amount"), currency.value);
        if (!amount.ok) return amount;
        const at = readTime(cell("Processed On"));
        if (!at.ok) return at;
        const [action, part] = [cell("Action Type"), cell("Breakdown Type")];
        const payout = cell("Payout ID");
        if (action === "Payout") {
          reports.paid(payout, currency.value, -amount.value, at.value);
          return ok(undefined);
        }
        const kind = kinds[action] ?? "ADJUSTMENT";
        const fee = kind === "FEE" || / Fee$/.test(part);
        const disputed = kind === "CHARGEBACK" || kind === "CHARGEBACK_REVERSAL";
        reports.add(payout, currency.value, {
          // What is kept of an action is a row of its own, of the same payment.
          kind,
          reference: (disputed ? cell("Action ID") : cell("Payment ID")) || cell("Action ID"),
          ours: cell("Reference") || null,
          gross: fee ? 0n : amount.value,
          fee: fee ? -amount.value : 0n,
          bookedAt: at.value,
        });
        return ok(undefined);
      });
      return read.ok ? ok(reports.done()) : read;
    },
  };
}
