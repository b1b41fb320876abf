import { parseArgs } from "node:util";

export const help = `npm start                   brings up a demo casino and stays until Ctrl-C
npm start -- --fresh        the same, after removing the data of earlier runs
npm start -- --no-play      without the stream of simulated play
npm start -- --no-console   without the console
npm start -- --help         this text

From the environment:
  ENGINE_PORT       the engine's port (4000, or the next free one)
  CONSOLE_PORT      the console's port (3000, or the next free one)
  PSP_SIMULATOR_PORT  the simulated payment providers' port (4900, or the next free one)
  BANK_SIMULATOR_PORT the house's simulated bank's port (4930, or the next free one)
  COMPLIANCE_SIMULATOR_PORT  the simulated verification vendor's port (4950, or the next free one)
  GAME_BANK_PORT      the simulated game bank's port (4940, or the next free one)
  FREE_SPINS_PORT     the simulated aggregator's port for free spins (4960, or the next free one)
  DATABASE_URL      a PostgreSQL of your own, 15 or newer; without it one is started in the folder below

  PITBOSS_DATA_DIR  where everything that is made lies (.pitboss), the logs in its folder logs

A second npm start says what already runs.`;

export interface Arguments {
  readonly fresh: boolean;
  readonly play: boolean;
  readonly console: boolean;
  readonly help: boolean;
}

/** Throws where an argument is not one that the help names. */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: { type: "boolean", default: false },
      play: { type: "boolean", default: true },
      console: { type: "boolean", default: true },
      help: { type: "boolean", short: "h", default: false },
    },
    allowNegative: true,
  });
  return values;
}
