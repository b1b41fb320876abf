/**
 * Takes in a provider's settlement report, once: the bytes are kept under their hash, each payout that the file explains
 * becomes a report with its lines, and deposits that it settles say so. A file with a line that can't be read is refused
 * whole. The same payout told again, as overlapping reports do, is nothing new; told otherwise it is refused.
 */
import { createHash } from "node:crypto";
import { insertReport, settleDeposits } from "@pitboss/db/cashier/settlement-store";
import { type SettlementReport, sumSettlement } from "@pitboss/domain/cashier/settlement";
import { canonicalJson } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { SettlementDesk } from "./settlement-desk.ts";
import { postSettlements } from "./post-settlements.ts";

export interface ImportedReport {
  readonly reportId: string;
  readonly psp: string;
  readonly reference: string;
  readonly currency: string;
  readonly lines: number;
  /** False where it was imported before with the same content. */
  readonly fresh: boolean;
}

export interface ReportFile {
  readonly psp: string;
  readonly text: string;
}

export interface ReadReports {
  readonly object: string;
  readonly reports: readonly SettlementReport[];
}

/** What the file says, without keeping anything. */
export function readReports(
  { settlements }: Pick<SettlementDesk, "settlements">,
  { psp, text }: ReportFile,
): Result<ReadReports> {
  const source = settlements.get(psp);
  if (source === undefined) return err("RECORD_NOT_FOUND", `The house has no payment provider ${psp}.`);
  const parsed = source.parse(text);
  if (!parsed.ok) return parsed;
  const unnamed = parsed.value.find(({ reference }) => reference === "" || reference.length > 200);
  if (unnamed !== undefined) return err("REPORT_UNREADABLE", "A line does not say which payout it belongs to.");
  return ok({ object: fileName(psp, text), reports: parsed.value });
}

export async function importReport(
  desk: SettlementDesk,
  file: ReportFile,
  importedBy: string,
): Promise<Result<readonly ImportedReport[]>> {
  const read = readReports(desk, file);
  if (!read.ok) return read;
  const { object, reports } = read.value;
  const { psp, text } = file;
  await desk.objects.put(object, Buffer.from(text), "text/csv");
  const imported = await desk.db.transaction(async (tx): Promise<Result<ImportedReport[]>> => {
    const done: ImportedReport[] = [];
    for (const report of reports) {
      const sums = sumSettlement(report.lines);
      const made = await insertReport(tx, { psp, report, sums, sha256: hashOf(report), object, importedBy });
      const reportId = formatId("settlementReport", made.id);
      if (made.kind === "changed") {
        return err("REPORT_CHANGED", `${report.reference} is ${reportId}, and the file says something else of it.`);
      }
      if (made.kind === "new") await settleDeposits(tx, made.id, new Date(0));
      const { reference, currency, lines } = report;
      done.push({ reportId, psp, reference, currency, lines: lines.length, fresh: made.kind === "new" });
    }
    return ok(done);
  });
  if (imported.ok && imported.value.some(({ fresh }) => fresh)) await postSettlements(desk);
  return imported;
}

export function fileName(psp: string, text: string): string {
  return `settlement-reports/${psp}/${createHash("sha256").update(text).digest("hex")}.csv`;
}

/** Of what it says, in an order that does not depend on the file's. */
function hashOf({ reference, currency, paidOut, paidAt, lines }: SettlementReport): string {
  const told = lines
    .map((line) => [
      line.kind,
      line.reference,
      line.ours,
      line.gross.toString(),
      line.fee.toString(),
      line.bookedAt.toISOString(),
    ])
    .map((cells) => canonicalJson(cells))
    .sort();
  const whole = [reference, currency, paidOut.toString(), paidAt.toISOString(), ...told];
  return createHash("sha256").update(whole.join("\n")).digest("hex");
}
