/** The outside vendors of the demo, each a program of its own that speaks what the vendor speaks. */
export interface Simulator {
  /** Of the process, and of its log. */
  readonly name: string;
  readonly what: string;
  readonly variable:
    | "PSP_SIMULATOR_PORT"
    | "BANK_SIMULATOR_PORT"
    | "COMPLIANCE_SIMULATOR_PORT"
    | "GAME_BANK_PORT"
    | "FREE_SPINS_PORT";
  readonly usualPort: number;
  readonly program: string;
}

export const simulators: readonly Simulator[] = [
  {
    name: "simulated-psps",
    what: "the simulated payment providers",
    variable: "PSP_SIMULATOR_PORT",
    usualPort: 4900,
    program: "apps/engine/src/simulate-psps.ts",
  },
  {
    name: "simulated-bank",
    what: "the house's simulated bank",
    variable: "BANK_SIMULATOR_PORT",
    usualPort: 4930,
    program: "apps/engine/src/simulate-bank.ts",
  },
  {
    name: "simulated-game-bank",
    what: "the simulated game bank",
    variable: "GAME_BANK_PORT",
    usualPort: 4940,
    program: "apps/engine/src/simulate-game-bank.ts",
  },
  {
    name: "simulated-free-spins",
    what: "the simulated aggregator's free spins",
    variable: "FREE_SPINS_PORT",
    usualPort: 4960,
    program: "apps/engine/src/simulate-free-spins.ts",
  },
  {
    name: "simulated-compliance",
    what: "the simulated verification vendor, registers, and vendor of addresses",
    variable: "COMPLIANCE_SIMULATOR_PORT",
    usualPort: 4950,
    program: "apps/engine/src/simulate-compliance.ts",
  },
];
