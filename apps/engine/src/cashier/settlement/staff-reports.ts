/** What people do with settlement reports and bank statements: look at them, and bring those that did not come by themselves. */
import { listStatements } from "@pitboss/db/cashier/bank-statement-store";
import { findReport, listReports, type ReportRecord } from "@pitboss/db/cashier/settlement-store";
import { sumSettlement } from "@pitboss/domain/cashier/settlement";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { type Look, type Plan, planOf } from "../../edge/trpc/plan.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { parseCamt053 } from "../bank/camt053.ts";
import { type ImportedReport, importReport, readReports } from "./import-report.ts";
import { type ImportedStatement, importStatement } from "./import-statement.ts";
import { createPull } from "./pull-reports.ts";

/** A longer file is put into the object store, from where it is taken in by itself. */
const mostText = 2_500_000;

const file = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("report"), psp: z.string().min(1).max(40), text: z.string().min(1).max(mostText) }),
  z.object({ kind: z.literal("statement"), text: z.string().min(1).max(mostText) }),
]);
type GivenFile = z.infer<typeof file>;

export interface ReportRow {
  readonly reportId: string;
  readonly psp: string;
  readonly reference: string;
  readonly currency: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly lines: number;
  readonly gross: string;
  readonly fees: string;
  /** Withheld for a time; below zero where more was let go. */
  readonly reserve: string;
  readonly paidOut: string;
  readonly paidAt: string;
  /** What a bank statement shows of it; null where none does. */
  readonly arrived: string | null;
  readonly arrivedOn: string | null;
  readonly postedAt: string | null;
  readonly importedAt: string;
  readonly importedBy: string;
}

