import { type Command, Option } from "commander";
import type { Paint } from "../kernel/paint.ts";
import { fields } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Denial = Outputs["player"]["denials"][number];

/** Why a player was refused, newest first: to everybody the sentence that may be read out, to those who may the rest. */
export function playerDenialCommands(player: Command, run: Run): void {
  player
    .command("denials")
    .description("Why a player was refused: what may be said to them, and for who may see it the rule and its inputs.")
    .argument("<playerId>", "which, as in p_1a")
    .addOption(new Option("--before <instant>", "only what was refused before, as in 2026-11-23T03:00:00Z"))
    .addOption(new Option("--limit <count>", "at most so many, up to 100").default("20"))
    .action(
      run(async (world, playerId: string, options: { before?: string; limit: string }) => {
        const { before } = options;
        const limit = Number(options.limit);
        const denials = await connect(world).call((api) => api.player.denials.query({ playerId, before, limit }));
        world.out.show(denials, (all, paint) =>
          all.length === 0 ? ["Nothing was refused."] : all.flatMap((denial) => describe(denial, paint)),
        );
        return undefined;
      }),
    );
}

function describe({ denialId, at, command, code, sentence, full }: Denial, paint: Paint): string[] {
  const seen: [string, string][] =
    full === null
      ? []
      : [
          ["Rule", `${full.rule} v${full.ruleVersion}`],
          ...Object.entries(full.inputs).map(([name, value]): [string, string] => [
            name,
            typeof value === "string" ? value : JSON.stringify(value),
          ]),
        ];
  return [
    `${paint.bold(plain(denialId))}  ${at}  ${plain(command)}  ${paint.red(plain(code))}`,
    ...fields([["To the player", sentence], ...seen], paint),
    "",
  ];
}
