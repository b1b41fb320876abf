/** What a provider proves itself with, replaced. A secret never stands on the command line: processes are listed. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, runWrite, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import { connect } from "../session/engine.ts";

interface RotateOptions extends WriteOptions {
  readonly overlap: number;
  readonly credential?: string;
}

const usualOverlapMinutes = 60;
const mostOverlapMinutes = 30 * 24 * 60;

export function rotateCommand(provider: Command, run: Run): void {
  addWriteOptions(
    provider
      .command("rotate")
      .description(
        "Another credential of a provider; the one before counts until the overlap has passed. Without --credential a shared secret is made, and shown this once.",
      )
      .argument("<provider>", "its code")
      .option("--credential <path>", "the provider's public key as PEM, or its secret; - reads it from stdin")
      .option(
        "--overlap <minutes>",
        "how long the one before still counts, up to 43200",
        readMinutes,
        usualOverlapMinutes,
      ),
  ).action(run((world, code: string, options: RotateOptions) => rotate(world, code, options)));
}

async function rotate(world: World, provider: string, { overlap, credential, ...options }: RotateOptions) {
  const secret = credential === undefined ? null : await readCredential(world, credential);
  const given = secret === null ? null : createHash("sha256").update(secret).digest("hex").slice(0, 16);
  const engine = connect(world);
  return runWrite(world, options, {
    context: engine.context,
    show: () => engine.call((api) => api.provider.planRotation.query({ provider, overlapMinutes: overlap, given })),
    apply: async (_plan, items, reason) => {
      const done = [];
      for (const { id, before } of items) {
        const following = typeof before["fingerprint"] === "string" ? before["fingerprint"] : null;
        const sent = { provider: id, secret, overlapMinutes: overlap, following, reason };
        const result = await engine.call((api) => api.provider.rotateCredential.mutate(sent));
        // Whoever reads JSON has it there, and it should not stand in two places.
        if (result.secret !== null && world.options.json !== true) {
          world.talk.say(`The secret of ${id}, shown this once: ${result.secret}`);
        }
        done.push({ id, done: true as const, result: { ...result } });
      }
      return done;
    },
  });
}

async function readCredential(world: World, path: string): Promise<string> {
  try {
    return (path === "-" ? await world.readInput() : await readFile(path, "utf8")).trim();
  } catch (error) {
    return stop("USAGE", {
      detail: `${path} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > mostOverlapMinutes) {
    throw new InvalidArgumentError(`It is a whole number from 0 to ${mostOverlapMinutes}.`);
  }
  return minutes;
}