/** Newest first. */
export const listSettlementReports = procedure("break.read")
  .input(z.object({ ...pageInput, psp: z.string().max(40).nullish() }))
  .query(async ({ ctx, input }): Promise<Page<ReportRow>> => {
    const rows = await listReports(ctx.deps.db, {
      psp: input.psp ?? undefined,
      before: readCursor("settlementReport", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentReport, ({ id }) => formatId("settlementReport", id));
  });

export const showSettlementReport = procedure("break.read")
  .input(z.object({ reportId: idInput("settlementReport") }))
  .query(async ({ ctx, input }): Promise<ReportRow> => {
    const found = (await findReport(ctx.deps.db, input.reportId)) ?? throwFailure({ code: "RECORD_NOT_FOUND" });
    return presentReport(found);
  });

export interface StatementRow {
  readonly statementId: string;
  readonly account: string;
  readonly reference: string;
  readonly sequence: number | null;
  readonly currency: string;
  readonly dayFrom: string;
  readonly dayTo: string;
  readonly opening: string;
  readonly closing: string;
  readonly entries: number;
  readonly importedAt: string;
  readonly importedBy: string;
}

/** Newest first. */
export const listBankStatements = procedure("break.read")
  .input(z.object({ ...pageInput, account: z.string().max(40).nullish() }))
  .query(async ({ ctx, input }): Promise<Page<StatementRow>> => {
    const rows = await listStatements(ctx.deps.db, {
      account: input.account ?? undefined,
      before: readCursor("bankStatement", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(
      rows,
      input.limit,
      ({ id, opening, closing, currency, importedAt, object: _object, ...same }) => ({
        ...same,
        statementId: formatId("bankStatement", id),
        currency,
        opening: formatMinor(opening, currency),
        closing: formatMinor(closing, currency),
        importedAt: importedAt.toISOString(),
      }),
      ({ id }) => formatId("bankStatement", id),
    );
  });

/** What a file says, keeping nothing. It is sent as a write because a file is too long for an address. */
export const planImport = staffProcedure("break.work")
  .input(z.object({ file }))
  .mutation(({ ctx, input }): Plan => orThrow(planFile(ctx.deps, input.file)));

/** Takes the file in and posts what it says; who brought it is written down. */
export const runImport = staffProcedure("break.work")
  .input(
    z.object({
      file,
      plan: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .nullish(),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<readonly (ImportedReport | ImportedStatement)[]> => {
    const { deps, acting } = ctx;
    if (input.plan != null && orThrow(planFile(deps, input.file)).hash !== input.plan) orThrow(err("PLAN_CHANGED"));
    const by = `${acting.actorKind}:${acting.actorId}`;
    const given = input.file;
    const done =
      given.kind === "report"
        ? orThrow(await importReport(deps, given, by))
        : orThrow(await importStatement(deps, given.text, by));
    orThrow(
      await withAudit(deps.db, acting, (_tx, note) => {
        for (const one of done) {
          const id = "reportId" in one ? one.reportId : one.statementId;
          const after = { reference: one.reference, currency: one.currency, fresh: one.fresh };
          note({ action: "settlement.import", subject: { kind: given.kind, id }, reason: input.reason, after });
        }
        return Promise.resolve(ok(true));
      }),
    );
    return done;
  });

/** Asks all providers for new reports now; how many files brought something new. */
export const pullReports = staffProcedure("break.work")
  .input(z.object({ reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly files: number }> => {
    const { deps, acting } = ctx;
    const files = await createPull(deps).run();
    orThrow(
      await withAudit(deps.db, acting, (_tx, note) => {
        const subject = { kind: "house", id: "settlement" };
        note({ action: "settlement.pull", subject, reason: input.reason, after: { files } });
        return Promise.resolve(ok(true));
      }),
    );
    return { files };
  });

function planFile(deps: StaffDeps, given: GivenFile): Result<Plan> {
  const looks = given.kind === "report" ? lookAtReports(deps, given) : lookAtStatements(given.text);
  return looks.ok ? ok(planOf("settlement.import", {}, looks.value, deps.settings.production)) : looks;
}

function lookAtReports(deps: StaffDeps, given: Extract<GivenFile, { kind: "report" }>): Result<Look[]> {
  const read = readReports(deps, given);
  if (!read.ok) return read;
  return ok(
    read.value.reports.map(({ reference, currency, lines, paidOut, paidAt }) => {
      const { gross, fees, reserve } = sumSettlement(lines);
      const money = (amount: bigint): string => `${formatMinor(amount, currency)} ${currency}`;
      return {
        id: `${given.psp}/${reference}/${currency}`,
        what: `${lines.length} lines, ${money(paidOut)} paid out on ${paidAt.toISOString().slice(0, 10)}`,
        before: {},
        after: { gross: money(gross), fees: money(fees), reserve: money(reserve), paidOut: money(paidOut) },
      };
    }),
  );
}

function lookAtStatements(xml: string): Result<Look[]> {
  const parsed = parseCamt053(xml);
  if (!parsed.ok) return parsed;
  return ok(
    parsed.value.map(({ id, iban, currency, entries, opening, closing, from, to }) => ({
      id: `${iban}/${id}`,
      what: `${entries.length} entries from ${from} to ${to}`,
      before: { balance: `${formatMinor(opening, currency)} ${currency}` },
      after: { balance: `${formatMinor(closing, currency)} ${currency}` },
    })),
  );
}

function presentReport(found: ReportRecord): ReportRow {
  const { currency } = found;
  const money = (amount: bigint): string => formatMinor(amount, currency);
  return {
    reportId: formatId("settlementReport", found.id),
    psp: found.psp,
    reference: found.reference,
    currency,
    periodFrom: found.periodFrom.toISOString(),
    periodTo: found.periodTo.toISOString(),
    lines: found.lines,
    gross: money(found.gross),
    fees: money(found.fees),
    reserve: money(found.reserve),
    paidOut: money(found.paidOut),
    paidAt: found.paidAt.toISOString(),
    arrived: found.arrived === null ? null : money(found.arrived),
    arrivedOn: found.arrivedOn,
    postedAt: found.postedAt?.toISOString() ?? null,
    importedAt: found.importedAt.toISOString(),
    importedBy: found.importedBy,
  };
}
