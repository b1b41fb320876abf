import { currencies } from "@pitboss/domain/wallet/currency";
import type { Command } from "commander";
import type { ExitCode } from "../kernel/exit-codes.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets } from "../kernel/planned.ts";
import { fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, runWrite, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Inputs, Outputs } from "../session/api-types.ts";
import { connect, type Engine } from "../session/engine.ts";
import { inboxCommand } from "./round-inbox.ts";
import { resolveCommand } from "./round-resolve.ts";
import { settleCommand } from "./round-settle.ts";
import { staleRoundCommands } from "./stale-rounds.ts";

type VoidSelection = Inputs["bet"]["planVoid"]["selection"];
type Proposed = Outputs["bet"]["proposeVoid"];
type Bet = Outputs["bet"]["show"];
type Round = Outputs["round"]["show"];

export function betCommands(program: Command, run: Run): void {
  const bet = program.command("bet").description("Single bets.");
  bet
    .command("show")
    .description("A bet, how it was funded, and all that happened to it.")
    .argument("<betId>", "which, as in bet_8cd")
    .action(
      run(async (world, betId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.bet.show.query({ betId })), describeBet);
        return undefined;
      }),
    );
  addWriteOptions(
    bet
      .command("void")
      .description(
        "Propose to give held stakes back; they go once somebody else has approved it. A bet that is settled is corrected instead, by its provider.",
      )
      .argument("[betId...]", "which; - reads them from stdin; without any, a filter says which")
      .option("--from <instant>", "those placed from this instant on, as in 2026-11-23T03:00:00Z")
      .option("--to <instant>", "… and before this one")
      .option("--player <playerId>", "only this player's")
      .option("--game <gameId>", "only on this game")
      .option("--provider <provider>", "only on games of this provider")
      .option("--currency <currency>", "only in this currency")
      .option("--min-stake <amount>", "only with this stake or more, in that currency"),
  ).action(
    run(async (world, given: string[], options: WriteOptions & FilterOptions) => {
      const engine = connect(world);
      const selection = given.length === 0 ? readFilter(options) : readList(await readTargets(world, given));
      return runVoid(world, engine, options, selection);
    }),
  );
}

interface FilterOptions {
  readonly from?: string;
  readonly to?: string;
  readonly player?: string;
  readonly game?: string;
  readonly provider?: string;
  readonly currency?: string;
  readonly minStake?: string;
}

function readList(betIds: string[]): VoidSelection {
  const [betId, ...others] = betIds;
  if (betId === undefined) stop("USAGE", { detail: "There is no bet to void." });
  return others.length === 0 ? { by: "bet", betId } : { by: "list", betIds };
}

/** Whoever voids by a filter knows when the trouble was, so a filter has a beginning. */
function readFilter({ from, to, player, game, provider, currency, minStake }: FilterOptions): VoidSelection {
  if (from === undefined) stop("USAGE", { detail: "Name the bets, or give --from and what else they have in common." });
  const known = Object.keys(currencies).find((code) => code === currency) as keyof typeof currencies | undefined;
  if (currency !== undefined && known === undefined) stop("USAGE", { detail: `There is no currency ${currency}.` });
  return {
    by: "filter",
    filter: { from, to, playerId: player, gameId: game, provider, currency: known, minStake },
  };
}

export function roundCommands(program: Command, run: Run): void {
  const round = program.command("round").description("Rounds, as their providers name them.");
  const named = (command: Command): Command =>
    command
      .argument("<playerId>", "whose")
      .argument("<provider>", "the provider's code")
      .argument("<roundId>", "the provider's own name of the round");
  named(round.command("show").description("A player's round, with its bets.")).action(
    run(async (world, playerId: string, provider: string, roundId: string) => {
      const engine = connect(world);
      const found = await engine.call((api) => api.round.show.query({ playerId, provider, roundId }));
      world.out.show(found, describeRound);
      return undefined;
    }),
  );
  inboxCommand(round, run);
  addWriteOptions(
    named(
      round
        .command("void")
        .description(
          "Propose to give back every stake that the round still holds; they go once somebody else has approved it.",
        ),
    ),
  ).action(
    run(async (world, playerId: string, provider: string, roundId: string, options: WriteOptions) =>
      runVoid(world, connect(world), options, { by: "round", playerId, provider, roundId }),
    ),
  );
  settleCommand(round, run);
  resolveCommand(round, run);
  staleCommands(round, run);
}

