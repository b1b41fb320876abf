import { Argument, type Command, Option } from "commander";
import {
  type AmlCaseState,
  amlCaseStates,
  type AmlDecision,
  amlDecisions,
  type SarState,
  sarStates,
} from "@pitboss/domain/compliance/aml/case-machine";
import { type AlertState, alertStates } from "@pitboss/domain/risk/monitoring/alert-machine";
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

type CaseRow = Outputs["aml"]["cases"]["rows"][number];
type AlertRow = Outputs["aml"]["alerts"]["rows"][number];
type SarRow = Outputs["aml"]["sars"]["rows"][number];
type Detail = Outputs["aml"]["case"];

const caseColumns: readonly Column<CaseRow>[] = [
  { title: "case", text: ({ caseId }) => caseId, width: 8 },
  { title: "opened (UTC)", text: ({ openedAt }) => openedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 10 },
  { title: "severity", text: ({ severity }) => severity, width: 8 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "alerts", text: ({ alerts }) => String(alerts), align: "right", width: 6 },
  { title: "due (UTC)", text: ({ dueAt, late }) => (late ? `${dueAt} late` : dueAt), width: 29 },
  { title: "owner", text: ({ owner }) => owner, width: 20 },
];

const alertColumns: readonly Column<AlertRow>[] = [
  { title: "alert", text: ({ alertId }) => alertId, width: 8 },
  { title: "happened (UTC)", text: ({ happenedAt }) => happenedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 10 },
  { title: "case", text: ({ caseId }) => caseId, width: 8 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "rule", text: ({ rule, ruleVersion }) => `${rule} v${ruleVersion}`, width: 24 },
  { title: "measured", text: ({ measured }) => describeMeasured(measured), width: 40 },
];

const sarColumns: readonly Column<SarRow>[] = [
  { title: "report", text: ({ sarId }) => sarId, width: 8 },
  { title: "drafted (UTC)", text: ({ draftedAt }) => draftedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 12 },
  { title: "case", text: ({ caseId }) => caseId, width: 8 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "authority", text: ({ authority }) => authority, width: 16 },
  { title: "filed (UTC)", text: ({ filedAt }) => filedAt, width: 24 },
  { title: "receipt", text: ({ receipt }) => receipt, width: 16 },
];

interface CaseOptions extends PageOptions {
  readonly state?: AmlCaseState;
  readonly severity?: Severity;
  readonly player?: string;
  readonly mine?: boolean;
}

export function amlCommands(program: Command, run: Run): void {
  const aml = program.command("aml").description("Alerts, cases, reports and rules against money laundering.");
  listCommands(aml, run);
  aml
    .command("show")
    .description("A case: what was found with which movements, and every step.")
    .argument("<caseId>", "which, as in amc_3")
    .action(
      run(async (world, caseId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.aml.case.query({ caseId })), describe);
        return undefined;
      }),
    );
  decideCommand(aml, run);
  sarCommands(aml, run);
  ruleCommands(aml, run, "aml");
}

function listCommands(aml: Command, run: Run): void {
  addPageOptions(
    aml
      .command("cases")
      .description("Cases, newest first.")
      .addOption(new Option("--state <state>", "only in this state").choices(amlCaseStates))
      .addOption(new Option("--severity <severity>", "only this grave").choices(severities))
      .option("--player <playerId>", "only of this player")
      .option("--mine", "only one's own"),
  ).action(
    run(async (world, options: CaseOptions) => {
      const engine = connect(world);
      const { state, severity, player: playerId, mine } = options;
      return runList(world, options, caseColumns, (page) =>
        engine.call((api) => api.aml.cases.query({ ...page, state, severity, playerId, mine })),
      );
    }),
  );
  addPageOptions(
    aml
      .command("alerts")
      .description("What rules have found, newest first.")
      .addOption(new Option("--state <state>", "only in this state").choices(alertStates))
      .option("--rule <code>", "only of this rule")
      .option("--player <playerId>", "only of this player"),
  ).action(
    run(
      async (
        world,
        options: PageOptions & { readonly state?: AlertState; readonly rule?: string; readonly player?: string },
      ) => {
        const engine = connect(world);
        const { state, rule, player: playerId } = options;
        return runList(world, options, alertColumns, (page) =>
          engine.call((api) => api.aml.alerts.query({ ...page, state, rule, playerId })),
        );
      },
    ),
  );
}

function decideCommand(aml: Command, run: Run): void {
  addWriteOptions(
    aml
      .command("decide")
      .description("Take cases, or decide them. Why is written in the case, sealed.")
      .addArgument(new Argument("<decision>", "what").choices(amlDecisions))
      .argument("<caseId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, decision: AmlDecision, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = { decision };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.amlDecision.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.amlDecision.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

function sarCommands(aml: Command, run: Run): void {
  addPageOptions(
    aml
      .command("sar")
      .description("Reports of suspicious activity, newest first; with an id the document itself, as XML.")
      .argument("[sarId]", "whose document, as in sar_3; each look is written down")
      .addOption(new Option("--state <state>", "only in this state").choices(sarStates)),
  ).action(
    run(async (world, sarId: string | undefined, options: PageOptions & { readonly state?: SarState }) => {
      const engine = connect(world);
      if (sarId !== undefined) {
        const sar = await engine.call((api) => api.aml.sar.mutate({ sarId }));
        world.out.show(sar, ({ document }) => document.trimEnd().split("\n"));
        world.talk.say(`${sar.state}, sha256 ${sar.documentHash}`);
        return undefined;
      }
      const { state } = options;
      return runList(world, options, sarColumns, (page) =>
        engine.call((api) => api.aml.sars.query({ ...page, state })),
      );
    }),
  );
}

function describe(found: Detail, paint: Paint): string[] {
  return [
    `${paint.bold(plain(found.caseId))}  ${paintStatus(paint, found.state)(found.state)}`,
    ...fields(
      [
        ["Player", `${found.playerId} (${found.nickname})`],
        ["Severity", found.severity],
        ["Owner", found.owner],
        ["Opened", found.openedAt],
        ["Due", found.late ? `${found.dueAt} late` : found.dueAt],
        ["Decided", found.decidedAt === null ? null : `${found.decidedAt} by ${found.decidedBy ?? ""}`],
        [
          "Reports",
          found.sars.length === 0 ? null : found.sars.map(({ sarId, state }) => `${sarId} ${state}`).join(", "),
        ],
      ],
      paint,
    ),
    ...found.found.flatMap((alert) => [
      "",
      `${paint.bold(plain(alert.rule))} version ${alert.ruleVersion}, ${alert.happenedAt}: ${describeMeasured(alert.measured)}`,
      ...table(
        ["at", "kind", "amount", "currency", "method", "id"].map((name) => ({
          title: name,
          text: (one: (typeof alert.evidence)[number]) => (typeof one[name] === "string" ? one[name] : null),
        })),
        alert.evidence,
        paint,
      ),
    ]),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "what", text: ({ event }) => event },
        { title: "by", text: ({ by }) => by },
        { title: "text", text: ({ text }) => text },
      ],
      found.steps,
      paint,
    ),
  ];
}
