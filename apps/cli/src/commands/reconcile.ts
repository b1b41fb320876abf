import { breakStates, type BreakState } from "@pitboss/domain/ops/breaks/break-machine";
import { breakSources, type BreakSource, breakTypeNames, type BreakType } from "@pitboss/domain/ops/breaks/break-types";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ExitCode, exitCodes } from "../kernel/exit-codes.ts";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect, type Engine } from "../session/engine.ts";
import { describeRun } from "./reconcile-run-text.ts";
import { reconcileWrites } from "./reconcile-writes.ts";

type BreakRow = Outputs["recon"]["breaks"]["rows"][number];
type Detail = Outputs["recon"]["show"];
type RunRow = Outputs["recon"]["runs"]["rows"][number];
type Count = Outputs["recon"]["triage"][number];
type Report = Outputs["settlement"]["reports"]["rows"][number];

const money = (side: { readonly amount: string; readonly currency: string } | null): string | null =>
  side === null ? null : `${side.amount} ${side.currency}`;

const breakColumns: readonly Column<BreakRow>[] = [
  { title: "break", text: ({ breakId }) => breakId, width: 8 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 11 },
  { title: "type", text: ({ type }) => type, width: 19 },
  { title: "scope", text: ({ scope }) => scope, width: 12 },
  { title: "about", text: ({ subject }) => subject["reference"] ?? subject["roundId"] ?? null, width: 28 },
  { title: "here", text: ({ expected }) => money(expected), align: "right", width: 14 },
  { title: "there", text: ({ got }) => money(got), align: "right", width: 14 },
  { title: "days", text: ({ ageDays }) => String(ageDays), align: "right", width: 4 },
  { title: "owner", text: ({ owner }) => owner?.name ?? null, width: 12 },
];

const runColumns: readonly Column<RunRow>[] = [
  { title: "run", text: ({ runId }) => runId, width: 8 },
  { title: "day", text: ({ day }) => day, width: 10 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 8 },
  { title: "started (UTC)", text: ({ startedAt }) => startedAt, width: 24 },
  { title: "by", text: ({ startedBy }) => startedBy, width: 14 },
  { title: "agree", text: ({ matched }) => String(matched), align: "right", width: 9 },
  { title: "new", text: ({ found }) => String(found), align: "right", width: 5 },
  { title: "open", text: ({ open }) => String(open), align: "right", width: 5 },
];