function staleCommands(round: Command, run: Run): void {
  addWriteOptions(
    round
      .command("void-stale")
      .description(
        "Propose to void what a provider has sent no result for within its own time, where that was too much for the house to do by itself; it goes once somebody else has approved it.",
      )
      .argument("<provider>", "the provider's code"),
  ).action(
    run(async (world, provider: string, options: WriteOptions) =>
      runVoid(world, connect(world), options, { by: "stale", provider }),
    ),
  );
  staleRoundCommands(round, run);
}

/** Plans the void, and proposes exactly what the plan showed: all of it or nothing. */
async function runVoid(
  world: World,
  engine: Engine,
  options: WriteOptions,
  selection: VoidSelection,
): Promise<ExitCode> {
  let proposed: Proposed | undefined;
  const exit = await runWrite(world, options, {
    context: engine.context,
    together: true,
    show: () => engine.call((api) => api.bet.planVoid.query({ selection })),
    apply: async ({ hash: plan }, items, reason) => {
      proposed = await engine.call((api) => api.bet.proposeVoid.mutate({ selection, plan, reason }));
      const { approvalId, status } = proposed;
      return items.map(({ id }) => ({ id, done: true, result: { approvalId, status } }));
    },
  });
  if (proposed !== undefined) sayWhatNext(world, proposed);
  return exit;
}

function sayWhatNext({ talk }: World, { approvalId, status, required, expiresAt }: Proposed): void {
  talk.say(
    status === "PROPOSED"
      ? `${approvalId} waits for ${required} other ${required === 1 ? "person" : "people"} until ${expiresAt}: pitboss approval approve ${approvalId}`
      : `${approvalId} took nobody else. What became of each bet: pitboss approval bets ${approvalId}`,
  );
}

function describeBet(bet: Bet, paint: Paint): string[] {
  const { currency } = bet;
  return [
    `${paint.bold(plain(bet.betId))}  ${paintStatus(paint, bet.status)(bet.status)}${bet.outcome === null ? "" : `  ${bet.outcome}`}`,
    ...fields(
      [
        ["Player", `${bet.playerId} (${bet.nickname})`],
        ["Game", `${bet.gameName} (${bet.gameId}, ${bet.provider})`],
        ["Round", bet.roundId],
        ["Placed", bet.placedAt],
        ["Stake", `${bet.stake} ${currency} (cash ${bet.funding.cash}, bonus ${bet.funding.bonus})`],
        ["Payout", `${bet.payout} ${currency}`],
        ["Selection", JSON.stringify(bet.selection)],
      ],
      paint,
    ),
    ...(bet.history.length === 0
      ? []
      : [
          "",
          ...table(
            [
              { title: "at (UTC)", text: ({ at }) => at },
              { title: "status", text: ({ status }) => status },
              { title: "outcome", text: ({ outcome }) => outcome },
              { title: "settled", text: ({ settled }) => settled, align: "right" },
              { title: "payout", text: ({ payout }) => payout, align: "right" },
              { title: "transaction", text: ({ transactionId }) => transactionId },
              { title: "late", text: ({ late }) => (late ? "late" : "") },
            ],
            bet.history,
            paint,
          ),
        ]),
  ];
}

function describeRound(round: Round, paint: Paint): string[] {
  return [
    `${paint.bold(plain(round.roundId))}  ${paintStatus(paint, round.status)(round.status)}`,
    ...fields(
      [
        ["Player", `${round.playerId} (${round.nickname})`],
        ["Provider", round.provider],
        ["Closed by", round.closedBy],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "bet", text: ({ betId }) => betId },
        { title: "placed (UTC)", text: ({ placedAt }) => placedAt },
        { title: "game", text: ({ gameId }) => gameId },
        { title: "stake", text: ({ stake }) => stake, align: "right" },
        { title: "", text: ({ currency }) => currency },
        { title: "status", text: ({ status }) => status, paint: ({ status }, p) => paintStatus(p, status) },
        { title: "outcome", text: ({ outcome }) => outcome },
        { title: "payout", text: ({ payout }) => payout, align: "right" },
      ],
      round.bets,
      paint,
    ),
  ];
}
