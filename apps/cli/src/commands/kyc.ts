import { type Command, Option } from "commander";
import {
  type CaseDecision,
  type CaseReason,
  caseReasonNames,
  type CaseState,
  caseStates,
} from "@pitboss/domain/compliance/kyc/case-machine";
import { type CaseCheck, caseChecks } from "@pitboss/domain/compliance/kyc/case-policy";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { kycWebhookCommands } from "./kyc-webhooks.ts";

type Row = Outputs["kyc"]["list"]["rows"][number];
type Detail = Outputs["kyc"]["show"];

const columns: readonly Column<Row>[] = [
  { title: "case", text: ({ caseId }) => caseId, width: 8 },
  { title: "opened (UTC)", text: ({ openedAt }) => openedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 14 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "level", text: ({ level }) => String(level), align: "right", width: 5 },
  { title: "due (UTC)", text: ({ dueAt, late }) => (late ? `${dueAt ?? ""} late` : dueAt), width: 29 },
  { title: "told", text: ({ reason }) => reason, width: 16 },
];

interface ListOptions extends PageOptions {
  readonly state?: CaseState;
  readonly player?: string;
}

interface TellOptions extends WriteOptions {
  readonly tell: CaseReason;
  readonly retry?: boolean;
}

interface ApproveOptions extends WriteOptions {
  readonly checked: readonly string[];
}

interface ProposeOptions {
  readonly decision: "approve" | "revoke";
  readonly tell?: CaseReason;
  readonly checked?: readonly string[];
  readonly reason: string;
}

function readChecks(given: readonly string[]): CaseCheck[] {
  return given.includes("all") ? [...caseChecks] : caseChecks.filter((check) => given.includes(check));
}

export function kycCommands(program: Command, run: Run): void {
  const kyc = program.command("kyc").description("Cases of verification, and what is decided of them.");
  addPageOptions(
    kyc
      .command("list")
      .description("Cases, newest first.")
      .addOption(new Option("--state <state>", "only in this state").choices(caseStates))
      .option("--player <playerId>", "only of this player"),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { state, player: playerId } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.kyc.list.query({ ...page, state, playerId })),
      );
    }),
  );
  kyc
    .command("show")
    .description("A case: what it asks for, which documents came, every step.")
    .argument("<caseId>", "which, as in kyc_3")
    .action(
      run(async (world, caseId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.kyc.show.query({ caseId })), describe);
        return undefined;
      }),
    );
  addWriteOptions(
    kyc
      .command("approve")
      .description("Approve cases. Each player is screened first, and has the level at once.")
      .argument("<caseId...>", "which; - reads them from stdin")
      .addOption(
        new Option("--checked <point...>", "what was looked at; each point of the level's checklist, or all")
          .choices(["all", ...caseChecks])
          .makeOptionMandatory(),
      ),
  ).action(
    run(async (world, given: string[], options: ApproveOptions) =>
      decide(world, given, options, { decision: "approve", checked: readChecks(options.checked) }),
    ),
  );
  kyc
    .command("propose")
    .description("Propose what takes a second person: source of funds, to take back an approval, to approve what was.")
    .argument("<caseId>", "which, as in kyc_3")
    .addOption(new Option("--decision <decision>", "what").choices(["approve", "revoke"]).makeOptionMandatory())
    .addOption(new Option("--tell <code>", "what the player is told").choices(caseReasonNames))
    .addOption(
      new Option("--checked <point...>", "what was looked at, before an approval").choices(["all", ...caseChecks]),
    )
    .requiredOption("--reason <text>", "why, for the audit log and the second person")
    .action(
      run(async (world, caseId: string, { decision, tell, checked, reason }: ProposeOptions) => {
        const engine = connect(world);
        const input = { caseId, decision, reasonCode: tell ?? null, checked: readChecks(checked ?? []), reason };
        const made = await engine.call((api) => api.kyc.propose.mutate(input));
        world.out.show(made, ({ approvalId, summary, status }, paint) =>
          fields(
            [
              ["Proposal", approvalId],
              ["What", summary],
              ["Status", status],
            ],
            paint,
          ),
        );
        return undefined;
      }),
    );
  addWriteOptions(
    kyc
      .command("reject")
      .description("Turn cases down, for good, or with --retry until the player has uploaded again.")
      .argument("<caseId...>", "which; - reads them from stdin")
      .addOption(new Option("--tell <code>", "what the player is told").choices(caseReasonNames).makeOptionMandatory())
      .option("--retry", "the player may try again"),
  ).action(
    run(async (world, given: string[], options: TellOptions) =>
      decide(world, given, options, {
        decision: options.retry === true ? "askAgain" : "reject",
        reasonCode: options.tell,
      }),
    ),
  );
  kycWebhookCommands(kyc, run);
}

