/** Checkout.com's reports: listed with their files, each a table of financial actions with a row for each part of one. */
import type { FastifyInstance } from "fastify";
import { type Batch, csvRow, sayMajor, type SettledLine, type Settlement } from "../settlement.ts";

const columns = [
  "Entity ID",
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

const actions: Readonly<Record<SettledLine["kind"], string>> = {
  PAYMENT: "Capture",
  PAYOUT: "Payout To Card",
  PAYOUT_RETURN: "Payout To Card Return",
  CHARGEBACK: "Chargeback",
  CHARGEBACK_REVERSAL: "Chargeback Reversal",
  FEE: "Standalone Fee",
  RESERVE: "Rolling Reserve",
  ADJUSTMENT: "Adjustment",
};

export function registerCheckoutReports(server: FastifyInstance, settlement: Settlement): void {
  const fileOf = ({ id }: Batch): string => `file_${id.toLowerCase()}`;
  const idOf = ({ id }: Batch): string => `rpt_${id.toLowerCase()}`;
  server.get<{ Querystring: { created_after?: string } }>("/reports", (request) => {
    const data = settlement.list(Date.parse(request.query.created_after ?? "1970-01-01")).map((batch) => ({
      id: idOf(batch),
      type: "FinancialActionsByPayout",
      created_on: batch.paidAt,
      files: [{ id: fileOf(batch), filename: `${batch.id}.csv`, format: "CSV" }],
    }));
    return { count: data.length, limit: data.length, data };
  });
  server.get<{ Params: { id: string; file: string } }>("/reports/:id/files/:file", (request, reply) => {
    const { id, file } = request.params;
    const batch = settlement.list(0).find((one) => idOf(one) === id && fileOf(one) === file);
    if (batch === undefined) return reply.code(404).send();
    return reply.type("text/csv; charset=utf-8").send(`${[csvRow(columns), ...rowsOf(batch)].join("\n")}\n`);
  });
}

/** The sub-accounts of an entity, one for each currency; a rolling reserve is their collateral. */
export function registerCheckoutBalances(server: FastifyInstance, settlement: Settlement, entity: string): void {
  server.get<{ Params: { id: string } }>("/balances/:id", (request, reply) => {
    if (request.params.id !== entity) return reply.code(404).send();
    return reply.send({
      data: settlement.balances().map(({ currency, gross, reserved }) => ({
        descriptor: `${currency} account`,
        holding_currency: currency,
        balances: { pending: gross, available: 0, payable: 0, collateral: reserved, operational: 0 },
      })),
    });
  });
}

function rowsOf({ id, currency, lines, paidOut, paidAt }: Batch): string[] {
  const row = (
    action: string,
    part: string,
    line: Omit<SettledLine, "kind" | "gross" | "fee">,
    amount: number,
  ): string =>
    csvRow([
      "ent_pitboss",
      id,
      line.reference === line.payment ? `act_${line.payment.slice(4)}` : line.reference,
      action,
      part,
      line.payment,
      line.ours,
      line.at,
      currency,
      sayMajor(amount, currency),
    ]);
  const rows = lines.flatMap(({ kind, gross, fee, ...line }) => {
    const action = actions[kind];
    if (kind === "FEE") return [row(action, "Monthly Fee", line, -fee)];
    return [
      row(action, action, line, gross),
      ...(fee === 0 ? [] : [row(action, kind === "CHARGEBACK" ? "Chargeback Fee" : "Interchange Fee", line, -fee)]),
    ];
  });
  const payout = { key: id, payment: "", reference: `act_${id}`, ours: "", currency, at: paidAt };
  return [...rows, row("Payout", "Payout", payout, -paidOut)];
}
