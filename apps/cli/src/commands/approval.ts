import { approvalKindNames } from "@pitboss/domain/identity/approval-kinds";
import { approvalStatuses } from "@pitboss/domain/identity/approval-machine";
import { type Command, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Approval = Outputs["approval"]["show"];

const columns: readonly Column<Approval>[] = [
  { title: "id", text: ({ approvalId }) => approvalId, width: 8 },
  { title: "status", text: ({ status }) => status, width: 9, paint: ({ status }, paint) => paintStatus(paint, status) },
  { title: "kind", text: ({ kind }) => kind, width: 18 },
  { title: "what", text: ({ summary }) => summary, width: 40 },
  { title: "proposed by", text: ({ proposedBy }) => proposedBy.name, width: 20 },
  { title: "approvals", text: (row) => `${countOf(row)} of ${row.required}`, width: 9 },
  { title: "open until (UTC)", text: ({ expiresAt }) => expiresAt, width: 24 },
];

const betColumns: readonly Column<Outputs["approval"]["bets"]["rows"][number]>[] = [
  { title: "bet", text: ({ betId }) => betId, width: 16 },
  { title: "player", text: ({ playerId }) => playerId, width: 10 },
  { title: "held", text: ({ held }) => held, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
  {
    title: "outcome",
    text: ({ outcome }) => outcome,
    width: 8,
    paint: ({ outcome }, p) => paintStatus(p, outcome ?? ""),
  },
  { title: "why", text: ({ failure }) => (failure === null ? null : JSON.stringify(failure)) },
];

export function approvalCommands(program: Command, run: Run): void {
  const approval = program.command("approval").description("What waits for a second person.");
  addPageOptions(
    approval
      .command("list")
      .description("List proposals: without options those that wait for you.")
      .addOption(new Option("--box <box>", "whose").choices(["inbox", "mine", "all"]).default("inbox"))
      .addOption(
        new Option("--status <status...>", "only those that are, in the other boxes").choices(approvalStatuses),
      )
      .addOption(new Option("--kind <kind...>", "only of these kinds").choices(approvalKindNames)),
  ).action(
    run(
      async (
        world,
        options: PageOptions & {
          box: "inbox" | "mine" | "all";
          status?: (typeof approvalStatuses)[number][];
          kind?: (typeof approvalKindNames)[number][];
        },
      ) => {
        const engine = connect(world);
        const { box, status: statuses, kind: kinds } = options;
        return runList(world, options, columns, (page) =>
          engine.call((api) => api.approval.list.query({ ...page, box, statuses, kinds })),
        );
      },
    ),
  );
  approval
    .command("show")
    .description("One proposal: exactly what is proposed, and who decided what on it.")
    .argument("<approvalId>", "which")
    .action(
      run(async (world, approvalId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.approval.show.query({ approvalId })), describe);
        return undefined;
      }),
    );
  addWriteOptions(
    approval
      .command("approve")
      .description(
        "Be the second person. The plan shows the content in full; with the last approval it is applied at once.",
      )
      .argument("<approvalId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.approvalApprove.show.query({ targets, params: {} })),
        (apply) => engine.call((api) => api.plan.approvalApprove.carryOut.mutate({ ...apply, params: {} })),
      );
    }),
  );
  addWriteOptions(
    approval
      .command("reject")
      .description("Turn a proposal down, for good.")
      .argument("<approvalId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.approvalReject.show.query({ targets, params: {} })),
        (apply) => engine.call((api) => api.plan.approvalReject.carryOut.mutate({ ...apply, params: {} })),
      );
    }),
  );
  addWriteOptions(
    approval
      .command("withdraw")
      .description("Take a proposal of your own back.")
      .argument("<approvalId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.approvalWithdraw.show.query({ targets, params: {} })),
        (apply) => engine.call((api) => api.plan.approvalWithdraw.carryOut.mutate({ ...apply, params: {} })),
      );
    }),
  );
  addPageOptions(
    approval
      .command("bets")
      .description("The bets that a proposal to void is about, and what became of each.")
      .argument("<approvalId>", "which"),
  ).action(
    run(async (world, approvalId: string, options: PageOptions) => {
      const engine = connect(world);
      return runList(world, options, betColumns, (page) =>
        engine.call((api) => api.approval.bets.query({ ...page, approvalId })),
      );
    }),
  );
}

function countOf({ decisions }: Approval): number {
  return decisions.filter(({ decision }) => decision === "APPROVED").length;
}

function describe(one: Approval, paint: Paint): string[] {
  return [
    `${paint.bold(plain(one.summary))}  ${paintStatus(paint, one.status)(one.status)}`,
    ...fields(
      [
        ["Id", one.approvalId],
        ["Kind", `${one.kind}: ${one.means}`],
        ["About", `${one.subject.kind} ${one.subject.id}`],
        ["Amount", one.amount === null ? null : `${one.amount.amount} ${one.amount.currency}`],
        ["Proposed", `${one.proposedAt} by ${one.proposedBy.name} (${one.proposedBy.staffId})`],
        ["Open until", one.expiresAt],
        ["Approvals", `${countOf(one)} of ${one.required}`],
        ["You may", one.mayDecide ? "decide on it" : one.mayWithdraw ? "withdraw it" : "look at it"],
        ["Result", one.result === null ? null : JSON.stringify(one.result)],
        ["Content hash", one.contentHash],
        ...Object.entries(one.content).map(([name, value]): [string, string] => [
          `  ${name}`,
          typeof value === "string" ? value : JSON.stringify(value),
        ]),
      ],
      paint,
    ),
    ...(one.decisions.length === 0
      ? []
      : [
          "",
          ...table(
            [
              {
                title: "decision",
                text: ({ decision }) => decision,
                paint: ({ decision }, p) => paintStatus(p, decision),
              },
              { title: "by", text: ({ by }) => by.name },
              { title: "at (UTC)", text: ({ at }) => at },
              { title: "reason", text: ({ reason }) => reason },
            ],
            one.decisions,
            paint,
          ),
        ]),
  ];
}
