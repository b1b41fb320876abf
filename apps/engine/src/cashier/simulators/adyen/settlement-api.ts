/** Adyen's settlement detail reports: a file for each batch, listed and fetched under the merchant account. */
import type { FastifyInstance } from "fastify";
import { type Batch, csvRow, sayMajor, sayTime, type SettledLine, type Settlement } from "../settlement.ts";

const columns = [
  "Company Account",
  "Merchant Account",
  "Psp Reference",
  "Merchant Reference",
  "Creation Date",
  "TimeZone",
  "Type",
  "Modification Reference",
  "Net Currency",
  "Net Debit (NC)",
  "Net Credit (NC)",
  "Commission (NC)",
  "Markup (NC)",
  "Scheme Fees (NC)",
  "Interchange (NC)",
  "Batch Number",
];

const types: Readonly<Record<SettledLine["kind"], string>> = {
  PAYMENT: "Settled",
  PAYOUT: "Payout",
  PAYOUT_RETURN: "PayoutReversed",
  CHARGEBACK: "Chargeback",
  CHARGEBACK_REVERSAL: "ChargebackReversed",
  FEE: "Fee",
  RESERVE: "ReserveAdjustment",
  ADJUSTMENT: "MiscCosts",
};

/** The numbers of a batch come with its currency: Adyen settles each currency on its own. */
export function registerAdyenReports(server: FastifyInstance, settlement: Settlement, merchant: string): void {
  const name = ({ number, currency }: Batch): string => `settlement_detail_report_batch_${number}_${currency}.csv`;
  type Route = { Params: { merchant: string; name: string }; Querystring: { since?: string } };
  server.get<Route>("/reports/download/MerchantAccount/:merchant", (request, reply) => {
    if (request.params.merchant !== merchant) return reply.code(403).send();
    return reply.send({ reports: settlement.list(Date.parse(request.query.since ?? "1970-01-01")).map(name) });
  });
  server.get<Route>("/reports/download/MerchantAccount/:merchant/:name", (request, reply) => {
    const batch = settlement.list(0).find((one) => name(one) === request.params.name);
    if (request.params.merchant !== merchant || batch === undefined) return reply.code(404).send();
    return reply
      .type("text/csv; charset=utf-8")
      .send(`${[csvRow(columns), ...rowsOf(batch, merchant)].join("\r\n")}\r\n`);
  });
}

/** The balance account of the balance platform, amounts in minor units. */
export function registerAdyenBalances(server: FastifyInstance, settlement: Settlement, account: string): void {
  server.get<{ Params: { id: string } }>("/bcl/v2/balanceAccounts/:id", (request, reply) => {
    if (request.params.id !== account) return reply.code(404).send({ errorCode: "30_112", title: "Not found" });
    return reply.send({
      id: account,
      status: "active",
      defaultCurrencyCode: "EUR",
      balances: settlement.balances().map(({ currency, gross, reserved }) => ({
        currency,
        available: 0,
        balance: 0,
        pending: gross,
        reserved,
      })),
    });
  });
}

function rowsOf({ number, currency, lines, paidOut, paidAt }: Batch, merchant: string): string[] {
  const money = (minor: number): string => (minor === 0 ? "" : sayMajor(minor, currency));
  const row = (
    type: string,
    [payment, ours, modification, at]: readonly [string, string, string, string],
    net: number,
    fees: readonly number[],
  ): string =>
    csvRow([
      "PitbossCasino",
      merchant,
      payment,
      ours,
      sayTime(at),
      "UTC",
      type,
      modification,
      currency,
      money(net < 0 ? -net : 0),
      money(net > 0 ? net : 0),
      ...[0, 1, 2, 3].map((part) => money(fees[part] ?? 0)),
      number,
    ]);
  return [
    ...lines.map(({ kind, payment, ours, reference, at, gross, fee }) =>
      row(types[kind], [payment, ours, reference, at], gross - fee, kind === "FEE" ? [] : splitFee(fee)),
    ),
    row("MerchantPayout", ["", "", "", paidAt], -paidOut, []),
  ];
}

/** Commission, markup, what goes to the scheme, and what to the card's bank. */
function splitFee(fee: number): number[] {
  const [commission, markup, scheme] = [Math.floor(fee / 4), Math.floor(fee / 8), Math.floor(fee / 5)];
  return [commission, markup, scheme, fee - commission - markup - scheme];
}
