/** `npm run simulate -- --seed N --steps M`: runs the simulation, prints its seed, and ends with 1 where something broke. */
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { simulate, SimulationFailedError } from "./simulate.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    steps: { type: "string", default: "200" },
    burst: { type: "string", default: "40" },
    "check-every": { type: "string", default: "5" },
  },
});

function count(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  process.stderr.write(`--${name} is a whole number, and "${text}" is none.\n`);
  process.exit(2);
}

const seed = values.seed === undefined ? randomInt(2 ** 31) : count("seed", values.seed);
const steps = count("steps", values.steps);
const repeat = `npm run simulate -- --seed ${seed} --steps ${steps} --burst ${values.burst}`;
process.stderr.write(`seed ${seed}; to run it again: ${repeat}\n`);
try {
  const report = await simulate({
    seed,
    steps,
    burst: Math.max(1, count("burst", values.burst)),
    checkEvery: Math.max(1, count("check-every", values["check-every"])),
    folder: fileURLToPath(new URL("../../../../.pitboss/simulation", import.meta.url)),
    tell: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
} catch (error) {
  if (!(error instanceof SimulationFailedError)) throw error;
  process.stderr.write(`${error.message}\nTo run it again: ${repeat}\n`);
  process.exitCode = 1;
}
