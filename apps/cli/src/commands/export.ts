/** Has a report or the facts behind it made as a file, waits until it is there, and fetches it. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Dimension, dimensions } from "@pitboss/domain/reporting/report-contract";
import { type Jurisdiction, jurisdictions, regulatorDaysMost } from "@pitboss/domain/reporting/regulator-report";
import { type Command, Option } from "commander";
import { fields, type Column, table } from "../kernel/printer.ts";
import { exitCodes } from "../kernel/exit-codes.ts";
import { stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import type { Inputs, Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { addSchedules } from "./export-schedule.ts";
import { waitForExport } from "../session/wait-for-export.ts";

type Job = Outputs["export"]["list"]["rows"][number];
type Create = Inputs["export"]["create"];

interface FileOptions {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly format: "csv" | "xlsx" | "pdf" | "parquet";
  readonly by?: readonly Dimension[];
  readonly native?: boolean;
  readonly preamble?: boolean;
  readonly game?: string;
  readonly currency?: string;
  readonly out?: string;
  readonly reason?: string;
}

export function exportCommands(program: Command, run: Run): void {
  const group = program.command("export").description("Reports and what stands behind them, as files.");
  addFile(
    group.command("figures").description("GGR, NGR and what they are made of, with their totals, as a file."),
    ["csv", "xlsx", "pdf"],
    "xlsx",
  )
    .addOption(
      new Option("--by <dimensions>", `up to three, comma-separated: ${dimensions.join(", ")}`).argParser((text) =>
        text.split(","),
      ),
    )
    .option("--native", "leave amounts in their own currencies")
    .action(
      run(async (world, options: FileOptions) =>
        fetchFile(world, options, "figures", {
          ...(options.by === undefined ? {} : { by: [...options.by] }),
          ...(options.native === true ? { inCurrency: null } : {}),
        }),
      ),
    );
  addFile(
    group.command("facts").description("Every fact of these days with its transaction and bet, as a file."),
    ["csv", "parquet"],
    "csv",
  ).action(run(async (world, options: FileOptions) => fetchFile(world, options, "facts", {})));
  addRegulator(group, run);
  addSchedules(group, run);
  group
    .command("list")
    .description("Your exports, newest first.")
    .action(
      run(async (world) => {
        const page = await connect(world).call((api) => api.export.list.query({ limit: 50 }));
        world.out.show(page, (value, paint) =>
          value.rows.length === 0 ? ["No export yet."] : table(columns, value.rows, paint),
        );
        return exitCodes.ok;
      }),
    );
}

const columns: readonly Column<Job>[] = [
  { title: "id", text: ({ exportId }) => exportId },
  { title: "what", text: ({ list }) => list },
  { title: "format", text: ({ format }) => format },
  { title: "status", text: ({ status }) => status },
  { title: "rows", text: ({ rows }) => rows, align: "right" },
  { title: "asked for (UTC)", text: ({ createdAt }) => createdAt },
  { title: "goes (UTC)", text: ({ expiresAt }) => expiresAt },
];

function addFile(command: Command, formats: readonly string[], usual: string): Command {
  return command
    .requiredOption("--from <day>", "the first day, as in 2026-11-01")
    .requiredOption("--to <day>", "the last day, included")
    .option("--zone <name>", "whose days these are, as in Europe/Malta", "UTC")
    .option("--game <code>", "of this game")
    .option("--currency <code>", "of this currency")
    .addOption(new Option("--format <format>", "what kind of file").choices([...formats]).default(usual))
    .option("--preamble", "operator, days, zone and filters as # lines before a CSV's header")
    .option("--out <file>", "where to write it; by default <what>-<from>-<to>.<format> here")
    .option("-r, --reason <text>", "why: it stands in the audit log (needed)");
}

interface RegulatorOptions {
  readonly from: string;
  readonly to: string;
  readonly jurisdiction: Jurisdiction;
  readonly out?: string;
  readonly reason?: string;
}

function addRegulator(group: Command, run: Run): void {
  group
    .command("regulator")
    .description("A jurisdiction's closed and tied-out days of UTC as XML, for its regulator.")
    .requiredOption("--from <day>", "the first day, as in 2026-11-01")
    .requiredOption("--to <day>", `the last day, included; at most ${regulatorDaysMost} days`)
    .addOption(new Option("--jurisdiction <code>", "whose players").choices([...jurisdictions]).makeOptionMandatory())
    .option("--out <file>", "where to write it; by default regulator-<jurisdiction>-<from>-<to>.xml here")
    .option("-r, --reason <text>", "why: it stands in the audit log (needed)")
    .action(
      run(async (world, { from, to, jurisdiction, out, reason }: RegulatorOptions) =>
        fetchExport(
          world,
          { out: out ?? `regulator-${jurisdiction}-${from}-${to}.xml`, reason },
          { list: "regulator", format: "xml", filters: { from, to, jurisdiction } },
        ),
      ),
    );
}

async function fetchFile(
  world: World,
  options: FileOptions,
  list: "figures" | "facts",
  more: Create["filters"],
): Promise<undefined> {
  const { from, to, zone, format, game, currency, reason } = options;
  const filters = {
    from,
    to,
    zone,
    ...(game === undefined ? {} : { games: [game] }),
    ...(currency === undefined ? {} : { currencies: [currency] }),
    ...more,
  };
  return fetchExport(
    world,
    { out: options.out ?? `${list}-${from}-${to}.${format}`, reason },
    { list, format, filters, preamble: options.preamble === true },
  );
}

async function fetchExport(
  world: World,
  given: { readonly out: string; readonly reason: string | undefined },
  order: Pick<Create, "list" | "format" | "filters" | "preamble">,
): Promise<undefined> {
  const reason = given.reason?.trim() ?? "";
  if (reason.length < 5) stop("USAGE", { detail: "An export needs --reason, in at least five characters." });
  const file = resolve(given.out);
  if (existsSync(file)) stop("USAGE", { detail: `There is a file ${file} already.` });
  const engine = connect(world);
  const { exportId } = await engine.call((api) => api.export.create.mutate({ ...order, reason }));
  world.resumeWith(`It is made all the same: ${exportId} is among your exports in the console for a week.`);
  const job = await waitForExport(world, engine, exportId, "Making the file");
  const progress = world.talk.progress("Fetching the file", Number(job.bytes));
  const got = await engine.download(job.download ?? "", file, (bytes) => progress.at(bytes));
  progress.end();
  world.out.show({ exportId, file, rows: job.rows, ...got }, (value, paint) =>
    fields(
      [
        ["File", value.file],
        ["Rows", value.rows],
        ["Bytes", value.bytes],
        ["SHA-256", value.sha256],
      ],
      paint,
    ),
  );
  return undefined;
}
