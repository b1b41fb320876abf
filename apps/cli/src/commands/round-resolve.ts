import type { Command } from "commander";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { stop } from "../kernel/stop.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import { connect } from "../session/engine.ts";

export function resolveCommand(round: Command, run: Run): void {
  addWriteOptions(
    round
      .command("resolve")
      .description(
        "Take rounds out of the inbox. A late result or a tombstone goes with the reason that you give, once you have compared it with its provider's round. A round that is too old is proposed to be voided, and goes when somebody else has approved that; one that still waits stays.",
      )
      .argument("<id...>", "which, as `round inbox` names them; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      if (targets.length === 0) stop("USAGE", { detail: "There is nothing to resolve." });
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.roundResolve.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.roundResolve.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}
