/** Transfers to and from providers' game banks. */
import { bankTransferStates, type BankTransferState } from "@pitboss/domain/gaming/game-bank/bank-machines";
import { type Command, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import type { Column } from "../kernel/printer.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Transfer = Outputs["provider"]["transfers"]["rows"][number];

const columns: readonly Column<Transfer>[] = [
  { title: "transfer", text: ({ transferId }) => transferId },
  { title: "at (UTC)", text: ({ requestedAt }) => requestedAt, width: 24 },
  { title: "state", text: ({ state }) => state },
  { title: "way", text: ({ direction }) => direction },
  { title: "amount", text: ({ amount }) => amount ?? "everything", align: "right" },
  { title: "currency", text: ({ currency }) => currency },
  { title: "provider", text: ({ provider }) => provider },
  { title: "player", text: ({ playerId }) => playerId },
  { title: "bank", text: ({ gameBankId }) => gameBankId },
  { title: "sent", text: ({ sends }) => sends, align: "right" },
  { title: "said", text: ({ failure }) => failure },
];

interface TransferOptions extends PageOptions {
  readonly player?: string;
  readonly state?: readonly BankTransferState[];
  readonly open?: boolean;
}

const openStates: readonly BankTransferState[] = ["REQUESTED", "SENT", "UNKNOWN"];

export function bankCommands(provider: Command, run: Run): void {
  addPageOptions(
    provider
      .command("transfers")
      .description("Transfers to and from game banks, newest first.")
      .argument("[provider]", "of which provider; of all without it")
      .option("--player <playerId>", "of this player alone")
      .addOption(new Option("--state <state...>", "in these states").choices(bankTransferStates))
      .option("--open", "those of which the outcome is still open"),
  ).action(
    run((world, code: string | undefined, options: TransferOptions) => {
      const engine = connect(world);
      const states = options.open === true ? openStates : options.state;
      return runList(world, options, columns, (page) =>
        engine.call((api) =>
          api.provider.transfers.query({
            ...page,
            provider: code ?? null,
            playerId: options.player ?? null,
            states: states === undefined ? null : [...states],
          }),
        ),
      );
    }),
  );
  addWriteOptions(
    provider
      .command("ask-transfer")
      .description("Have providers asked at once what became of transfers.")
      .argument("<transferId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.bankTransferAsk.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.bankTransferAsk.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    provider
      .command("close-bank")
      .description("Close players' game banks, and take back everything that is left in them.")
      .argument("<gameBankId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.gameBankClose.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.gameBankClose.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}
