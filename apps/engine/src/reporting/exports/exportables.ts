/** All that can be had as a file. Lists go row by row; a report is a table that is made as a whole. */
import type { ExportFormat } from "@pitboss/db/identity/exports.schema";
import type { Permission } from "@pitboss/domain/identity/permissions";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { regulatorInput } from "@pitboss/domain/reporting/regulator-report";
import { figuresInput } from "@pitboss/domain/reporting/report-contract";
import type { z } from "zod";
import { statementFilter } from "../affiliates/statement-table.ts";
import { exportLists } from "./export-lists.ts";

export const exportables = {
  ...exportLists,
  figures: { permission: "report.read", filters: figuresInput, formats: ["csv", "xlsx", "pdf"] },
  "affiliate-statement": { permission: "affiliate.read", filters: statementFilter, formats: ["pdf", "csv", "xlsx"] },
  regulator: { permission: "report.read", filters: regulatorInput, formats: ["xml"] },
} as const satisfies Record<string, { permission: Permission; filters: z.ZodType; formats: readonly ExportFormat[] }>;

export const exportFormats = ["csv", "xlsx", "pdf", "parquet", "xml"] as const satisfies readonly ExportFormat[];

/** Whether there can be such a file. */
export function checkExportable(order: {
  readonly list: keyof typeof exportables;
  readonly format: ExportFormat;
  readonly preamble: boolean;
  readonly filters: JsonObject;
}): Result<true, Failure<"REQUEST_INVALID">> {
  const list = exportables[order.list];
  const known: readonly ExportFormat[] = list.formats;
  if (!known.includes(order.format)) {
    return err("REQUEST_INVALID", `This can be exported as ${known.join(", ")}.`);
  }
  if (order.preamble && order.format !== "csv") return err("REQUEST_INVALID", "Only a CSV can have head lines.");
  if (!list.filters.safeParse(order.filters).success) {
    return err("REQUEST_INVALID", "These filters can't be exported.");
  }
  return ok(true);
}
