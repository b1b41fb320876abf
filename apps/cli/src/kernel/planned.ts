/** Adapts a pair of `plan` procedures to the way that every write goes. */
import type { Engine } from "../session/engine.ts";
import type { ExitCode } from "./exit-codes.ts";
import { type AppliedItem, runWrite, type ShownPlan, type WriteOptions } from "./write.ts";
import type { World } from "./world.ts";

interface Apply {
  readonly plan: string;
  readonly items: { id: string; hash: string }[];
  readonly reason: string;
}

export function runPlanned(
  world: World,
  engine: Engine,
  options: WriteOptions,
  show: () => Promise<ShownPlan>,
  apply: (apply: Apply) => Promise<{ readonly items: readonly AppliedItem[] }>,
): Promise<ExitCode> {
  return runWrite(world, options, {
    context: engine.context,
    show,
    apply: async ({ hash: plan }, items, reason) =>
      (await apply({ plan, items: items.map(({ id, hash }) => ({ id, hash })), reason })).items,
  });
}

/** Ids from the command line; a single dash reads them from stdin, one a line or parted by spaces. */
export async function readTargets(world: World, given: readonly string[]): Promise<string[]> {
  if (given.length !== 1 || given[0] !== "-") return [...given];
  return (await world.readInput()).split(/\s+/).filter((id) => id !== "");
}
