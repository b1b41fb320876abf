import { type Command, Option } from "commander";
import {
  type AlertDecision,
  alertDecisions,
  type AlertState,
  alertStates,
} from "@pitboss/domain/risk/monitoring/alert-machine";
import { severities, type Severity } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { describeMeasured, ruleCommands } from "./monitoring-rules.ts";

type Row = Outputs["risk"]["alerts"]["rows"][number];
type Detail = Outputs["risk"]["alert"];
type Graph = Outputs["risk"]["links"];

const columns: readonly Column<Row>[] = [
  { title: "alert", text: ({ alertId }) => alertId, width: 8 },
  { title: "happened (UTC)", text: ({ happenedAt }) => happenedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 10 },
  { title: "severity", text: ({ severity }) => severity, width: 8 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "rule", text: ({ rule, ruleVersion }) => `${rule} v${ruleVersion}`, width: 24 },
  { title: "measured", text: ({ measured }) => describeMeasured(measured), width: 40 },
];

interface ListOptions extends PageOptions {
  readonly state?: AlertState;
  readonly severity?: Severity;
  readonly rule?: string;
  readonly player?: string;
}

export function riskCommands(program: Command, run: Run): void {
  const risk = program.command("risk").description("Alerts and rules of risk, and accounts that are linked.");
  addPageOptions(
    risk
      .command("alerts")
      .description("What rules have found, newest first.")
      .addOption(new Option("--state <state>", "only in this state").choices(alertStates))
      .addOption(new Option("--severity <severity>", "only this grave").choices(severities))
      .option("--rule <code>", "only of this rule")
      .option("--player <playerId>", "only of this player"),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { state, severity, rule, player: playerId } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.risk.alerts.query({ ...page, state, severity, rule, playerId })),
      );
    }),
  );
  risk
    .command("show")
    .description("An alert: what was measured, on which facts, and what the rule did.")
    .argument("<alertId>", "which, as in ra_3")
    .action(
      run(async (world, alertId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.risk.alert.query({ alertId })), describe);
        return undefined;
      }),
    );
  addWriteOptions(
    risk
      .command("decide")
      .description("Take alerts, or decide them.")
      .argument("<decision>", `what: ${alertDecisions.join(", ")}`)
      .argument("<alertId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, decision: AlertDecision, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = { decision };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.riskDecision.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.riskDecision.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  ruleCommands(risk, run, "risk");
  risk
    .command("links")
    .description("Accounts that share something with a player's, step by step outwards.")
    .argument("<playerId>", "around whom")
    .addOption(new Option("--steps <count>", "how far outwards").choices(["1", "2", "3"]).default("2"))
    .action(
      run(async (world, playerId: string, { steps }: { readonly steps: string }) => {
        const engine = connect(world);
        const graph = await engine.call((api) => api.risk.links.query({ playerId, steps: Number(steps) }));
        world.out.show(graph, describeLinks);
        return undefined;
      }),
    );
}

function describe(alert: Detail, paint: Paint): string[] {
  const { decision } = alert;
  return [
    `${paint.bold(plain(alert.alertId))}  ${paintStatus(paint, alert.state)(alert.state)}`,
    ...fields(
      [
        ["Player", `${alert.playerId} (${alert.nickname})`],
        ["Rule", `${alert.rule} version ${alert.ruleVersion}`],
        ["Severity", alert.severity],
        ["Happened", alert.happenedAt],
        ["Measured", describeMeasured(alert.measured)],
        ["Rule did", JSON.stringify(alert.reaction)],
        ["Due", alert.late ? `${alert.dueAt} late` : alert.dueAt],
        ["Owner", alert.owner],
        ["Decided", decision === null ? null : `${decision.at} by ${decision.by}: ${decision.reason}`],
      ],
      paint,
    ),
    "",
    ...alert.evidence.map((one) => JSON.stringify(one)),
  ];
}

function describeLinks(graph: Graph, paint: Paint): string[] {
  if (graph.links.length === 0) return ["This account shares nothing with any other."];
  return [
    ...table(
      [
        { title: "player", text: ({ playerId }) => playerId },
        { title: "nickname", text: ({ nickname }) => nickname },
        { title: "status", text: ({ status }) => status },
        { title: "country", text: ({ country }) => country },
        { title: "steps", text: ({ distance }) => String(distance), align: "right" },
      ],
      graph.accounts,
      paint,
    ),
    "",
    ...table(
      [
        { title: "one", text: ({ from }) => from },
        { title: "other", text: ({ to }) => to },
        { title: "share", text: ({ kind }) => kind },
        { title: "which", text: ({ key }) => key },
        { title: "accounts", text: ({ accounts }) => String(accounts), align: "right" },
      ],
      graph.links,
      paint,
    ),
    ...(graph.more ? ["", "There are more accounts than are shown."] : []),
  ];
}
