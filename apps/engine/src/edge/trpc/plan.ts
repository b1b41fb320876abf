/**
 * Plans: what a write would do, item by item, with a hash that names exactly that. A plan is made from what stands in
 * the database and is stored nowhere. To apply it, each item is looked at again: one that is not as it was planned is
 * not touched, and the answer says so. What applies an item is the same procedure that the console calls.
 */
import { createHash } from "node:crypto";
import type { Permission } from "@pitboss/domain/identity/permissions";
import { errorRow, type ErrorCode } from "@pitboss/domain/kernel/errors";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import type { Failure } from "@pitboss/domain/kernel/result";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import type { StaffActor } from "../../identity/actor.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { TrpcContext } from "./context.ts";
import { failureShape } from "./failure.ts";
import { reasonInput } from "./inputs.ts";
import { router, staffProcedure } from "./procedure.ts";

export interface PlanItem {
  /** Of what is changed: a public id, or a name. */
  readonly id: string;
  /** What it is and what happens to it, as a person reads it. */
  readonly what: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly hash: string;
}

/** Asked for, and can't be done as things stand. */
export interface LeftOut {
  readonly id: string;
  readonly code: ErrorCode;
  readonly sentence: string;
  readonly detail: string | null;
}

export interface Plan {
  readonly action: string;
  /** Names the plan: the action and all of its items as they are now. 16 hex digits. */
  readonly hash: string;
  readonly count: number;
  readonly items: readonly PlanItem[];
  readonly leftOut: readonly LeftOut[];
  /** True where the engine runs in production. */
  readonly production: boolean;
}

export type AppliedItem =
  | { readonly id: string; readonly done: true; readonly result: JsonObject }
  | ({ readonly done: false; readonly retry: boolean } & LeftOut);

/** What was found where a write was asked for. */
export type Look =
  | { readonly id: string; readonly what: string; readonly before: JsonObject; readonly after: JsonObject }
  | { readonly id: string; readonly failure: Failure };

interface PlanContext {
  readonly deps: StaffDeps;
  readonly staff: StaffActor;
  /** To call the procedure that does it, as the same person. */
  readonly trpc: TrpcContext;
}

interface PlannedWrite<P> {
  /** In words that stay the same for ever, `player.lock`. */
  readonly action: string;
  readonly permission: Permission;
  readonly params: z.ZodType<P>;
  readonly look: (ctx: PlanContext, targets: readonly string[], params: P) => Promise<readonly Look[]>;
  readonly apply: (ctx: PlanContext, id: string, params: P, reason: string) => Promise<JsonObject>;
}

/** A plan is read by a person; more than this is for a job with a screen of its own. */
const mostTargets = 1_000;
/** Applied in one request. Whoever applies more comes again, and can stop in between. */
const mostAtOnce = 25;

const target = z.string().min(1).max(320);
const hashText = z.string().regex(/^[0-9a-f]{16}$/);

/** Two procedures: `show` makes the plan, `carryOut` does some of its items (tRPC keeps the word `apply` for itself). */
export function planned<P>({ action, permission, params, look, apply }: PlannedWrite<P>) {
  return router({
    show: staffProcedure(permission)
      .input(z.object({ targets: z.array(target).min(1).max(mostTargets), params }))
      .query(async ({ ctx, input }): Promise<Plan> => {
        const targets = [...new Set(input.targets)];
        const found = await look(planContext(ctx), targets, input.params);
        return planOf(action, input.params, found, ctx.deps.settings.production);
      }),
    carryOut: staffProcedure(permission)
      .input(
        z.object({
          plan: hashText,
          items: z
            .array(z.object({ id: target, hash: hashText }))
            .min(1)
            .max(mostAtOnce),
          params,
          reason: reasonInput,
        }),
      )
      .mutation(async ({ ctx, input }): Promise<{ readonly items: readonly AppliedItem[] }> => {
        const context = planContext(ctx);
        const ids = input.items.map(({ id }) => id);
        const now = new Map((await look(context, ids, input.params)).map((found) => [found.id, found]));
        const items: AppliedItem[] = [];
        for (const { id, hash } of input.items) {
          const found = now.get(id);
          if (found === undefined || "failure" in found) {
            items.push({ ...leftOut(id, found?.failure ?? { code: "RECORD_NOT_FOUND" }), done: false, retry: false });
          } else if (itemHash(action, input.params, found) !== hash) {
            items.push({ ...leftOut(id, { code: "PLAN_CHANGED" }), done: false, retry: false });
          } else {
            items.push(await applyOne(ctx.traceId, id, () => apply(context, id, input.params, input.reason)));
          }
        }
        return { items };
      }),
  });
}

function planContext(ctx: Pick<PlanContext, "deps" | "staff"> & Pick<TrpcContext, "traceId" | "live">): PlanContext {
  const { deps, staff, traceId, live } = ctx;
  return { deps, staff, trpc: { deps, live, actor: { ok: true, value: staff }, traceId } };
}

/** `params` are part of the hash: the same bets voided for another cause are another plan. */
export function planOf(action: string, params: unknown, found: readonly Look[], production: boolean): Plan {
  const items = found.flatMap((one) => ("failure" in one ? [] : [{ ...one, hash: itemHash(action, params, one) }]));
  return {
    action,
    hash: sha16(canonicalJson({ action, items: items.map(({ hash }) => hash) })),
    count: items.length,
    items,
    leftOut: found.flatMap((one) => ("failure" in one ? [leftOut(one.id, one.failure)] : [])),
    production,
  };
}

async function applyOne(traceId: string, id: string, work: () => Promise<JsonObject>): Promise<AppliedItem> {
  try {
    return { id, done: true, result: await work() };
  } catch (error) {
    // A bug or a broken connection ends the whole request: what was done so far shows when the plan is made again.
    if (!(error instanceof TRPCError) || error.code === "INTERNAL_SERVER_ERROR") throw error;
    const { code, sentence, detail, retry } = failureShape(error, traceId);
    return { id, done: false, code, sentence, detail, retry };
  }
}

function itemHash(action: string, params: unknown, { id, before, after }: Extract<Look, { what: string }>): string {
  return sha16(canonicalJson({ action, params: params as JsonObject, id, before, after }));
}

function leftOut(id: string, { code, detail }: Failure): LeftOut {
  return { id, code, sentence: errorRow(code).sentence, detail: detail ?? null };
}

function sha16(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
