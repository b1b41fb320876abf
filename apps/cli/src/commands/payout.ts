import { type Command, Option } from "commander";
import { payoutStates, type PayoutState } from "@pitboss/domain/cashier/payout-machine";
import { payoutRejectionCodes, type PayoutRejection } from "@pitboss/domain/cashier/payout-words";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { payoutBatchCommands } from "./payout-batches.ts";

type Row = Outputs["payout"]["list"]["rows"][number];
type Detail = Outputs["payout"]["show"];

const columns: readonly Column<Row>[] = [
  { title: "payout", text: ({ payoutId }) => payoutId, width: 10 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 14 },
  { title: "due (UTC)", text: ({ dueAt }) => dueAt, width: 24 },
  { title: "risk", text: ({ score }) => String(score), align: "right", width: 4 },
  { title: "people", text: ({ people }) => (people === null ? null : String(people)), align: "right", width: 6 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "amount", text: ({ amount }) => amount, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
  { title: "looked at by", text: ({ claimedBy }) => claimedBy?.name ?? null, width: 16 },
  { title: "asked (UTC)", text: ({ createdAt }) => createdAt, width: 24 },
];

interface ListOptions extends PageOptions {
  readonly player?: string;
  readonly state?: PayoutState;
  readonly queue?: true;
  readonly late?: true;
}

export function payoutCommands(program: Command, run: Run): void {
  const payout = program.command("payout").description("Money out: payouts, who let them go, and what became of them.");
  readCommands(payout, run);
  writeCommands(payout, run);
  payoutBatchCommands(payout, run);
}

function readCommands(payout: Command, run: Run): void {
  payout
    .command("show")
    .description("A payout: what was checked, who said yes, every step, and every time that its provider was asked.")
    .argument("<payoutId>", "which, as in pay_3")
    .action(
      run(async (world, payoutId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.payout.show.query({ payoutId })), describe);
        return undefined;
      }),
    );
  addPageOptions(
    payout
      .command("list")
      .description(
        "Payouts, newest first; with --queue those that wait for people, in the order in which they are due.",
      )
      .option("--queue", "only what waits for people")
      .option("--late", "only those that are where they are for longer than they may")
      .option("--player <playerId>", "only this player's")
      .addOption(new Option("--state <state>", "only in this state").choices(payoutStates)),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { player: playerId, state, late, queue } = options;
      return runList(world, options, columns, (page) =>
        engine.call(async (api) =>
          queue === true ? api.payout.queue.query(page) : api.payout.list.query({ ...page, playerId, state, late }),
        ),
      );
    }),
  );
}

function writeCommands(payout: Command, run: Run): void {
  addWriteOptions(
    payout
      .command("approve")
      .description("Say yes. The plan shows whether it then leaves, or somebody else has to say yes as well.")
      .argument("<payoutId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.payoutApprove.show.query({ targets, params: {} })),
        (apply) => engine.call((api) => api.plan.payoutApprove.carryOut.mutate({ ...apply, params: {} })),
      );
    }),
  );
  addWriteOptions(
    payout
      .command("reject")
      .description("Turn payouts down: the amount is the player's again.")
      .argument("<payoutId...>", "which; - reads them from stdin")
      .addOption(
        new Option("--message <message>", "what the player is told; never the reason")
          .choices(payoutRejectionCodes)
          .default("CONTACT_US"),
      ),
  ).action(
    run(async (world, given: string[], options: WriteOptions & { readonly message: PayoutRejection }) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = { message: options.message };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.payoutReject.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.payoutReject.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    payout
      .command("query")
      .description("Ask the provider what became of a payout, and apply what it says.")
      .argument("<payoutId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.payoutQuery.show.query({ targets, params: {} })),
        (apply) => engine.call((api) => api.plan.payoutQuery.carryOut.mutate({ ...apply, params: {} })),
      );
    }),
  );
  addWriteOptions(
    payout
      .command("resubmit")
      .description("Send a payout of unknown fate again, where its provider says that it has none.")
      .argument("<payoutId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.payoutResubmit.show.query({ targets, params: {} })),
        (apply) => engine.call((api) => api.plan.payoutResubmit.carryOut.mutate({ ...apply, params: {} })),
      );
    }),
  );
}

/** Where it stands on its chain, and who was told of it. */
function chainFields({ chain, kyt }: Detail): [string, string | null][] {
  if (chain === null) return [];
  const { travel, fee } = chain;
  const [newest] = kyt ?? [];
  return [
    ["Kept by", chain.provider ?? "the player"],
    ["Its past", newest === undefined ? null : `${newest.decision}, score ${newest.score}, by ${newest.provider}`],
    ["Travel rule", travel === null ? null : `${travel.state}${travel.why === null ? "" : `: ${travel.why}`}`],
    ["On the chain", chain.txHash],
    ["Confirmations", String(chain.confirmations)],
    ["The chain took", fee === null ? null : `${fee.amount} ${fee.asset}`],
  ];
}

function describe(payout: Detail, paint: Paint): string[] {
  const { instrument, player, failure, transactions } = payout;
  return [
    `${paint.bold(plain(payout.payoutId))}  ${paintStatus(paint, payout.state)(payout.state)}`,
    ...fields(
      [
        ["Player", `${payout.playerId} (${payout.nickname}, ${player.country}, ${player.status})`],
        ["Verified", `level ${player.kycLevel}${player.screening === null ? "" : `, screening ${player.screening}`}`],
        ["Amount", `${payout.amount} ${payout.currency}`],
        ["Arrived", payout.paid === null ? null : `${payout.paid} ${payout.currency}`],
        [
          "Goes to",
          [`${instrument.brand} ${instrument.last4}`, instrument.expires, instrument.fingerprint]
            .filter((part) => part !== null)
            .join(", "),
        ],
        ...chainFields(payout),
        ["Account's name", payout.nameMatch],
        ["In the file", payout.batchId],
        ["Risk", `${payout.score} of 100`],
        ["People", payout.people === null ? null : String(payout.people)],
        ["Due", payout.dueAt],
        ["Looked at by", payout.claimedBy?.name ?? null],
        ["Put off until", payout.snoozedUntil],
        ["Kept here by", payout.stoppedBy.length === 0 ? null : payout.stoppedBy.join(", ")],
        ["Came back for", failure === null ? null : `${failure.message} (${failure.code})`],
        ["The player reads", payout.message],
        ["Provider", `${payout.psp} ${payout.pspReference ?? "(no id yet)"}`],
        ["Transactions", [transactions.hold, transactions.settle, transactions.release].filter(Boolean).join(" ")],
        ["Content hash", payout.contentHash],
        ["Request", payout.requestId],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "check", text: ({ name, version }) => `${name} v${version}` },
        { title: "", text: ({ outcome }) => outcome, paint: ({ outcome }, p) => paintStatus(p, outcome) },
        { title: "points", text: ({ points }) => String(points), align: "right" },
        { title: "why", text: ({ why }) => why },
        { title: "given", text: ({ inputs }) => JSON.stringify(inputs) },
      ],
      payout.checks,
      paint,
    ),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "became", text: ({ to }) => to, paint: ({ to }, p) => paintStatus(p, to) },
        { title: "by", text: ({ event }) => event },
        { title: "who", text: ({ actor, source }) => actor ?? source },
        { title: "said", text: ({ details }) => (details === null ? null : JSON.stringify(details)) },
      ],
      payout.steps,
      paint,
    ),
  ];
}
