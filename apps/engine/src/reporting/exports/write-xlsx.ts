/** A report as a workbook: its head, its table, and its totals. */
import { writeFile } from "node:fs/promises";
import writeXlsxFile, { type Cell, type Row } from "write-excel-file/node";
import type { ReportTable, TableColumn } from "./figure-table.ts";

/** A spreadsheet's numbers are doubles: up to this many digits they hold a decimal exactly as it is written. */
const exactDigits = 15;
/** A sheet ends at 2^20 rows. */
const mostRows = 1_000_000;

export async function writeXlsx(table: ReportTable, path: string): Promise<void> {
  if (table.rows.length > mostRows) throw new Error("a sheet can't have as many rows as this report");
  const bold = { fontWeight: "bold" } as const;
  const data: Row[] = [
    [{ value: table.title, ...bold }],
    ...table.head.map(
      ([label, value]): Row => [
        { value: label, ...bold },
        { value, type: String },
      ],
    ),
    [],
    table.columns.map(
      ({ title, kind }): Cell => ({ value: title, ...bold, align: kind === "text" ? "left" : "right" }),
    ),
    ...table.rows.map((row) => row.map((value, index) => cellOf(value, table.columns[index]))),
    ...table.totals.map((row) => row.map((value, index) => ({ ...cellOf(value, table.columns[index]), ...bold }))),
  ];
  const columns = table.columns.map(({ kind }) => ({ width: kind === "text" ? 18 : 14 }));
  const workbook = writeXlsxFile(data, { columns, sheet: "Report" });
  await writeFile(path, await workbook.toBuffer(), { mode: 0o600 });
}

/** Text is a string's cell whatever it begins with, so nothing in it is ever a formula. */
function cellOf(value: string | null, column: TableColumn | undefined): Cell {
  if (value === null) return null;
  if (column === undefined || column.kind === "text") return { value, type: String };
  if (value.replace(/[-.]/g, "").replace(/^0+/, "").length > exactDigits)
    return { value, type: String, align: "right" };
  return { value: Number(value), type: Number, format: formatOf(value, column.kind) };
}

/** As many decimals as the amount's currency has. */
function formatOf(value: string, kind: TableColumn["kind"]): string {
  if (kind === "ratio") return "0.00%";
  const decimals = value.split(".")[1]?.length ?? 0;
  return decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
}
