/** Events handed to a consumer again, for a terminal: planned, applied in steps, recorded. */
import { findHeadPosition, findPosition, findPositionAt } from "@pitboss/db/ops/consumer-position";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Plan, planOf } from "../../edge/trpc/plan.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { replayConsumer, replayProvider } from "../replay.ts";

const position = z.string().regex(/^(0|[1-9][0-9]{0,18})$/);
const consumer = z.string().min(1).max(60);
/** Only the events of this game provider, among those that the consumer has applied; its position stays. */
const provider = z.string().min(1).max(40).nullish();
/** Positions of one call: whoever replays more comes again, and can stop in between. */
const mostAtOnce = 5_000n;

const range = z.object({
  consumer,
  /** Either a position (1 is the oldest), or a time, from which the first position is taken. */
  from: z.union([z.object({ position }), z.object({ time: z.iso.datetime() })]),
  /** The newest that there is where it is absent. */
  to: position.nullish(),
  provider,
});

interface ReplayRange {
  readonly consumer: string;
  readonly from: bigint;
  readonly to: bigint;
  /** Where the consumer is now. */
  readonly at: bigint;
  readonly provider: string | undefined;
}

export interface ReplayPlan extends Plan {
  readonly from: string;
  readonly to: string;
}

/** What a replay would hand over. What the consumer has applied is passed over: nothing is ever applied twice. */
export const planReplay = staffProcedure("event.replay")
  .input(range)
  .query(async ({ ctx, input }): Promise<ReplayPlan> => {
    const found = orThrow(await readRange(ctx.deps, input));
    return planOfReplay(ctx.deps, found);
  });

export interface ReplayStep {
  /** The last position that was looked at; go on after it. */
  readonly upTo: string;
  readonly events: number;
  /** Events that the consumer had applied before. */
  readonly passedOver: number;
  /** Both together. */
  readonly sent: number;
  readonly done: boolean;
}

/**
 * Hands over the next stretch. `plan` is the hash of the plan that was shown, for the first call; a later one goes on from
 * where the one before ended, and the consumer has moved since.
 */
export const replayEvents = staffProcedure("event.replay")
  .input(
    z.object({
      consumer,
      from: position,
      to: position,
      provider,
      plan: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .nullish(),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<ReplayStep> => {
    const { deps, acting } = ctx;
    const { reason, plan } = input;
    const asked = {
      consumer: input.consumer,
      from: { position: input.from },
      to: input.to,
      provider: input.provider,
    };
    const found = orThrow(await readRange(deps, asked));
    if (plan != null && planOfReplay(deps, found).hash !== plan) orThrow(err("PLAN_CHANGED"));
    const last = found.from + mostAtOnce - 1n < found.to ? found.from + mostAtOnce - 1n : found.to;
    // Recorded before it begins: what a consumer did stands, whatever becomes of this call.
    orThrow(
      await withAudit(deps.db, acting, (_tx, note) => {
        const only = found.provider === undefined ? {} : { provider: found.provider };
        const after = { from: `${found.from}`, to: `${last}`, at: `${found.at}`, ...only };
        note({ action: "event.replay", subject: { kind: "consumer", id: found.consumer }, reason, after });
        return Promise.resolve(ok(true));
      }),
    );
    const done = await handOver(deps, found, last);
    if ("refused" in done) {
      orThrow(err("OVERLOADED", `The consumer is at work at this moment (${done.refused}); it goes on by itself.`));
      throw new Error("a refusal is thrown");
    }
    const { upTo, events, passedOver } = done;
    return { upTo: upTo.toString(), events, passedOver, sent: events + passedOver, done: upTo >= found.to };
  });

function handOver({ db, events }: StaffDeps, { consumer: name, provider: only, from }: ReplayRange, to: bigint) {
  const { source, handlers, again } = events;
  const context = { db, source };
  if (only === undefined) {
    const handle = handlers.get(name);
    if (handle === undefined) throw new Error("a range names a consumer that is known");
    return replayConsumer(context, { from, to }, { name, handle });
  }
  const handleAgain = again.get(name);
  if (handleAgain === undefined) throw new Error("a range of a provider names a consumer that takes it");
  return replayProvider(context, { from, to }, { name, provider: only, handleAgain });
}

async function readRange(
  { db, events, catalog }: StaffDeps,
  input: z.infer<typeof range>,
): Promise<Result<ReplayRange>> {
  const at = events.handlers.has(input.consumer) ? await findPosition(db, input.consumer) : undefined;
  if (at === undefined) {
    const known = [...events.handlers.keys()].join(", ");
    return err("RECORD_NOT_FOUND", `There is no consumer "${input.consumer}"; there is ${known}.`);
  }
  const only = input.provider ?? undefined;
  if (only !== undefined) {
    if (!catalog.all().some(({ providerCode }) => providerCode === only)) return err("PROVIDER_NOT_FOUND");
    if (!events.again.has(input.consumer)) {
      const able = [...events.again.keys()].join(", ");
      return err(
        "REQUEST_INVALID",
        `"${input.consumer}" takes whole stretches alone; a provider's can be given to ${able}.`,
      );
    }
  }
  // What was not applied yet comes in its turn; of a provider alone, nothing behind the position is handed over.
  const head = only === undefined ? await findHeadPosition(db) : at;
  const to = input.to == null || BigInt(input.to) > head ? head : BigInt(input.to);
  const from =
    "position" in input.from ? BigInt(input.from.position) : await findPositionAt(db, new Date(input.from.time));
  if (from === undefined || from > to || from < 1n)
    return err("REQUEST_INVALID", `There are the positions 1 to ${head}.`);
  // Beginning behind what it has applied would leave events out for ever.
  if (from > at + 1n)
    return err("REQUEST_INVALID", `"${input.consumer}" goes on at ${at + 1n}; begin there or before.`);
  return ok({ consumer: input.consumer, from, to, at, provider: only });
}

function planOfReplay({ settings }: StaffDeps, found: ReplayRange): ReplayPlan {
  const { consumer: id, from, to, at, provider: only } = found;
  if (only !== undefined) {
    const what = `Hand over the events of ${only} at positions ${from} to ${to} again: what is missing of them is applied, and its position stays`;
    const before = { position: `${at}` };
    const look = { id, what, before, after: { ...before, from: `${from}`, to: `${to}`, provider: only } };
    return { ...planOf("event.replay", { provider: only }, [look], settings.production), from: `${from}`, to: `${to}` };
  }
  const applied = at < from ? 0n : (at < to ? at : to) - from + 1n;
  const fresh = to - from + 1n - applied;
  const what = `Hand over positions ${from} to ${to}: ${fresh} are new to it, ${applied} were applied and are passed over`;
  const look = {
    id,
    what,
    before: { position: `${at}` },
    after: { position: `${at > to ? at : to}`, from: `${from}` },
  };
  return { ...planOf("event.replay", {}, [look], settings.production), from: `${from}`, to: `${to}` };
}
