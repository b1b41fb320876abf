/** The records behind a break of the cashier, on both sides: the ledger, reports and their lines, and statements. */
import { findEntry } from "@pitboss/db/cashier/bank-statement-store";
import { findReport, listLinesOf, type LineRecord, type ReportRecord } from "@pitboss/db/cashier/settlement-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { BreakRecord } from "@pitboss/db/ops/break-store";
import { findTransaction } from "@pitboss/db/wallet/search-transactions";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import type { BreakEvidence } from "../../ops/breaks/break-handler.ts";

export async function showSides(db: Executor, { subject, type }: BreakRecord): Promise<readonly BreakEvidence[]> {
  const evidence: BreakEvidence[] = [];
  const transaction = await showTransaction(db, subject["transactionId"]);
  if (transaction !== undefined) evidence.push(transaction);
  const { psp, reference, kind, line, report, entry } = subject;
  if (psp !== undefined && reference !== undefined && kind !== undefined) {
    for (const one of await listLinesOf(db, { psp, reference, kind })) evidence.push(showLine(one));
  } else if (line !== undefined) {
    const reportId = parseId("settlementReport", line.split("/")[0] ?? "");
    const lines = reportId === undefined ? [] : await listLinesOf(db, { reportId, number: Number(line.split("/")[1]) });
    for (const one of lines) evidence.push(showLine(one));
  }
  const reportId = parseId("settlementReport", report ?? "");
  const found = reportId === undefined ? undefined : await findReport(db, reportId);
  // A report is what the bank is compared with; and what is compared with its own lines.
  if (found !== undefined) evidence.push(showReport(found, type === "REPORT_SUM_DIFFERS" ? "THEIRS" : "OURS"));
  const shown = await showEntry(db, entry);
  if (shown !== undefined) evidence.push(shown);
  return evidence;
}

async function showTransaction(db: Executor, name: string | undefined): Promise<BreakEvidence | undefined> {
  const id = parseId("transaction", name ?? "");
  const found = id === undefined ? undefined : await findTransaction(db, id);
  if (found === undefined) return undefined;
  const postings = found.postings.map(
    ({ kind, qualifier, currency, available, held }) =>
      `${kind}${qualifier === "" ? "" : `[${qualifier}]`} ${formatMinor(available + held, currency)} ${currency}`,
  );
  return {
    side: "OURS",
    record: "LEDGER",
    facts: {
      transactionId: name ?? "",
      type: found.type,
      at: new Date(transactionTimeMs(found.id)).toISOString(),
      postings: postings.join(", "),
    },
  };
}

function showLine({
  reportId,
  number,
  kind,
  reference,
  ours,
  currency,
  gross,
  fee,
  bookedAt,
  report,
}: LineRecord): BreakEvidence {
  return {
    side: "THEIRS",
    record: "SETTLEMENT_LINE",
    facts: {
      line: `${formatId("settlementReport", reportId)}/${number}`,
      report,
      kind,
      reference,
      ...(ours === null ? {} : { named: ours }),
      gross: `${formatMinor(gross, currency)} ${currency}`,
      fee: `${formatMinor(fee, currency)} ${currency}`,
      at: bookedAt.toISOString(),
    },
  };
}

function showReport(found: ReportRecord, side: BreakEvidence["side"]): BreakEvidence {
  const { currency } = found;
  const money = (amount: bigint): string => `${formatMinor(amount, currency)} ${currency}`;
  return {
    side,
    record: "REPORT",
    facts: {
      report: found.reference,
      lines: String(found.lines),
      gross: money(found.gross),
      fee: money(found.fees),
      reserve: money(found.reserve),
      paidOut: money(found.paidOut),
      at: found.paidAt.toISOString(),
    },
  };
}

async function showEntry(db: Executor, name: string | undefined): Promise<BreakEvidence | undefined> {
  const [id = "", number = ""] = (name ?? "").split("/");
  const statementId = parseId("bankStatement", id);
  const found = statementId === undefined ? undefined : await findEntry(db, statementId, Number(number));
  if (found === undefined) return undefined;
  const { account, statement, bookedOn, bankReference, remittance, counterparty, amount, currency } = found;
  const facts = { entry: name ?? "", account, statement, bookedOn, bankReference, remittance, counterparty };
  const told = Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null);
  return {
    side: "THEIRS",
    record: "BANK_ENTRY",
    facts: { ...Object.fromEntries(told), amount: `${formatMinor(amount, currency)} ${currency}` },
  };
}
