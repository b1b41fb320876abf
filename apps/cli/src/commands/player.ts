import { type PlayerKind, playerKinds } from "@pitboss/domain/wallet/ledger-codes";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { type Command, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { playerDenialCommands } from "./player-denials.ts";

type Profile = Outputs["player"]["show"];
type Balance = Outputs["player"]["balances"][number];
type Posting = Outputs["player"]["explainBalance"]["rows"][number];

const balanceColumns: readonly Column<Balance>[] = [
  { title: "wallet", text: ({ kind }) => kind },
  { title: "currency", text: ({ currency }) => currency },
  { title: "available", text: ({ available }) => available, align: "right" },
  { title: "held", text: ({ held }) => held, align: "right" },
  { title: "grant", text: ({ grant }) => grant },
];

const postingColumns: readonly Column<Posting>[] = [
  { title: "at (UTC)", text: ({ at }) => at, width: 24 },
  { title: "type", text: ({ type }) => type, width: 14 },
  { title: "available", text: ({ available }) => available, align: "right", width: 14 },
  { title: "held", text: ({ held }) => held, align: "right", width: 12 },
  { title: "after", text: ({ availableAfter }) => availableAfter, align: "right", width: 14 },
  { title: "held after", text: ({ heldAfter }) => heldAfter, align: "right", width: 12 },
  { title: "cause", text: ({ cause }) => cause.id, width: 16 },
  { title: "transaction", text: ({ transactionId }) => transactionId, width: 16 },
];

export function playerCommands(program: Command, run: Run): void {
  const player = program
    .command("player")
    .description("Players: who they are, what they have and why, and whether they may play.");
  player
    .command("show")
    .description("A player, with personal data masked, and the balances.")
    .argument("<playerId>", "which, as in p_1a")
    .addOption(new Option("--at <instant>", "the balances just before this instant, as in 2026-11-23T03:00:00Z"))
    .action(
      run(async (world, playerId: string, options: { at?: string }) => {
        const engine = connect(world);
        const profile = await engine.call((api) => api.player.show.query({ playerId }));
        const balances = await engine.call((api) => api.player.balances.query({ playerId, at: options.at }));
        world.out.show({ ...profile, balancesAt: options.at ?? null, balances }, describe);
        return undefined;
      }),
    );
  playerDenialCommands(player, run);
  addPageOptions(
    player
      .command("explain-balance")
      .description("Why a balance is what it is: the postings that led to it, newest first, each with its cause.")
      .argument("<playerId>", "whose")
      .argument("<currency>", "which, as in EUR")
      .addOption(new Option("--wallet <kind>", "of which wallet").choices(playerKinds).default("CASH")),
  ).action(
    run(async (world, playerId: string, code: string, options: PageOptions & { wallet: PlayerKind }) => {
      const currency = isCurrency(code) ? code : stop("USAGE", { detail: `The house knows no currency "${code}".` });
      const engine = connect(world);
      const read = (page: { limit: number; cursor: string | null }) =>
        engine.call((api) => api.player.explainBalance.query({ ...page, playerId, currency, kind: options.wallet }));
      if (options.all === true) return runList(world, options, postingColumns, read);
      const page = await read({ limit: options.limit, cursor: options.cursor ?? null });
      world.out.show({ playerId, wallet: options.wallet, ...page }, (value, paint) => [
        `${plain(playerId)} has ${paint.bold(`${value.balance.available} ${value.balance.currency}`)} available and ${value.balance.held} held (${value.wallet}).`,
        ...table(postingColumns, value.rows, paint),
        value.adds
          ? `${paint.green("✓")} Each balance is the one before it plus its change.`
          : `${paint.red("✗")} The balances do not follow from each other: pitboss ledger verify`,
      ]);
      if (page.next !== null) world.talk.say(`There is more: --cursor ${page.next}, or --all`);
      return page.adds ? undefined : 6;
    }),
  );
  addWriteOptions(
    player
      .command("lock")
      .description("Lock players out of play. What is under way is settled, and what is won is paid.")
      .argument("<playerId...>", "whom; - reads them from stdin")
      .option("--keep-sessions", "leave their sessions open: they may look, and not play"),
  ).action(
    run(async (world, given: string[], options: WriteOptions & { keepSessions?: boolean }) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = { signOut: options.keepSessions !== true };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.playerLock.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.playerLock.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    player
      .command("unlock")
      .description("Let players play again.")
      .argument("<playerId...>", "whom; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.playerUnlock.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.playerUnlock.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

function describe(
  one: Profile & { readonly balances: readonly Balance[]; readonly balancesAt: string | null },
  paint: Paint,
): string[] {
  return [
    `${paint.bold(plain(one.nickname))}  ${plain(one.playerId)}  ${paintStatus(paint, one.status)(one.status)}`,
    ...fields(
      [
        ["Country", one.country],
        ["Brand", one.brand],
        ["Since", one.createdAt],
        ["Tags", one.tags.join(", ")],
        ["E-mail verified", one.emailVerifiedAt],
        ["Erased", one.erasedAt],
        ...one.fields.map(({ field, masked }): [string, string | null] => [field, masked]),
      ],
      paint,
    ),
    "",
    ...(one.balances.length === 0 ? ["No wallets."] : table(balanceColumns, one.balances, paint)),
    ...(one.balancesAt === null ? [] : [`as just before ${plain(one.balancesAt)}`]),
  ];
}
