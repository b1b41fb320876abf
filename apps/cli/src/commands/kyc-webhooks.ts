import { type Command, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["kyc"]["webhooks"]["rows"][number];
type Detail = Outputs["kyc"]["webhook"];

const columns: readonly Column<Row>[] = [
  { title: "webhook", text: ({ webhookId }) => webhookId, width: 10 },
  { title: "received (UTC)", text: ({ receivedAt }) => receivedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 7 },
  { title: "type", text: ({ type }) => type, width: 24 },
  { title: "tries", text: ({ attempts }) => String(attempts), align: "right", width: 5 },
  { title: "what came of it", text: ({ outcome }) => outcome, width: 48 },
];

/** The verification vendor's webhooks are compliance's; those of payment providers are `pitboss webhook`. */
export function kycWebhookCommands(kyc: Command, run: Run): void {
  addPageOptions(
    kyc
      .command("webhooks")
      .description("What the verification vendor sent, newest first. Dead letters are those of --state DEAD.")
      .addOption(new Option("--state <state>", "only in this state").choices(["STORED", "DONE", "DEAD", "FORGED"])),
  ).action(
    run(async (world, options: PageOptions & { readonly state?: Row["state"] }) => {
      const engine = connect(world);
      const { state } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.kyc.webhooks.query({ ...page, state })),
      );
    }),
  );
  kyc
    .command("webhook")
    .description("A webhook of the verification vendor's with its body, as it came.")
    .argument("<webhookId>", "which, as in kwh_3")
    .action(
      run(async (world, webhookId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.kyc.webhook.query({ webhookId })), describe);
        return undefined;
      }),
    );
  addWriteOptions(
    kyc
      .command("replay")
      .description("Have the vendor's dead letters processed again. A verdict that is known changes nothing.")
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
        () => engine.call((api) => api.plan.kycWebhookReplay.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.kycWebhookReplay.carryOut.mutate({ ...apply, params })),
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
        ["Type", webhook.type],
        ["Received", webhook.receivedAt],
        ["Done", webhook.doneAt],
        ["Tried next", webhook.dueAt],
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
