/** What people work on reconciliations with, and what those compare. */
import {
  listBankStatements,
  listSettlementReports,
  planImport,
  pullReports,
  runImport,
  showSettlementReport,
} from "../../cashier/settlement/staff-reports.ts";
import { assignBreak, proposeResolution, unassignBreak, writeBreakNote } from "../../ops/breaks/work-breaks.ts";
import { listBreaks, showBreak, triageBreaks } from "../../ops/breaks/list-breaks.ts";
import { listRuns, showRun } from "../../ops/breaks/list-runs.ts";
import { planCashierReconcile, runCashierReconcile } from "../../cashier/reconciliation/staff-runs.ts";
import { router } from "./procedure.ts";

export const reconRouter = router({
  runs: listRuns,
  run: showRun,
  breaks: listBreaks,
  triage: triageBreaks,
  show: showBreak,
  assign: assignBreak,
  unassign: unassignBreak,
  note: writeBreakNote,
  propose: proposeResolution,
  planCashier: planCashierReconcile,
  runCashier: runCashierReconcile,
});

export const settlementRouter = router({
  reports: listSettlementReports,
  report: showSettlementReport,
  statements: listBankStatements,
  plan: planImport,
  import: runImport,
  pull: pullReports,
});
