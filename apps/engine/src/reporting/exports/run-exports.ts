/** Writes the files of exports, one after the other, beside everything else that the engine does. */
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  claimExport,
  type ExportRecord,
  finishExport,
  requeueExports,
  takeExpiredFiles,
} from "@pitboss/db/identity/export-store";
import { figuresInput } from "@pitboss/domain/reporting/report-contract";
import { errorRow } from "@pitboss/domain/kernel/errors";
import { regulatorInput } from "@pitboss/domain/reporting/regulator-report";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { orThrow } from "../../edge/trpc/failure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { makeBundle } from "../../audit/bundle/make-bundle.ts";
import { bundleList } from "../../audit/bundle/request-bundle.ts";
import { csvLine, preambleLines } from "./csv.ts";
import type { JsonObject, JsonValue } from "@pitboss/domain/kernel/json";
import { factsInput, factsStatements } from "../figures/list-facts.ts";
import { type ExportListName, exportLists } from "./export-lists.ts";
import { makeStatementTable, statementFilter } from "../affiliates/statement-table.ts";
import { makeFigureTable, type ReportTable } from "./figure-table.ts";
import { writeRegulatorXml } from "../regulator/write-regulator-xml.ts";
import { writePdf } from "./write-pdf.ts";
import { writeXlsx } from "./write-xlsx.ts";

export const keepMs = 7 * 24 * 3_600_000;
/** No export takes this long; one that did was left behind by an engine that stopped. */
const longestMs = 60 * 60_000;
const mostRows = 5_000_000n;

export function exportFolder({ settings }: Pick<StaffDeps, "settings">): string {
  return join(settings.dataDir, "exports");
}

/** True where another one may wait. */
export async function runNextExport(deps: StaffDeps): Promise<boolean> {
  const now = deps.clock.now();
  await requeueExports(deps.db, new Date(now - longestMs));
  for (const file of await takeExpiredFiles(deps.db, new Date(now))) {
    await rm(join(exportFolder(deps), basename(file)), { force: true });
  }
  const claimed = await claimExport(deps.db);
  if (claimed === undefined) return false;
  await runExport(deps, claimed);
  return true;
}

async function runExport(deps: StaffDeps, record: ExportRecord): Promise<void> {
  const bundle = record.list === bundleList;
  const file = `${formatId("export", record.id)}-${record.list}.${bundle ? "tar.gz" : record.format}`;
  const path = join(exportFolder(deps), file);
  const draft = `${path}.draft`;
  await mkdir(exportFolder(deps), { recursive: true, mode: 0o700 });
  try {
    const rowCount = await (bundle ? makeBundle : writeExport)(deps, record, draft);
    const { size } = await stat(draft);
    await rename(draft, path);
    await finish(deps, record.id, { status: "DONE", rowCount, byteCount: BigInt(size), file, failure: null });
  } catch (error) {
    deps.log.error({ err: error, export: record.id.toString() }, "an export failed");
    await rm(draft, { force: true });
    const failure =
      error instanceof ExportRefused ? error.message : "The export could not be written; ask for it again.";
    await finish(deps, record.id, { status: "FAILED", rowCount: 0n, byteCount: 0n, file: null, failure });
  }
}

async function finish(
  { db, clock }: StaffDeps,
  id: bigint,
  outcome: Omit<Parameters<typeof finishExport>[2], "finishedAt" | "expiresAt">,
): Promise<void> {
  const now = clock.now();
  await finishExport(db, id, { ...outcome, finishedAt: new Date(now), expiresAt: new Date(now + keepMs) });
}

/** Why there can't be such a file, in words for whoever asked. */
export class ExportRefused extends Error {}

type ExportOrder = Pick<ExportRecord, "list" | "format" | "preamble" | "filters">;

type Write = (deps: StaffDeps, order: ExportOrder, path: string) => Promise<bigint>;

/** Writes the file; the number of its rows. */
export function writeExport(deps: StaffDeps, order: ExportOrder, path: string): Promise<bigint> {
  return writerOf(order)(deps, order, path);
}

function writerOf({ list, format }: ExportOrder): Write {
  if (list === "figures") return writeFigures;
  if (list === "affiliate-statement") return writeStatement;
  if (list === "regulator") return writeRegulator;
  return list === "facts" && format === "parquet" ? writeFactsParquet : writeCsv;
}

async function writeFigures(
  deps: StaffDeps,
  { filters, format, preamble }: ExportOrder,
  path: string,
): Promise<bigint> {
  return writeTable(await makeFigureTable(deps, figuresInput.parse(filters)), { format, preamble }, path);
}

async function writeStatement(deps: StaffDeps, { filters, ...how }: ExportOrder, path: string): Promise<bigint> {
  return writeTable(await makeStatementTable(deps, statementFilter.parse(filters)), how, path);
}

async function writeTable(
  table: ReportTable,
  { format, preamble }: Pick<ExportOrder, "format" | "preamble">,
  path: string,
): Promise<bigint> {
  if (format === "xlsx") await writeXlsx(table, path);
  else if (format === "pdf") await writePdf(table, path);
  else {
    const lines = [table.columns.map(({ title }) => title), ...table.rows].map(csvLine);
    await writeFile(path, (preamble ? preambleLines(table.head) : "") + lines.join(""), { mode: 0o600 });
  }
  return BigInt(table.rows.length);
}

async function writeRegulator(deps: StaffDeps, { filters }: ExportOrder, path: string): Promise<bigint> {
  const written = await writeRegulatorXml(deps, regulatorInput.parse(filters), path);
  if (!written.ok)
    throw new ExportRefused(`${errorRow(written.error.code).sentence} ${written.error.detail ?? ""}`.trim());
  return written.value;
}

async function writeFactsParquet(deps: StaffDeps, { filters }: ExportOrder, path: string): Promise<bigint> {
  const { statement, count, params } = orThrow(factsStatements(deps, factsInput.parse(filters)));
  const { store } = deps.reports;
  await pipeline(await store.file(statement, "Parquet", params), createWriteStream(path, { mode: 0o600 }));
  const [row] = await store.rows<{ facts: string }>(count, params);
  return BigInt(row?.facts ?? 0);
}

/** The zone that a list's days were asked in; its times are UTC's whatever it is. */
function headOfList({ settings, clock }: StaffDeps, filters: JsonObject): [string, string][] {
  const { zone = "UTC", ...rest } = filters;
  const set = Object.entries(rest).filter(([, value]) => value !== null);
  const text = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));
  return [
    ["Operator", settings.operator],
    ["Zone", `days of ${text(zone)}, times of UTC`],
    ["Filters", set.length === 0 ? "none" : set.map(([name, value]) => `${name}: ${text(value)}`).join("; ")],
    ["Made", `${new Date(clock.now()).toISOString()} (UTC)`],
  ];
}

async function writeCsv(deps: StaffDeps, record: ExportOrder, path: string): Promise<bigint> {
  const list = exportLists[record.list as ExportListName];
  let rows = 0n;
  async function* lines(): AsyncGenerator<string> {
    if (record.preamble) yield preambleLines(headOfList(deps, record.filters));
    yield csvLine(list.header);
    for await (const page of list.pages(deps, record.filters)) {
      rows += BigInt(page.length);
      if (rows > mostRows) throw new Error("an export has more rows than it may have");
      yield page.map(csvLine).join("");
    }
  }
  await pipeline(lines, createWriteStream(path, { mode: 0o600 }));
  return rows;
}
