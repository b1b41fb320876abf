import { type Command, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Inputs, Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["webhook"]["list"]["rows"][number];
type Detail = Outputs["webhook"]["show"];
type State = Row["state"];

const columns: readonly Column<Row>[] = [
  { title: "webhook", text: ({ webhookId }) => webhookId, width: 10 },
  { title: "received (UTC)", text: ({ receivedAt }) => receivedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 7 },
  { title: "provider", text: ({ psp }) => psp, width: 10 },
  { title: "type", text: ({ type }) => type, width: 32 },
  { title: "deposit", text: ({ depositId }) => depositId, width: 10 },
  { title: "what came of it", text: ({ outcome }) => outcome, width: 40 },
];

interface ListOptions extends PageOptions, Pick<NonNullable<Inputs["webhook"]["list"]>, "psp"> {
  readonly state?: State;
  readonly deposit?: string;
}

export function webhookCommands(program: Command, run: Run): void {
  const webhook = program.command("webhook").description("What payment providers sent, as it came.");
  addPageOptions(
    webhook
      .command("list")
      .description("Webhooks, newest first. Dead letters are those of --state DEAD.")
      .addOption(new Option("--state <state>", "only in this state").choices(["STORED", "DONE", "DEAD", "FORGED"]))
      .option("--psp <code>", "only of this provider")
      .option("--deposit <depositId>", "only about this deposit"),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { state, psp, deposit: depositId } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.webhook.list.query({ ...page, state, psp, depositId })),
      );
    }),
  );
  webhook
    .command("show")
    .description("A webhook with its body and the headers that prove it.")
    .argument("<webhookId>", "which, as in wh_3f")
    .action(
      run(async (world, webhookId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.webhook.show.query({ webhookId })), describe);
        return undefined;
      }),
    );
  addWriteOptions(
    webhook
      .command("replay")
      .description("Have dead letters processed again. What was processed stays as it is: nothing happens twice.")
      .argument("<webhookId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.webhookReplay.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.webhookReplay.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

function describe(webhook: Detail, paint: Paint): string[] {
  return [
    `${paint.bold(plain(webhook.webhookId))}  ${paintStatus(paint, webhook.state)(webhook.state)}`,
    ...fields(
      [
        ["What came of it", webhook.outcome],
        ["Provider", webhook.psp],
        ["Type", webhook.type],
        ["Provider's id", webhook.eventId],
        ["Deposit", webhook.depositId],
        ["Received", webhook.receivedAt],
        ["Done", webhook.doneAt],
        ["Tries", String(webhook.attempts)],
        ["Came", `${webhook.deliveries} times`],
        ...Object.entries(webhook.headers).map(([name, value]): [string, string] => [name, JSON.stringify(value)]),
      ],
      paint,
    ),
    "",
    plain(webhook.body),
  ];
}