async function decide(
  world: Parameters<typeof connect>[0],
  given: readonly string[],
  options: WriteOptions,
  params: { readonly decision: CaseDecision; readonly reasonCode?: CaseReason; readonly checked?: CaseCheck[] },
) {
  const engine = connect(world);
  const targets = await readTargets(world, given);
  return runPlanned(
    world,
    engine,
    options,
    () => engine.call((api) => api.plan.kycDecision.show.query({ targets, params })),
    (apply) => engine.call((api) => api.plan.kycDecision.carryOut.mutate({ ...apply, params })),
  );
}

function describeVendor({ vendor }: Detail, paint: Paint): string[] {
  if (vendor === null) return [];
  return [
    "",
    ...table(
      [
        { title: "vendor said at (UTC)", text: ({ at }) => at },
        { title: "answer", text: ({ answer }) => answer },
        { title: "try again", text: ({ rejectType }) => rejectType },
        { title: "counts", text: ({ counts }) => (counts ? "yes" : "no") },
        {
          title: "why",
          text: ({ labels, houseComment }) =>
            plain([labels.join(", "), houseComment].filter((part) => part).join(": ")),
        },
      ],
      vendor.verdicts,
      paint,
    ),
  ];
}

function describe(found: Detail, paint: Paint): string[] {
  return [
    `${paint.bold(plain(found.caseId))}  ${paintStatus(paint, found.state)(found.state)}`,
    ...fields(
      [
        ["Player", `${found.playerId} (${found.nickname})`],
        ["Level", `${found.kycLevel}, asks for ${found.level}`],
        ["Told", found.reason],
        ["Opened", found.openedAt],
        ["Submitted", found.submittedAt],
        ["Due", found.dueAt],
        ["Holds until", found.renewAt],
        ["Checklist", found.checklist.join(", ")],
        ["Two people for", found.twoPeople.join(", ")],
        ["Taken by", found.claimed === null ? null : `${found.claimed.by} until ${found.claimed.until}`],
        ...found.fields.map(({ field, masked }): [string, string | null] => [field, masked]),
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "document", text: ({ documentId }) => documentId },
        { title: "kind", text: ({ kind }) => kind },
        { title: "type", text: ({ contentType }) => contentType },
        { title: "bytes", text: ({ bytes }) => String(bytes), align: "right" },
        { title: "uploaded (UTC)", text: ({ uploadedAt }) => uploadedAt },
        { title: "issued in", text: ({ issuedIn }) => issuedIn },
        { title: "valid until", text: ({ validUntil }) => validUntil },
        { title: "from", text: ({ fromVendor }) => (fromVendor ? "vendor" : "player") },
      ],
      found.documents,
      paint,
    ),
    ...describeVendor(found, paint),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "what", text: ({ event }) => event },
        { title: "became", text: ({ to }) => to, paint: ({ to }, p) => paintStatus(p, to) },
        { title: "by", text: ({ by }) => by },
        { title: "why", text: ({ note, reason }) => [reason, note].filter((part) => part !== null).join(": ") },
      ],
      found.steps,
      paint,
    ),
  ];
}
