/** Reports that come by themselves: which there are, and to have another one, or one no more. */
import { rhythms, type Rhythm } from "@pitboss/domain/reporting/export-schedule";
import { type Jurisdiction, jurisdictions } from "@pitboss/domain/reporting/regulator-report";
import { type Dimension, dimensions } from "@pitboss/domain/reporting/report-contract";
import { type Command, Option } from "commander";
import { exitCodes } from "../kernel/exit-codes.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import type { Run } from "../program.ts";
import type { Inputs, Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Schedule = Outputs["export"]["schedules"]["rows"][number];
type Create = Inputs["export"]["schedule"];

interface CreateOptions {
  readonly name: string;
  readonly list: Create["list"];
  readonly format?: Create["format"];
  readonly every: Rhythm;
  readonly hour: string;
  readonly zone: string;
  readonly weekday: string;
  readonly monthDay: string;
  readonly by?: readonly Dimension[];
  readonly native?: boolean;
  readonly jurisdiction?: Jurisdiction;
  readonly to: readonly string[];
  readonly preamble?: boolean;
  readonly reason?: string;
}

const usualFormat = { figures: "xlsx", facts: "csv", regulator: "xml" } as const;

export function addSchedules(exports: Command, run: Run): void {
  const group = exports
    .command("schedule")
    .description("Reports that come by themselves, to staff and the object store.");
  group
    .command("list")
    .description("All schedules of the house, newest first, with what their last runs came to.")
    .action(
      run(async (world) => {
        const page = await connect(world).call((api) => api.export.schedules.query({ limit: 100 }));
        world.out.show(page, (value, paint) =>
          value.rows.length === 0 ? ["No schedule yet."] : table(columns, value.rows, paint),
        );
        return exitCodes.ok;
      }),
    );
  addCreate(group, run);
  for (const [name, change, text] of [
    ["pause", "PAUSE", "Not due until it is resumed; what it misses is not made up for."],
    ["resume", "RESUME", "Due again, from its next time on."],
    ["retry", "RETRY", "Has runs tried again that were given up."],
    ["delete", "DELETE", "Never due again. Its files stay where they are."],
  ] as const) {
    group
      .command(`${name} <schedule-id>`)
      .description(text)
      .option("-r, --reason <text>", "why: it stands in the audit log (needed)")
      .action(
        run(async (world, scheduleId: string, options: { readonly reason?: string }) => {
          const reason = reasonOf(options.reason);
          const changed = await connect(world).call((api) =>
            api.export.changeSchedule.mutate({ scheduleId, change, reason }),
          );
          world.out.show(changed, (value, paint) =>
            fields(
              [
                ["Schedule", value.scheduleId],
                ["Status", value.status],
              ],
              paint,
            ),
          );
          return exitCodes.ok;
        }),
      );
  }
}

const columns: readonly Column<Schedule>[] = [
  { title: "id", text: ({ scheduleId }) => scheduleId },
  { title: "name", text: ({ name }) => name },
  { title: "what", text: ({ list }) => list },
  { title: "format", text: ({ format }) => format },
  { title: "when", text: ({ timing }) => `${timing.every} ${timing.hour}:00 ${timing.zone}` },
  { title: "status", text: ({ status }) => status },
  { title: "next (UTC)", text: ({ nextDueAt }) => nextDueAt },
  { title: "last (UTC)", text: ({ lastRun }) => lastRun?.dueAt ?? null },
  { title: "came to", text: ({ lastRun }) => lastRun?.status ?? null },
  { title: "failure", text: ({ lastRun }) => lastRun?.failure ?? null },
];

function addCreate(group: Command, run: Run): void {
  group
    .command("create")
    .description("Has a report made again and again: of yesterday, the last seven days, or the month before.")
    .requiredOption("--name <text>", "what it is called")
    .addOption(
      new Option("--list <what>", "which report").choices(["figures", "facts", "regulator"]).makeOptionMandatory(),
    )
    .addOption(new Option("--every <rhythm>", "how often").choices([...rhythms]).makeOptionMandatory())
    .option("--hour <hour>", "at this hour of the zone, 0 to 23", "6")
    .option("--zone <name>", "whose clocks and days, as in Europe/Malta", "UTC")
    .option("--weekday <number>", "of weekly ones: 1 is Monday", "1")
    .option("--month-day <number>", "of monthly ones; in a shorter month its last day", "1")
    .addOption(new Option("--format <format>", "what kind of file").choices(["csv", "xlsx", "pdf", "parquet", "xml"]))
    .addOption(
      new Option("--by <dimensions>", `of figures, comma-separated: ${dimensions.join(", ")}`).argParser((text) =>
        text.split(","),
      ),
    )
    .option("--native", "of figures: leave amounts in their own currencies")
    .addOption(new Option("--jurisdiction <code>", "of a regulator's file: whose players").choices([...jurisdictions]))
    .option("--to <emails...>", "staff who get it; the object store has it in any case", [])
    .option("--preamble", "operator, days, zone and filters as # lines before a CSV's header")
    .option("-r, --reason <text>", "why: it stands in the audit log (needed)")
    .action(
      run(async (world, options: CreateOptions) => {
        const made = await connect(world).call((api) => api.export.schedule.mutate(orderOf(options)));
        world.out.show(made, (value, paint) =>
          fields(
            [
              ["Schedule", value.scheduleId],
              ["First due (UTC)", value.nextDueAt],
            ],
            paint,
          ),
        );
        return exitCodes.ok;
      }),
    );
}

function orderOf(options: CreateOptions): Create {
  const { name, list, every, zone, by, native, jurisdiction, to, preamble } = options;
  if (list === "regulator" && jurisdiction === undefined) {
    stop("USAGE", { detail: "A regulator's file needs --jurisdiction." });
  }
  return {
    name,
    list,
    format: options.format ?? usualFormat[list],
    preamble: preamble === true,
    filters: {
      ...(by === undefined ? {} : { by: [...by] }),
      ...(native === true ? { inCurrency: null } : {}),
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
    },
    timing: {
      every,
      zone,
      hour: numberOf("--hour", options.hour),
      weekday: numberOf("--weekday", options.weekday),
      monthDay: numberOf("--month-day", options.monthDay),
    },
    recipients: [...to],
    reason: reasonOf(options.reason),
  };
}

function numberOf(option: string, text: string): number {
  if (!/^\d{1,2}$/.test(text)) stop("USAGE", { detail: `${option} is a whole number.` });
  return Number(text);
}

function reasonOf(text: string | undefined): string {
  const reason = text?.trim() ?? "";
  if (reason.length < 5) stop("USAGE", { detail: "This needs --reason, in at least five characters." });
  return reason;
}
