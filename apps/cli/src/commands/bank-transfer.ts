import { type Command, Option } from "commander";
import { type CreditState, creditStates } from "@pitboss/domain/cashier/bank/credit-machine";
import { exitCodes } from "../kernel/exit-codes.ts";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["bankCredit"]["list"]["rows"][number];
type Detail = Outputs["bankCredit"]["show"];

const columns: readonly Column<Row>[] = [
  { title: "transfer", text: ({ creditId }) => creditId, width: 10 },
  { title: "received (UTC)", text: ({ receivedAt }) => receivedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 13 },
  { title: "waits because", text: ({ why }) => why, width: 20 },
  { title: "amount", text: ({ amount }) => amount, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
  { title: "reference", text: ({ reference }) => reference, width: 18 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "deposit", text: ({ depositId }) => depositId, width: 10 },
];

interface ListOptions extends PageOptions {
  readonly player?: string;
  readonly state?: CreditState;
  readonly inbox?: true;
}

interface ProposeOptions {
  readonly credit?: string;
  readonly return?: true;
  readonly reason: string;
}

export function bankTransferCommands(program: Command, run: Run): void {
  const transfer = program
    .command("bank-transfer")
    .description("Money that came to the house's accounts, and what of it waits for people.");
  addPageOptions(
    transfer
      .command("list")
      .description("Incoming transfers, newest first.")
      .option("--inbox", "only what waits for people")
      .option("--player <playerId>", "only this player's")
      .addOption(new Option("--state <state>", "only in this state").choices(creditStates)),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { player: playerId, inbox } = options;
      const state = inbox === true ? "IN_INBOX" : options.state;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.bankCredit.list.query({ ...page, playerId, state })),
      );
    }),
  );
  transfer
    .command("show")
    .description("A transfer: who sent it with which words, whose it may be, and everything that happened to it.")
    .argument("<transferId>", "which, as in bcr_5")
    .action(
      run(async (world, creditId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.bankCredit.show.query({ creditId })), describe);
        return undefined;
      }),
    );
  transfer
    .command("propose")
    .description("Propose whose a transfer is, or that it goes back: it happens with another person's yes.")
    .argument("<transferId>", "which, as in bcr_5")
    .option("--credit <playerId>", "it is this player's")
    .option("--return", "it goes back to the account that it came from")
    .requiredOption("--reason <text>", "why, for the audit log and the second person")
    .action(
      run(async (world, creditId: string, { credit: playerId, return: back, reason }: ProposeOptions) => {
        if ((playerId === undefined) === (back === undefined)) {
          stop("USAGE", { detail: "Say either --credit with a player, or --return." });
        }
        const engine = connect(world);
        const made = await engine.call((api) =>
          api.bankCredit.propose.mutate(
            playerId === undefined
              ? { creditId, decision: "RETURN", reason }
              : { creditId, decision: "CREDIT", playerId, reason },
          ),
        );
        world.out.show(made, ({ approvalId, summary, status }, paint) =>
          fields(
            [
              ["Proposal", approvalId],
              ["What", plain(summary)],
              ["Status", status],
            ],
            paint,
          ),
        );
        return exitCodes.ok;
      }),
    );
}

function describe(transfer: Detail, paint: Paint): string[] {
  const { payer } = transfer;
  return [
    `${paint.bold(plain(transfer.creditId))}  ${paintStatus(paint, transfer.state)(transfer.state)}`,
    ...fields(
      [
        ["Amount", `${transfer.amount} ${transfer.currency}`],
        ["Waits because", transfer.why],
        ["Payer", payer.name === null ? null : plain(payer.name)],
        ["From account", payer.iban],
        ["Written on it", transfer.remittance === null ? null : plain(transfer.remittance)],
        ["Reference", transfer.reference],
        ["Returned for", transfer.returnReason],
        ["Of our order", transfer.endToEndId],
        ["Player", transfer.playerId],
        ["Deposit", transfer.depositId],
        ["Payout", transfer.payoutId],
        ["Bank", `${transfer.bank} ${transfer.entryReference}`],
        ["Booked on", transfer.bookedOn],
        ["Told by", transfer.toldBy],
        ["Received", transfer.receivedAt],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "may be of", text: ({ playerId }) => playerId },
        { title: "nickname", text: ({ nickname }) => plain(nickname) },
        { title: "by", text: ({ by }) => by.join(", ") },
        { title: "name", text: ({ nameMatch }) => nameMatch },
      ],
      transfer.candidates,
      paint,
    ),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "became", text: ({ to }) => to, paint: ({ to }, p) => paintStatus(p, to) },
        { title: "by", text: ({ event, actor }) => (actor === null ? event : `${event} (${actor})`) },
        { title: "said", text: ({ details }) => (details === null ? null : JSON.stringify(details)) },
      ],
      transfer.steps,
      paint,
    ),
  ];
}
