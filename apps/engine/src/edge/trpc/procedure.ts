/**
 * How a procedure of the staff API is made. There is no other way than these two functions, both of which take the
 * permission first: a procedure without one does not compile, and a test walks the router in case somebody went around.
 */
import type { Permission } from "@pitboss/domain/identity/permissions";
import { initTRPC } from "@trpc/server";
import type { Acting } from "../../audit/acting.ts";
import { type Actor, actingOf, checkPermission, type StaffActor } from "../../identity/actor.ts";
import type { TrpcContext } from "./context.ts";
import { failureShape, throwFailure } from "./failure.ts";

export interface ProcedureMeta {
  readonly permission: Permission;
}

const t = initTRPC
  .context<TrpcContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      // A bug's message is for the log, not for whoever met it.
      message: error.code === "INTERNAL_SERVER_ERROR" ? "INTERNAL" : shape.message,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        failure: failureShape(error, ctx?.traceId ?? ""),
      },
    }),
    sse: { ping: { enabled: true, intervalMs: 15_000 } },
  });

export const router = t.router;
export const createCaller = t.createCallerFactory;

/** For people and for machines whose key has the permission. The check comes before the input is looked at. */
export function procedure(permission: Permission) {
  return t.procedure.meta({ permission }).use(({ ctx, next }) => {
    const { actor } = ctx;
    if (!actor.ok) throwFailure(actor.error);
    const allowed = checkPermission(actor.value, permission, ctx.deps.clock.now());
    if (!allowed.ok) throwFailure(allowed.error);
    const acting: Acting = actingOf(actor.value, ctx.traceId);
    return next({ ctx: { actor: actor.value satisfies Actor, acting } });
  });
}

/** For people alone: what is theirs, or needs a name under it. */
export function staffProcedure(permission: Permission) {
  return procedure(permission).use(({ ctx, next }) => {
    if (ctx.actor.kind !== "staff") throwFailure({ code: "NOT_ALLOWED", detail: "This is for people." });
    const staff: StaffActor = ctx.actor;
    return next({ ctx: { staff } });
  });
}
