import { type Command, Option } from "commander";
import { type BatchState, batchStates } from "@pitboss/domain/cashier/bank/batch-machine";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["payoutBatch"]["list"]["rows"][number];
type Detail = Outputs["payoutBatch"]["show"];

const number = (value: number | null): string | null => (value === null ? null : String(value));

const columns: readonly Column<Row>[] = [
  { title: "file", text: ({ batchId }) => batchId, width: 8 },
  { title: "begun (UTC)", text: ({ createdAt }) => createdAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 10 },
  { title: "bank", text: ({ bank }) => bank, width: 8 },
  { title: "payments", text: ({ count }) => number(count), align: "right", width: 8 },
  { title: "sum", text: ({ controlSum }) => controlSum, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
  { title: "on the way", text: ({ pending }) => String(pending), align: "right", width: 10 },
  { title: "paid", text: ({ paid }) => String(paid), align: "right", width: 6 },
  { title: "failed", text: ({ failed }) => String(failed), align: "right", width: 6 },
  { title: "message id", text: ({ messageId }) => messageId, width: 28 },
];

interface ListOptions extends PageOptions {
  readonly bank?: string;
  readonly state?: BatchState;
}

/** Files of payouts for banks: `payout batches`, and `payout batch show`. */
export function payoutBatchCommands(payout: Command, run: Run): void {
  addPageOptions(
    payout
      .command("batches")
      .description("Files of payouts that went to banks, newest first.")
      .option("--bank <code>", "only of this bank")
      .addOption(new Option("--state <state>", "only in this state").choices(batchStates)),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { bank, state } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.payoutBatch.list.query({ ...page, bank, state })),
      );
    }),
  );
  payout
    .command("batch")
    .description("One file of payouts for a bank.")
    .command("show")
    .description("A file: what stands in it, how often it was sent, and what the bank said of each payment.")
    .argument("<batchId>", "which, as in pb_2")
    .action(
      run(async (world, batchId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.payoutBatch.show.query({ batchId })), describe);
        return undefined;
      }),
    );
}

function describe(batch: Detail, paint: Paint): string[] {
  return [
    `${paint.bold(plain(batch.batchId))}  ${paintStatus(paint, batch.state)(batch.state)}`,
    ...fields(
      [
        ["Bank", batch.bank],
        ["Message id", batch.messageId],
        ["Payments", number(batch.count)],
        ["Control sum", batch.controlSum === null ? null : `${batch.controlSum} ${batch.currency}`],
        ["The bank said", batch.said],
        ["Begun", batch.createdAt],
        ["First sent", batch.sentAt],
        ["SHA-256", batch.fileHash],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "of", text: ({ payoutId, creditId }) => payoutId ?? creditId },
        { title: "amount", text: ({ amount }) => amount, align: "right" },
        { title: "state", text: ({ state }) => state, paint: ({ state }, p) => paintStatus(p, state) },
        { title: "payout", text: ({ payoutState }) => payoutState },
        { title: "bank", text: ({ status }) => status },
        { title: "because", text: ({ reason, reasonText }) => (reason === null ? null : `${reasonText} (${reason})`) },
        { title: "order", text: ({ bankReference }) => bankReference },
      ],
      batch.items,
      paint,
    ),
    "",
    ...table(
      [
        { title: "sent (UTC)", text: ({ begunAt }) => begunAt },
        { title: "answered", text: ({ endedAt }) => endedAt },
        { title: "came to", text: ({ outcome }) => outcome },
        { title: "said", text: ({ said }) => said },
      ],
      batch.sends,
      paint,
    ),
  ];
}
