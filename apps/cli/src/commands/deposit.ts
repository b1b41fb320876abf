import { type Command, Option } from "commander";
import { type DepositState, depositStates } from "@pitboss/domain/cashier/deposit-machine";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["deposit"]["list"]["rows"][number];
type Detail = Outputs["deposit"]["show"];

const columns: readonly Column<Row>[] = [
  { title: "deposit", text: ({ depositId }) => depositId, width: 10 },
  { title: "asked (UTC)", text: ({ createdAt }) => createdAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 9 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "amount", text: ({ amount }) => amount, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
  { title: "credited", text: ({ credited }) => credited, align: "right", width: 12 },
  { title: "provider", text: ({ psp }) => psp, width: 10 },
  { title: "declined for", text: ({ failure }) => failure, width: 20 },
];

interface ListOptions extends PageOptions {
  readonly player?: string;
  readonly state?: DepositState;
}

export function depositCommands(program: Command, run: Run): void {
  const deposit = program.command("deposit").description("Money in: deposits, and what their providers said.");
  deposit
    .command("show")
    .description("A deposit: what was checked, every step with who told it, and what came of it.")
    .argument("<depositId>", "which, as in dep_8")
    .action(
      run(async (world, depositId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.deposit.show.query({ depositId })), describe);
        return undefined;
      }),
    );
  addPageOptions(
    deposit
      .command("list")
      .description("Deposits, newest first.")
      .option("--player <playerId>", "only this player's")
      .addOption(new Option("--state <state>", "only in this state").choices(depositStates)),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { player: playerId, state } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.deposit.list.query({ ...page, playerId, state })),
      );
    }),
  );
}

/** Where it stands on its chain, and what was found of where it came from, for who may know it. */
function chainFields({ chain, kyt, frozen }: Detail): [string, string | null][] {
  if (chain === null) return [];
  const [newest] = kyt ?? [];
  return [
    ["Came to", chain.address],
    ["Came from", chain.sources.join(", ") || null],
    ["On the chain", chain.txHash],
    ["Confirmations", `${chain.confirmations} of ${chain.needed}`],
    ["To be converted to", chain.convertTo],
    ["Converted by", chain.conversionId],
    ["Its past", newest === undefined ? null : `${newest.decision}, score ${newest.score}, by ${newest.provider}`],
    ["Frozen for", frozen === null ? null : `${frozen.why}${frozen.releasedBy === null ? "" : " (let go)"}`],
  ];
}

function describe(deposit: Detail, paint: Paint): string[] {
  const { currency, instrument } = deposit;
  const money = (amount: string | null): string | null => (amount === null ? null : `${amount} ${currency}`);
  return [
    `${paint.bold(plain(deposit.depositId))}  ${paintStatus(paint, deposit.state)(deposit.state)}`,
    ...fields(
      [
        ["Player", `${deposit.playerId} (${deposit.nickname})`],
        ["Asked for", money(deposit.amount)],
        ["Credited", money(deposit.credited)],
        ["Provider's fee", money(deposit.pspFee)],
        ["Declined for", deposit.failure === null ? null : `${deposit.failureMessage ?? ""} (${deposit.failure})`],
        [
          { CARD: "Card", CRYPTO: "Address", BANK_TRANSFER: "Account" }[deposit.method],
          [`${instrument.brand} ${instrument.last4}`, instrument.expires, instrument.fingerprint]
            .filter((part) => part !== null)
            .join(", "),
        ],
        ...chainFields(deposit),
        ["Provider", `${deposit.psp} ${deposit.pspReference ?? "(no id yet)"}`],
        ["Transaction", deposit.transactionId],
        ["Asked", deposit.createdAt],
        ["Given up at", deposit.expiresAt],
        [
          "Provider asked",
          `${deposit.followed} times${deposit.followAt === null ? "" : `, next at ${deposit.followAt}`}`,
        ],
        ["Request", deposit.requestId],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "became", text: ({ to }) => to, paint: ({ to }, p) => paintStatus(p, to) },
        { title: "by", text: ({ event }) => event },
        { title: "told by", text: ({ source }) => source },
        { title: "webhook", text: ({ webhookId }) => webhookId },
        { title: "said", text: ({ details }) => (details === null ? null : JSON.stringify(details)) },
      ],
      deposit.steps,
      paint,
    ),
    "",
    ...table(
      [
        { title: "provider", text: ({ psp }) => psp },
        { title: "came to", text: ({ outcome }) => outcome },
        { title: "sent", text: ({ sends }) => sends, align: "right" },
        { title: "by rule", text: ({ rule }) => rule },
        { title: "because", text: ({ why }) => why },
      ],
      deposit.attempts,
      paint,
    ),
    "",
    ...table(
      [
        { title: "check", text: ({ name, version }) => `${name} v${version}` },
        { title: "", text: ({ outcome }) => outcome, paint: ({ outcome }, p) => paintStatus(p, outcome) },
        { title: "given", text: ({ inputs }) => JSON.stringify(inputs) },
      ],
      deposit.checks,
      paint,
    ),
  ];
}
