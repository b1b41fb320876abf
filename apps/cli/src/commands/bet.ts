import type { Command } from "commander";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

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
      .description("Give held stakes back. A bet that is settled is corrected instead, by its provider.")
      .argument("<betId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      return runVoid(world, engine, options, () => Promise.resolve(targets));
    }),
  );
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
  addWriteOptions(named(round.command("void").description("Give back every stake that the round still holds."))).action(
    run(async (world, playerId: string, provider: string, roundId: string, options: WriteOptions) => {
      const engine = connect(world);
      return runVoid(world, engine, options, async () => {
        const { bets } = await engine.call((api) => api.round.show.query({ playerId, provider, roundId }));
        return bets.map(({ betId }) => betId);
      });
    }),
  );
}

function runVoid(
  world: Parameters<typeof runPlanned>[0],
  engine: Parameters<typeof runPlanned>[1],
  options: WriteOptions,
  findTargets: () => Promise<string[]>,
): ReturnType<typeof runPlanned> {
  const params = {};
  return runPlanned(
    world,
    engine,
    options,
    async () => {
      const targets = await findTargets();
      return engine.call((api) => api.plan.betVoid.show.query({ targets, params }));
    },
    (apply) => engine.call((api) => api.plan.betVoid.carryOut.mutate({ ...apply, params })),
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
