import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { type ExitCode, exitCodes } from "../kernel/exit-codes.ts";
import { stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, runWrite, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import { connect } from "../session/engine.ts";

interface ReconcileOptions extends WriteOptions {
  readonly day: string;
  readonly file?: string;
}

export function reconcileCommand(provider: Command, run: Run): void {
  addWriteOptions(
    provider
      .command("reconcile")
      .description(
        "Compare a provider's daily file (CSV or JSON by its name, a row for each round) with the house's rounds, and keep what differs as breaks. Without --file the day's file that was taken in last is compared again. Ends with 6 where breaks are open.",
      )
      .argument("<provider>", "its code, as in hub88_demo")
      .requiredOption("--day <date>", "the business day, UTC, as in 2026-11-27")
      .addOption(new Option("--file <path>", "columns round_id, player, bets, wins, currency, status")),
  ).action(run(async (world, code: string, options: ReconcileOptions) => reconcile(world, code, options)));
}

async function reconcile(world: World, provider: string, options: ReconcileOptions): Promise<ExitCode> {
  const engine = connect(world);
  const { day } = options;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) stop("USAGE", { detail: "--day is a date as in 2026-11-27." });
  const file = options.file === undefined ? null : await readRounds(options.file);
  let open = 0;
  const code = await runWrite(world, options, {
    context: engine.context,
    together: true,
    show: async () => {
      const plan = await engine.call((api) => api.roundRecon.plan.mutate({ provider, day, file }));
      const types = Object.entries(plan.byType).map(([type, count]) => `${count} ${type}`);
      const found = types.length === 0 ? "nothing differs" : types.join(", ");
      world.talk.say(`${plan.rounds} rounds in the file, ${plan.matched} agree: ${found}; ${plan.waiting} wait`);
      open = types.length;
      return plan;
    },
    apply: async ({ hash: plan }, items, reason) => {
      const done = await engine.call((api) => api.roundRecon.run.mutate({ provider, day, file, plan, reason }));
      open = done.open;
      const { runId, state, matched, found, reopened, cleared } = done;
      const result = { runId, state, matched, found, reopened, cleared, open };
      return items.map(({ id }, index) => ({ id, done: true, result: index === 0 ? result : {} }));
    },
  });
  return code === exitCodes.ok && open > 0 ? exitCodes.drift : code;
}

async function readRounds(path: string): Promise<{ readonly format: "csv" | "json"; readonly text: string }> {
  try {
    const text = await readFile(path, "utf8");
    return { format: path.toLowerCase().endsWith(".json") ? "json" : "csv", text };
  } catch {
    return stop("USAGE", { detail: `The file ${path} can't be read.` });
  }
}
