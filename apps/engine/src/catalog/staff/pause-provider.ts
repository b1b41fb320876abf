import { listProviders as listRecords, lockProvider, setPaused } from "@pitboss/db/catalog/provider-store";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";

export interface ProviderView {
  readonly code: string;
  readonly name: string;
  readonly games: number;
  readonly paused: { readonly since: string; readonly reason: string } | null;
}

export const listProviders = procedure("game.read").query(async ({ ctx }): Promise<readonly ProviderView[]> => {
  const providers = await listRecords(ctx.deps.db);
  return providers.map(({ code, name, games, pausedAt, pausedReason }) => ({
    code,
    name,
    games,
    paused: pausedAt === null ? null : { since: pausedAt.toISOString(), reason: pausedReason ?? "" },
  }));
});

/** Its games take no bets from a second later on, and the lobby marks them. What was staked before is settled all the same. */
export const pauseProvider = staffProcedure("provider.pause")
  .input(z.object({ provider: z.string().max(40), paused: z.boolean(), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly provider: string; readonly paused: boolean }> => {
    const { deps, acting } = ctx;
    const { provider, paused, reason } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const before = await lockProvider(tx, provider);
        if (before === undefined) return err("PROVIDER_NOT_FOUND");
        if (before.paused === paused) return err("NOTHING_CHANGES");
        await setPaused(tx, before.id, paused ? { at: new Date(deps.clock.now()), reason } : null);
        note({
          action: paused ? "provider.pause" : "provider.resume",
          subject: { kind: "provider", id: provider },
          reason,
          before: { paused: before.paused, ...(before.reason === null ? {} : { reason: before.reason }) },
          after: { paused },
        });
        return ok({ provider, paused });
      }),
    );
  });
