import type { Command } from "commander";
import { stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, type AppliedItem, runWrite, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect, type Engine } from "../session/engine.ts";

type ReplayPlan = Outputs["event"]["planReplay"];

interface ReplayOptions extends WriteOptions {
  readonly from?: string;
  readonly fromTime?: string;
  readonly to?: string;
  readonly provider?: string;
}

export function eventCommands(program: Command, run: Run): void {
  const event = program.command("event").description("What happened, as those hear it that follow the ledger.");
  addWriteOptions(
    event
      .command("replay")
      .description(
        "Hand committed events to a consumer again. What it applied before is passed over, so a replay changes nothing twice.",
      )
      .argument("<consumer>", "which, as doctor names it: archive, reports, monitoring")
      .option("--from <position>", "from this position on; 1 is the oldest")
      .option("--from-time <instant>", "from the first position at this time on, as in 2026-11-23T03:00:00Z")
      .option("--to <position>", "up to and with this position; by default the newest")
      .option(
        "--provider <provider>",
        "only the events of this game provider, among those that were applied: what the consumer has lost of them is applied, its position stays",
      ),
  ).action(
    run(async (world, consumer: string, options: ReplayOptions) => {
      const { from, fromTime, to, provider } = options;
      if ((from === undefined) === (fromTime === undefined)) {
        stop("USAGE", { detail: "A replay begins somewhere: give either --from or --from-time." });
      }
      const begin = from === undefined ? { time: fromTime ?? "" } : { position: from };
      const engine = connect(world);
      let plan: ReplayPlan | undefined;
      return runWrite(world, options, {
        context: engine.context,
        show: async () =>
          (plan = await engine.call((api) => api.event.planReplay.query({ consumer, from: begin, to, provider }))),
        apply: async (_shown, _items, reason) =>
          plan === undefined ? [] : [await replay(world, engine, plan, reason, provider)],
      });
    }),
  );
}

/** In steps, each of which is recorded; an interruption ends between two of them. */
async function replay(
  world: World,
  engine: Engine,
  { hash, from, to, items }: ReplayPlan,
  reason: string,
  provider: string | undefined,
): Promise<AppliedItem> {
  const consumer = items[0]?.id ?? "";
  const counts = { sent: 0, events: 0, passedOver: 0 };
  const progress = world.talk.progress("Handing over positions", Number(BigInt(to) - BigInt(from) + 1n));
  for (let next = from, plan: string | null = hash; ; plan = null) {
    const start = next;
    const step = await engine.call((api) =>
      api.event.replay.mutate({ consumer, from: start, to, provider, plan, reason }),
    );
    counts.sent += step.sent;
    counts.events += step.events;
    counts.passedOver += step.passedOver;
    next = `${BigInt(step.upTo) + 1n}`;
    progress.at(Number(BigInt(next) - BigInt(from)), `${counts.events} events`);
    if (step.done) break;
    const only = provider === undefined ? "" : ` --provider ${provider}`;
    world.resumeWith(`Go on with: pitboss event replay ${consumer} --from ${next} --to ${to}${only}`);
    if (world.signal.aborted) stop("INTERRUPTED");
  }
  progress.end();
  world.talk.say(`${counts.sent} events were sent, ${counts.events} applied, ${counts.passedOver} known already.`);
  return { id: consumer, done: true, result: { ...counts, from, to } };
}