const reportColumns: readonly Column<Report>[] = [
  { title: "report", text: ({ reportId }) => reportId, width: 8 },
  { title: "provider", text: ({ psp }) => psp, width: 10 },
  { title: "payout", text: ({ reference }) => reference, width: 28 },
  { title: "lines", text: ({ lines }) => String(lines), align: "right", width: 7 },
  { title: "gross", text: ({ gross }) => gross, align: "right", width: 12 },
  { title: "fees", text: ({ fees }) => fees, align: "right", width: 10 },
  { title: "withheld", text: ({ reserve }) => reserve, align: "right", width: 10 },
  { title: "paid out", text: ({ paidOut }) => paidOut, align: "right", width: 12 },
  { title: "arrived", text: ({ arrived }) => arrived, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
];

const countColumns: readonly Column<Count>[] = [
  { title: "type", text: ({ type }) => type, width: 19 },
  { title: "scope", text: ({ scope }) => scope, width: 12 },
  { title: "open", text: ({ count }) => String(count), align: "right", width: 5 },
  { title: "by", text: ({ difference }) => money(difference), align: "right", width: 16 },
  { title: "oldest (UTC)", text: ({ oldest }) => oldest, width: 24 },
  { title: "means", text: ({ means }) => means },
];

export function reconcileCommands(program: Command, run: Run): void {
  const reconcile = program
    .command("reconcile")
    .description(
      "The house's money against providers and banks. Alone it shows how things stand: the last run, and what is open by type. Ends with 6 where a break is open.",
    )
    .option("--watch", "look again and again, until it is interrupted")
    .addOption(
      new Option("--every <seconds>", "with --watch: how often").default(30).argParser((text) => {
        const seconds = Number(text);
        if (!Number.isInteger(seconds) || seconds < 1) throw new InvalidArgumentError("seconds, at least 1");
        return seconds;
      }),
    )
    .action(run((world, options: { readonly watch?: true; readonly every: number }) => showStanding(world, options)));
  readCommands(reconcile, run);
  reconcileWrites(reconcile, run);
}

async function readStanding(engine: Engine) {
  const { rows } = await engine.call((api) => api.recon.runs.query({ source: "cashier", limit: 1 }));
  const open = await engine.call((api) => api.recon.triage.query({ source: "cashier" }));
  return { run: rows[0] ?? null, open };
}
type Standing = Awaited<ReturnType<typeof readStanding>>;

async function showStanding(
  world: World,
  { watch, every }: { readonly watch?: true; readonly every: number },
): Promise<ExitCode> {
  const engine = connect(world);
  let shown = "";
  for (;;) {
    const standing = await readStanding(engine);
    const text = JSON.stringify(standing);
    // While it watches only what is new is said.
    if (watch !== true) world.out.show(standing, describeStanding);
    else if (text !== shown) world.out.row(standing, describeStanding);
    shown = text;
    if (watch !== true || world.signal.aborted) return standing.open.length === 0 ? exitCodes.ok : exitCodes.drift;
    await pause(every * 1_000, world.signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}

function describeStanding({ run, open }: Standing, paint: Paint): string[] {
  const last = run === null ? ["Nothing was compared yet."] : describeRun(run, paint);
  return [...last, "", ...(open.length === 0 ? ["Nothing is open."] : table(countColumns, open, paint))];
}

interface BreakOptions extends PageOptions {
  readonly source: BreakSource;
  readonly scope?: string;
  readonly state?: BreakState;
  readonly type?: BreakType;
  readonly ended?: true;
  readonly mine?: true;
  readonly olderThan?: string;
}

function readCommands(reconcile: Command, run: Run): void {
  addPageOptions(
    reconcile
      .command("breaks")
      .description("Breaks that are open, newest first.")
      .addOption(new Option("--source <source>", "of which reconciliation").choices(breakSources).default("cashier"))
      .option("--scope <scope>", "only this provider's or account's")
      .addOption(new Option("--state <state>", "only in this state").choices(breakStates))
      .addOption(new Option("--type <type>", "only of this type").choices(breakTypeNames))
      .option("--ended", "those that have ended instead")
      .option("--mine", "only those that you took on")
      .option("--older-than <days>", "only what is at least so old"),
  ).action(
    run(async (world, options: BreakOptions) => {
      const engine = connect(world);
      const { source, scope, state, type, ended, mine, olderThan } = options;
      return runList(world, options, breakColumns, (page) =>
        engine.call((api) =>
          api.recon.breaks.query({
            ...page,
            source,
            scope,
            state,
            type,
            group: state !== undefined ? null : ended === true ? "closed" : "open",
            owner: mine === true ? "me" : null,
            olderThan: olderThan === undefined ? null : Number(olderThan),
          }),
        ),
      );
    }),
  );
  reconcile
    .command("show")
    .description("A break: both sides, and every step with who made it.")
    .argument("<breakId>", "which, as in brk_3")
    .action(
      run(async (world, breakId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.recon.show.query({ breakId })), describeBreak);
        return undefined;
      }),
    );
  addPageOptions(reconcile.command("runs").description("Runs of the cashier's reconciliation, newest first.")).action(
    run(async (world, options: PageOptions) => {
      const engine = connect(world);
      return runList(world, options, runColumns, (page) =>
        engine.call((api) => api.recon.runs.query({ ...page, source: "cashier" })),
      );
    }),
  );
  addPageOptions(
    reconcile
      .command("reports")
      .description("Settlement reports of payment providers, newest first, each with what arrived at the bank.")
      .option("--provider <code>", "only this one's"),
  ).action(
    run(async (world, options: PageOptions & { readonly provider?: string }) => {
      const engine = connect(world);
      return runList(world, options, reportColumns, (page) =>
        engine.call((api) => api.settlement.reports.query({ ...page, psp: options.provider })),
      );
    }),
  );
}

function describeBreak(found: Detail, paint: Paint): string[] {
  const { subject, evidence, steps } = found;
  return [
    ...fields(
      [
        ["Break", found.breakId],
        ["Type", `${found.type}: ${found.means}`],
        ["State", found.state],
        ["Scope", found.scope],
        ["Here", money(found.expected)],
        ["There", money(found.got)],
        ["Differs by", money(found.difference)],
        ["Happened", `${found.happenedAt}, ${found.ageDays} days ago`],
        ["Owner", found.owner?.name ?? null],
        ["Proposal", found.approvalId],
        ["May be ended by", found.methods.join(", ")],
        ...Object.entries(subject).map(([name, value]): [string, string] => [name, plain(value)]),
      ],
      paint,
    ),
    ...evidence.flatMap(({ side, record, facts }) => [
      "",
      `${side === "OURS" ? "Here" : "There"}: ${record}`,
      ...fields(
        Object.entries(facts).map(([name, value]): [string, string] => [name, plain(value)]),
        paint,
      ),
    ]),
    "",
    ...steps.map(
      ({ at, event, to, by, note }) => `${at} ${event} → ${to} by ${by}${note === null ? "" : `: ${plain(note)}`}`,
    ),
  ];
}
