/** Reports about players and not about money: who comes back, and where they stand. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { exitCodes } from "../kernel/exit-codes.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

interface PeriodOptions {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly country?: string;
}

type Cohort = Outputs["report"]["cohorts"]["total"];
type Step = Outputs["report"]["funnel"]["steps"][number];
type Stage = Outputs["report"]["lifecycle"]["stages"][number];

export function playerReports(report: Command, run: Run): void {
  addPeriod(report.command("cohorts").description("Who comes back on day 1, 7 and 30 after a first deposit."))
    .addOption(new Option("--by <span>", "how cohorts are cut").choices(["day", "week", "month"]).default("week"))
    .action(
      run(async (world, { country, ...asked }: PeriodOptions & { by: "day" | "week" | "month" }) => {
        const countries = country === undefined ? null : [country];
        const found = await connect(world).call((api) => api.report.cohorts.query({ ...asked, countries }));
        world.out.show(found, ({ rows, total }, paint) =>
          rows.length === 0
            ? ["Nobody made a first deposit in this time."]
            : table(cohortColumns, [...rows, { ...total, cohort: "all" }], paint),
        );
        return exitCodes.ok;
      }),
    );
  addPeriod(
    report
      .command("funnel")
      .description("How far those get who opened an account in a time: registered, verified, deposited, bet."),
  ).action(
    run(async (world, { country, ...asked }: PeriodOptions) => {
      const countries = country === undefined ? null : [country];
      const found = await connect(world).call((api) => api.report.funnel.query({ ...asked, countries }));
      world.out.show(found, (value, paint) => [
        ...table(stepColumns, value.steps, paint),
        "",
        ...fields(
          [
            ["Deposited at all", value.depositedAtAll],
            ["Bet at all", value.betAtAll],
          ],
          paint,
        ),
      ]);
      return exitCodes.ok;
    }),
  );
  addPeriod(
    report
      .command("lifecycle")
      .description("Where players stand at the end of a time: new, active, reactivated, dormant or churned."),
  )
    .option("--churn-days <days>", "without a bet for so long a player is taken for lost", readDays, 90)
    .action(
      run(async (world, { country, ...asked }: PeriodOptions & { churnDays: number }) => {
        const countries = country === undefined ? null : [country];
        const found = await connect(world).call((api) => api.report.lifecycle.query({ ...asked, countries }));
        world.out.show(found, (value, paint) => [
          ...table(stageColumns, value.stages, paint),
          "",
          ...fields(
            [
              ["Ever played", value.players],
              ["Depositors", value.depositors],
              ["of them played", value.depositedAndBet],
              ["Conversion", value.conversion],
            ],
            paint,
          ),
        ]);
        return exitCodes.ok;
      }),
    );
}

function addPeriod(command: Command): Command {
  return command
    .requiredOption("--from <day>", "the first day, as in 2026-11-01")
    .requiredOption("--to <day>", "the last day, included")
    .option("--zone <name>", "whose days these are, as in Europe/Malta", "UTC")
    .option("--country <code>", "only players of this country");
}

function readDays(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("It is a number of days, from 1 on.");
  return Number(text);
}

const cohortColumns: readonly Column<Cohort>[] = [
  { title: "cohort", text: ({ cohort }) => cohort },
  { title: "players", text: ({ players }) => players, align: "right" },
  ...[0, 1, 2].map(
    (index): Column<Cohort> => ({
      title: ["day 1", "day 7", "day 30"][index] ?? "",
      text: ({ retention }) => retention[index]?.rate ?? null,
      align: "right",
    }),
  ),
  { title: "played", text: ({ played }) => played, align: "right" },
  { title: "deposited again", text: ({ depositedAgain }) => depositedAgain, align: "right" },
];

const stageColumns: readonly Column<Stage>[] = [
  { title: "stage", text: ({ stage }) => stage },
  { title: "players", text: ({ players }) => players, align: "right" },
  { title: "share", text: ({ share }) => share, align: "right" },
];

const stepColumns: readonly Column<Step>[] = [
  { title: "step", text: ({ step }) => step },
  { title: "players", text: ({ players }) => players, align: "right" },
  { title: "of all", text: ({ ofAll }) => ofAll, align: "right" },
  { title: "of the step before", text: ({ ofBefore }) => ofBefore, align: "right" },
];
