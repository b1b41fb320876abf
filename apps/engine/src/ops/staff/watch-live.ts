import { type Permission, permissionNames } from "@pitboss/domain/identity/permissions";
import { tracked } from "@trpc/server";
import { z } from "zod";
import { procedure } from "../../edge/trpc/procedure.ts";
import { checkPermission } from "../../identity/actor.ts";
import { type LiveItem, permissionOfKind } from "../live/live-item.ts";

export interface LiveNews {
  /** Oldest first. */
  readonly items: readonly LiveItem[];
  /** True where more happened than is told. */
  readonly leftOut: boolean;
}

/** A stream ends after this long and is asked for anew, so that a session that has ended is noticed. */
const turnMs = 60_000;

/** What just happened, as far as the reader may see it, as it happens. */
export const watchLive = procedure("bet.read")
  .input(z.object({ lastEventId: z.string().max(40).nullish() }).nullish())
  .subscription(async function* ({ ctx, input, signal }) {
    const now = ctx.deps.clock.now();
    const held = new Set<Permission>(
      permissionNames.filter((permission) => checkPermission(ctx.actor, permission, now).ok),
    );
    const turn = AbortSignal.any([...(signal === undefined ? [] : [signal]), AbortSignal.timeout(turnMs)]);
    for await (const { items, leftOut, cursor } of ctx.live.watch(input?.lastEventId ?? undefined, turn)) {
      const news: LiveNews = { items: items.filter(({ kind }) => held.has(permissionOfKind[kind])), leftOut };
      yield tracked(cursor, news);
    }
  });
