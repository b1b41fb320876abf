import { type WireDialect, wireDialects } from "@pitboss/wires/speak";
import { type Command, Option } from "commander";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { reconcileCommand } from "./provider-reconcile.ts";
import { bankCommands } from "./provider-banks.ts";
import { freeSpinsCommands } from "./provider-free-spins.ts";
import { policyCommands } from "./provider-policy.ts";
import { rotateCommand } from "./provider-rotate.ts";
import { type ConformanceOptions, tryConformance } from "./provider-conformance.ts";

type Row = Outputs["provider"]["list"]["rows"][number];
type Detail = Outputs["provider"]["show"];

const columns: readonly Column<Row>[] = [
  { title: "provider", text: ({ provider }) => provider },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state) },
  {
    title: "circuit",
    text: ({ health }) => health.circuit,
    paint: ({ health }, paint) => paintStatus(paint, health.circuit),
  },
  { title: "dialect", text: ({ dialect }) => dialect },
  { title: "policy", text: ({ policyVersion }) => `v${policyVersion}` },
  { title: "changed (UTC)", text: ({ changedAt }) => changedAt },
  { title: "calls 24 h", text: ({ calls }) => calls, align: "right" },
  { title: "refused", text: ({ refused }) => refused, align: "right" },
  { title: "p95 ms", text: ({ health }) => health.p95Ms ?? "", align: "right" },
  { title: "name", text: ({ name }) => name },
];

export function providerCommands(program: Command, run: Run): void {
  const provider = program.command("provider").description("Game providers and the dialects that they speak.");
  provider
    .command("list")
    .description("Every provider that speaks a dialect, with its last 24 hours.")
    .action(
      run(async (world) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.provider.list.query()), ({ rows }, paint) =>
          table(columns, rows, paint),
        );
        return undefined;
      }),
    );
  provider
    .command("show")
    .description(
      "A provider: its circuit and calls of the last quarter hour, policy, credentials (never a secret), how its calls were answered, reports.",
    )
    .argument("<provider>", "its code, as in hub88_demo")
    .action(
      run(async (world, code: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.provider.show.query({ provider: code })), describe);
        return undefined;
      }),
    );
  pauseCommands(provider, run);
  reconcileCommand(provider, run);
  bankCommands(provider, run);
  freeSpinsCommands(provider, run);
  policyCommands(provider, run);
  rotateCommand(provider, run);
  provider
    .command("conformance")
    .description(
      "Speak a dialect to a wallet as its provider would: repeats, reorders, late wins, refusals. Prints a report and saves it; ends with 6 where something is not as it should be.",
    )
    .argument("<dialect>", wireDialects.join(", "))
    .requiredOption("--target <url>", "the engine, as in http://127.0.0.1:4000")
    .option("--setup <file>", "JSON: provider, game, currency, secret, operatorKey; the demo's own without it")
    .option("--out <file>", "where the report goes; conformance-<dialect>.json without it")
    .option("--steps", "print every step with its request and response, not those alone that failed")
    .addOption(new Option("--keep", "keep the report in the house as well (needs a sign-in)"))
    .action(
      run((world, dialect: string, options: ConformanceOptions) =>
        tryConformance(world, dialect as WireDialect, options),
      ),
    );
}

