import type { Paint } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import type { Outputs } from "../session/api-types.ts";

type RunRow = Outputs["recon"]["runs"]["rows"][number];

/** What a run came to, with what each side adds up to. */
export function describeRun(run: RunRow, paint: Paint): string[] {
  const totals: readonly Column<RunRow["totals"][number]>[] = [
    { title: "side", text: ({ side }) => side, width: 6 },
    { title: "what", text: ({ what }) => what, width: 19 },
    { title: "of", text: ({ scope }) => scope, width: 12 },
    { title: "count", text: ({ count }) => String(count), align: "right", width: 9 },
    { title: "amount", text: ({ amount }) => amount, align: "right", width: 16 },
    { title: "", text: ({ currency }) => currency, width: 4 },
  ];
  return [
    ...fields(
      [
        ["Run", run.runId],
        ["Day", run.day],
        ["State", run.state],
        ["Started", `${run.startedAt} by ${run.startedBy}`],
        ["Took", run.tookMs === null ? null : `${(run.tookMs / 1_000).toFixed(1)} s`],
        ["Records", String(run.lines)],
        ["Agree", String(run.matched)],
        ["Breaks", `${run.found} new, ${run.reopened} open again, ${run.cleared} gone, ${run.open} open`],
        ["Failed for", run.failure],
      ],
      paint,
    ),
    ...(run.totals.length === 0 ? [] : ["", ...table(totals, run.totals, paint)]),
  ];
}
