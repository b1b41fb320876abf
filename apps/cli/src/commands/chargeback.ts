import { type Command, Option } from "commander";
import { type ChargebackState, chargebackStates } from "@pitboss/domain/cashier/chargeback";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["chargeback"]["list"]["rows"][number];
type Detail = Outputs["chargeback"]["show"];

const columns: readonly Column<Row>[] = [
  { title: "chargeback", text: ({ chargebackId }) => chargebackId, width: 10 },
  { title: "opened (UTC)", text: ({ openedAt }) => openedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 9 },
  { title: "evidence due (UTC)", text: ({ dueAt }) => dueAt, width: 24 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "deposit", text: ({ depositId }) => depositId, width: 10 },
  { title: "provider", text: ({ psp }) => psp, width: 10 },
  { title: "amount", text: ({ amount }) => amount, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
  { title: "house's part", text: ({ lost }) => lost, align: "right", width: 12 },
];

interface ListOptions extends PageOptions {
  readonly player?: string;
  readonly state?: ChargebackState;
  readonly psp?: string;
}

export function chargebackCommands(program: Command, run: Run): void {
  const chargeback = program.command("chargeback").description("Deposits that their payers' banks took back.");
  addPageOptions(
    chargeback
      .command("list")
      .description("Chargebacks, newest first.")
      .option("--player <playerId>", "only this player's")
      .option("--psp <code>", "only of this provider")
      .addOption(new Option("--state <state>", "only in this state").choices(chargebackStates)),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { player: playerId, state, psp } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.chargeback.list.query({ ...page, playerId, state, psp })),
      );
    }),
  );
  chargeback
    .command("show")
    .description("A chargeback: the money, the provider's day, the evidence, and every step with who made it.")
    .argument("<chargebackId>", "which, as in cb_8")
    .action(
      run(async (world, chargebackId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.chargeback.show.query({ chargebackId })), describe);
        return undefined;
      }),
    );
}

function describe(chargeback: Detail, paint: Paint): string[] {
  const { currency, state } = chargeback;
  return [
    `${paint.bold(plain(chargeback.chargebackId))}  ${paintStatus(paint, state)(state)}`,
    ...fields(
      [
        ["Taken back", `${chargeback.amount} ${currency}`],
        ["House's part", `${chargeback.lost} ${currency}`],
        ["Reason", `${chargeback.reason} (${chargeback.reasonCode})`],
        ["Evidence due", chargeback.dueAt],
        ["Deposit", chargeback.depositId],
        ["Player", `${chargeback.playerId} (${chargeback.nickname})`],
        ["Provider", `${chargeback.psp} ${chargeback.reference}`],
        ["Taken by", chargeback.transactionId],
        ["Returned by", chargeback.reversalId],
        ["Opened", chargeback.openedAt],
        ["Closed", chargeback.closedAt],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "became", text: ({ to }) => to, paint: ({ to }, p) => paintStatus(p, to) },
        { title: "by", text: ({ actor }) => actor },
        { title: "webhook", text: ({ webhookId }) => webhookId },
        { title: "said", text: ({ note }) => note },
      ],
      chargeback.steps,
      paint,
    ),
    "",
    ...table(
      [
        { title: "evidence", text: ({ name }) => name },
        { title: "type", text: ({ mediaType }) => mediaType },
        { title: "bytes", text: ({ bytes }) => bytes, align: "right" },
        { title: "sha-256", text: ({ sha256 }) => sha256 },
      ],
      chargeback.evidence,
      paint,
    ),
  ];
}