function pauseCommands(provider: Command, run: Run): void {
  addWriteOptions(
    provider
      .command("pause")
      .description("Take no more bets from providers. What is open is settled: wins and rollbacks still post.")
      .argument("<provider...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.providerPause.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.providerPause.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    provider
      .command("resume")
      .description("Take bets from paused providers again.")
      .argument("<provider...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.providerResume.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.providerResume.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

function describeHealth({ health, policy }: Detail): [string, string][] {
  const { circuit, since, why, calls, refused, faulty, house, slow, strangers, p50Ms, p95Ms, calledAt } = health;
  const { circuit: rules } = policy;
  const latency = (ms: number | null): string => (ms === null ? "-" : `${ms} ms`);
  return [
    ["Circuit", since === null ? circuit : `${circuit} since ${since}`],
    ["Opened last for", why === null ? "-" : `${why.cause}: ${why.bad} of ${why.calls} calls`],
    [
      "Opens at",
      rules.watched
        ? `${rules.faultyPercent} % faulty or ${rules.slowPercent} % over ${rules.slowMs} ms of ${rules.fewestCalls} calls or more in ${rules.windowSeconds} s${rules.silentSeconds === null ? "" : `; silent for ${rules.silentSeconds} s`}`
        : "nothing: it is not watched",
    ],
    ["Calls, 15 min", `${calls}: ${refused} refused, ${faulty} faulty, ${house} failed here, ${slow} slow`],
    ["Not proven, 15 min", String(strangers)],
    ["Answered within", `p50 ${latency(p50Ms)}, p95 ${latency(p95Ms)}`],
    ["Last call", calledAt ?? "-"],
  ];
}

function describe(detail: Detail, paint: Paint): string[] {
  const { policy } = detail;
  const list = (values: readonly string[], none: string): string => (values.length === 0 ? none : values.join(", "));
  return [
    `${paint.bold(plain(detail.provider))}  ${paintStatus(paint, detail.state)(detail.state)}  ${plain(detail.name)}`,
    ...fields(
      [
        ["Dialect", `${detail.dialectTitle} (${detail.dialect})`],
        ["Address", detail.path],
        ["Operations", detail.operations.join(", ")],
        ["Policy", `v${detail.policyVersion}, ${detail.changedAt}`],
        ["Rollback of what is settled", policy.settledRollback],
        ["Currencies", list(policy.currencies, "those of its games")],
        ["Closed to", list(policy.closedCountries, "nobody")],
        [
          "Largest stakes",
          list(
            Object.entries(policy.betMax).map(([code, most]) => `${most} ${code}`),
            "as games have them",
          ),
        ],
        ["Calls from", list(policy.networks, "anywhere")],
        ["Its certificate", policy.mutualTls ? "must be checked" : "is not asked for"],
        ["Clocks may differ by", `${policy.clockToleranceSeconds} s`],
        ["Told to try again after", `${policy.answerWithinMs} ms`],
        ...describeHealth(detail),
        ["Its game bank", policy.gameBank?.url ?? "none"],
        ["Takes free spins at", policy.freeSpins?.url ?? "nowhere"],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "credential", text: ({ kind }) => kind },
        { title: "fingerprint", text: ({ fingerprint }) => fingerprint },
        { title: "state", text: ({ state }) => state, paint: ({ state }, p) => paintStatus(p, state) },
        { title: "from (UTC)", text: ({ validFrom }) => validFrom },
        { title: "until (UTC)", text: ({ validUntil }) => validUntil },
        { title: "by", text: ({ createdBy }) => createdBy },
      ],
      detail.credentials,
      paint,
    ),
    "",
    ...table(
      [
        { title: "circuit", text: ({ from, to }) => `${from} > ${to}` },
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "why", text: ({ why }) => (why === null ? "" : `${why.cause}: ${why.bad} of ${why.calls}`) },
      ],
      detail.circuitSteps,
      paint,
    ),
    "",
    ...table(
      [
        { title: "operation", text: ({ operation }) => operation },
        { title: "answered", text: ({ code }) => code },
        { title: "calls 24 h", text: ({ calls }) => calls, align: "right" },
      ],
      detail.answers,
      paint,
    ),
    "",
    ...table(
      [
        { title: "report", text: ({ reportId }) => reportId },
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "scenarios", text: ({ scenarios }) => scenarios, align: "right" },
        { title: "failed", text: ({ failed }) => failed, align: "right" },
        { title: "target", text: ({ target }) => target },
        { title: "by", text: ({ createdBy }) => createdBy },
      ],
      detail.reports,
      paint,
    ),
  ];
}
