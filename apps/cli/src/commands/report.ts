import { deductions } from "@pitboss/domain/reporting/figures";
import { type Dimension, dimensions, type Measure, measures } from "@pitboss/domain/reporting/report-contract";
import { builderList, readReportView } from "@pitboss/domain/reporting/report-view";
import { type Command, InvalidArgumentError, Option } from "commander";
import { payoutSlaCommand } from "./report-payout-sla.ts";
import { chargeCommands } from "./report-charges.ts";
import { exitCodes } from "../kernel/exit-codes.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, type AppliedItem, runWrite, type WriteOptions } from "../kernel/write.ts";
import { stop } from "../kernel/stop.ts";
import { playerReports } from "./report-players.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect, type Engine } from "../session/engine.ts";

type Figures = Outputs["report"]["figures"];
type Row = Figures["rows"][number];
type Day = Outputs["report"]["day"][number];
type Facts = Outputs["report"]["facts"]["rows"][number];

interface PeriodOptions {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

interface GgrOptions extends PeriodOptions {
  readonly by: readonly Dimension[];
  readonly native?: boolean;
  readonly basis: "total" | "cash";
  readonly without: readonly (typeof deductions)[number][];
}

export function reportCommands(program: Command, run: Run): void {
  const report = program
    .command("report")
    .description("Figures of the whole house, from facts that are tied to the ledger.");
  addPeriod(
    report
      .command("ggr")
      .description(
        "GGR, NGR and what they are made of. GGR is settled stakes less wins; days are UTC unless --zone says otherwise.",
      ),
  )
    .addOption(
      new Option("--by <dimensions>", `up to three, comma-separated: ${dimensions.join(", ")}`)
        .default([])
        .argParser(readBy),
    )
    .option("--native", "leave amounts in their own currencies")
    .addOption(
      new Option("--basis <ggr>", "take NGR from total or from cash GGR").choices(["total", "cash"]).default("total"),
    )
    .addOption(
      new Option("--without <deductions>", `leave deductions out of NGR, comma-separated: ${deductions.join(", ")}`)
        .default([])
        .argParser(readWithout),
    )
    .action(
      run(async (world, { native, without, ...asked }: GgrOptions) => {
        const engine = connect(world);
        const figures = await engine.call((api) =>
          api.report.figures.query({
            ...asked,
            by: [...asked.by],
            inCurrency: native === true ? null : "reporting",
            deductions: deductions.filter((name) => !without.includes(name)),
          }),
        );
        world.out.show(figures, (value, paint) => [
          ...(value.rows.length === 0
            ? ["Nothing was settled in this time."]
            : table(figureColumns(asked.by, native === true), value.rows, paint)),
          ...(asked.by.length === 0 ? [] : ["", ...table(figureColumns([], true), value.totals, paint)]),
        ]);
        tellFreshness(world, figures);
        return exitCodes.ok;
      }),
    );
  addPeriod(
    report
      .command("facts")
      .description("What stands behind the figures: each fact with its transaction and bet, newest first."),
  )
    .option("--game <code>", "of this game")
    .option("--currency <code>", "of this currency")
    .option("--country <code>", "of players of this country")
    .option("--brand <code>", "of players of this brand")
    .option("--limit <count>", "rows of the page", "50")
    .option("--cursor <cursor>", "go on after an earlier page")
    .action(
      run(
        async (
          world,
          options: PeriodOptions &
            Partial<Record<"game" | "currency" | "country" | "brand" | "cursor", string>> & { limit: string },
        ) => {
          const { game, currency, country, brand, cursor, limit, ...period } = options;
          const page = await connect(world).call((api) =>
            api.report.facts.query({
              ...period,
              ...(game === undefined ? {} : { games: [game] }),
              ...(currency === undefined ? {} : { currencies: [currency as "EUR"] }),
              ...(country === undefined ? {} : { countries: [country] }),
              ...(brand === undefined ? {} : { brands: [brand] }),
              cursor: cursor ?? null,
              limit: Number(limit),
            }),
          );
          world.out.show(page, (value, paint) =>
            value.rows.length === 0 ? ["Nothing found."] : table(factColumns, value.rows, paint),
          );
          if (page.next !== null) world.talk.say(`There is more: --cursor ${page.next}`);
          return exitCodes.ok;
        },
      ),
    );
  runCommand(report, run);
  playerReports(report, run);
  tieOutCommands(report, run);
  payoutSlaCommand(report, run);
  chargeCommands(report, run);
  rebuildCommand(report, run);
}

function runCommand(report: Command, run: Run): void {
  report
    .command("run")
    .description("A report that was saved in the console's report builder, with its dimensions, measures and filters.")
    .option("--view <name>", "the view by its name or id; without it the views are listed")
    .option("--from <day>", "from another day on")
    .option("--to <day>", "up to another day, included")
    .action(
      run(async (world, options: { view?: string; from?: string; to?: string }) => {
        const engine = connect(world);
        const views = await engine.call((api) => api.view.list.query({ list: builderList }));
        const { view: wanted, ...period } = options;
        if (wanted === undefined) {
          world.out.show(views, (value, paint) =>
            value.length === 0 ? ["No report is saved yet."] : table(viewColumns, value, paint),
          );
          return exitCodes.ok;
        }
        const view = views.find(({ viewId, name }) => viewId === wanted || name === wanted);
        if (view === undefined) stop("USAGE", { detail: `No saved report is called "${wanted}".` });
        const input = { ...readReportView(view.state, new Date().toISOString().slice(0, 10)), ...period };
        const figures = await engine.call((api) => api.report.figures.query(input));
        const columns = viewFigures(input.by, input.inCurrency === null, input.measures ?? measures);
        const totals = viewFigures([], true, input.measures ?? measures);
        world.out.show(figures, (value, paint) => [
          ...(value.rows.length === 0 ? ["Nothing was settled in this time."] : table(columns, value.rows, paint)),
          "",
          ...table(totals, value.totals, paint),
        ]);
        tellFreshness(world, figures);
        return exitCodes.ok;
      }),
    );
}

const viewColumns: readonly Column<Outputs["view"]["list"][number]>[] = [
  { title: "view", text: ({ viewId }) => viewId },
  { title: "name", text: ({ name }) => name },
  { title: "of", text: ({ own, shared }) => (own ? "yours" : "shared") + (own && shared ? ", shared" : "") },
];

function viewFigures(by: readonly Dimension[], native: boolean, chosen: readonly Measure[]): Column<Row>[] {
  return [
    ...by.map((dimension, index): Column<Row> => ({ title: dimension, text: ({ keys }) => keys[index] ?? "" })),
    ...(native && by.includes("currency") ? [] : [{ title: "cur", text: ({ currency }: Row) => currency }]),
    ...chosen.map((name): Column<Row> => ({ title: name, text: (row) => row[name], align: "right" })),
  ];
}

function tieOutCommands(report: Command, run: Run): void {
  report
    .command("days")
    .description("Closed days, newest first, and whether each is the ledger's to the cent.")
    .action(
      run(async (world) => {
        const days = await connect(world).call((api) => api.report.days.query({ limit: 60 }));
        world.out.show(days, (value, paint) =>
          value.rows.length === 0 ? ["No day is closed yet."] : table(dayColumns, value.rows, paint),
        );
        tellFreshness(world, days);
        return exitCodes.ok;
      }),
    );
  report
    .command("tie-out")
    .description("Compare a day with the ledger, line by line and to the cent. Ends with 6 where they differ.")
    .argument("<day>", "a day of UTC that is over, as in 2026-11-23")
    .option("-r, --reason <text>", "why: it stands in the audit log", "Compared from a terminal")
    .action(
      run(async (world, day: string, { reason }: { reason: string }) => {
        const found = await connect(world).call((api) => api.report.tieOut.mutate({ day, reason }));
        world.out.show(found, (value, paint) => [
          ...fields(
            [
              ["day", `${value.day} UTC`],
              ["status", value.status === "TIED" ? "tied" : "off"],
              ["revision", value.revision],
              ["closed", value.closedAt],
              ["why", plain(value.reason)],
            ],
            paint,
          ),
          "",
          ...(value.lines.length === 0 ? ["Nothing moved on this day."] : table(lineColumns, value.lines, paint)),
        ]);
        return found.status === "TIED" ? exitCodes.ok : exitCodes.drift;
      }),
    );
}

function rebuildCommand(report: Command, run: Run): void {
  addWriteOptions(
    report
      .command("rebuild")
      .description(
        "Make all facts of reports anew and put them in the place of the old ones, which are read until then.",
      )
      .addOption(
        new Option("--from <source>", "what they are made from").choices(["ledger", "archive"]).default("ledger"),
      )
      .option("--after <place>", "go on with a rebuild that was interrupted"),
  ).action(
    run(async (world, options: WriteOptions & { from: "ledger" | "archive"; after?: string }) => {
      const engine = connect(world);
      return runWrite(world, options, {
        context: engine.context,
        show: () => engine.call((api) => api.report.planRebuild.query({ from: options.from })),
        apply: async (_plan, _items, reason) => [
          await rebuild(world, engine, options.from, options.after ?? "", reason),
        ],
      });
    }),
  );
}

async function rebuild(
  world: World,
  engine: Engine,
  from: "ledger" | "archive",
  begin: string,
  reason: string,
): Promise<AppliedItem> {
  const progress = world.talk.progress("Making facts", undefined);
  let events = 0;
  let after = begin;
  for (;;) {
    const place = after;
    const step = await engine.call((api) => api.report.rebuild.mutate({ from, after: place, reason }));
    events += step.events;
    progress.at(events);
    if (step.next === null) break;
    after = step.next;
    world.resumeWith(`Go on with: pitboss report rebuild --from ${from} --after ${after}`);
    if (world.signal.aborted) stop("INTERRUPTED");
  }
  progress.end();
  const place = /^\d+$/.test(after) ? after : "0";
  const {
    before,
    after: now,
    identical,
  } = await engine.call((api) => api.report.finishRebuild.mutate({ after: place, reason }));
  return { id: "facts", done: true, result: { events, factsBefore: before.facts, facts: now.facts, identical } };
}

function addPeriod(command: Command): Command {
  return command
    .requiredOption("--from <day>", "the first day, as in 2026-11-01")
    .requiredOption("--to <day>", "the last day, included")
    .option("--zone <name>", "whose days these are, as in Europe/Malta", "UTC");
}

function figureColumns(by: readonly Dimension[], native: boolean): Column<Row>[] {
  const right = (title: string, text: (row: Row) => string | null): Column<Row> => ({ title, text, align: "right" });
  return [
    ...by.map((dimension, index): Column<Row> => ({ title: dimension, text: ({ keys }) => keys[index] ?? "" })),
    ...(native && by.includes("currency") ? [] : [{ title: "cur", text: ({ currency }: Row) => currency }]),
    right("bets", ({ bets }) => bets),
    right("players", ({ players }) => players),
    right("turnover", ({ turnover }) => turnover),
    right("wins", ({ wins }) => wins),
    right("ggr", ({ ggr }) => ggr),
    right("ggr cash", ({ ggrCash }) => ggrCash),
    right("bonus", ({ bonusCost }) => bonusCost),
    right("payment fees", ({ paymentFees }) => paymentFees),
    right("provider fees", ({ providerFees }) => providerFees),
    right("tax", ({ tax }) => tax),
    right("ngr", ({ ngr }) => ngr),
    right("rtp", ({ rtp }) => rtp),
  ];
}

const factColumns: readonly Column<Facts>[] = [
  { title: "transaction", text: ({ transactionId }) => transactionId },
  { title: "at (UTC)", text: ({ at }) => at },
  { title: "kind", text: ({ kind }) => kind },
  { title: "player", text: ({ playerId }) => playerId },
  { title: "game", text: ({ gameId }) => gameId },
  { title: "cur", text: ({ currency }) => currency },
  { title: "stake", text: ({ stake }) => stake, align: "right" },
  { title: "win", text: ({ win }) => win, align: "right" },
  { title: "ggr", text: ({ ggr }) => ggr, align: "right" },
  { title: "amount", text: ({ amount }) => amount, align: "right" },
];

const dayColumns: readonly Column<Day>[] = [
  { title: "day (UTC)", text: ({ day }) => day },
  {
    title: "status",
    text: ({ status }) => (status === "TIED" ? "tied" : "off"),
    paint: ({ status }, paint) => (status === "TIED" ? paint.green : paint.red),
  },
  { title: "revision", text: ({ revision }) => revision, align: "right" },
  { title: "closed (UTC)", text: ({ closedAt }) => closedAt },
  { title: "lines", text: ({ lines }) => lines.length, align: "right" },
  { title: "why", text: ({ reason }) => reason },
];

const lineColumns: readonly Column<Day["lines"][number]>[] = [
  { title: "line", text: ({ line }) => line },
  { title: "cur", text: ({ currency }) => currency },
  { title: "ledger", text: ({ ledger }) => ledger, align: "right" },
  { title: "facts", text: ({ facts }) => facts, align: "right" },
  {
    title: "off by",
    text: ({ off, ledger, facts }) => (ledger === facts ? null : off),
    align: "right",
    paint: ({ ledger, facts }, paint) => (ledger === facts ? paint.dim : paint.red),
  },
];

function tellFreshness({ talk }: World, { freshness }: Pick<Figures, "freshness">): void {
  const { behind, at } = freshness;
  talk.say(
    behind === "0"
      ? `As of the newest event${at === null ? "" : `, taken over ${at}`}.`
      : `${behind} batches of events are not in it yet.`,
  );
}

function readBy(text: string): Dimension[] {
  const words = text.split(",").map((word) => word.trim());
  const known = words.filter((word): word is Dimension => (dimensions as readonly string[]).includes(word));
  if (known.length !== words.length || known.length > 3)
    throw new InvalidArgumentError(`It is up to three of ${dimensions.join(", ")}.`);
  return known;
}

function readWithout(text: string): string[] {
  const words = text.split(",").map((word) => word.trim());
  if (words.some((word) => !(deductions as readonly string[]).includes(word)))
    throw new InvalidArgumentError(`It is some of ${deductions.join(", ")}.`);
  return words;
}
