import { type Command, Option } from "commander";
import {
  type CaseDecision,
  type CaseReason,
  caseReasonNames,
  type CaseState,
  caseStates,
} from "@pitboss/domain/compliance/kyc/case-machine";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

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
      .argument("<caseId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) =>
      decide(world, given, options, { decision: "approve" }),
    ),
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
}

async function decide(
  world: Parameters<typeof connect>[0],
  given: readonly string[],
  options: WriteOptions,
  params: { readonly decision: CaseDecision; readonly reasonCode?: CaseReason },
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
