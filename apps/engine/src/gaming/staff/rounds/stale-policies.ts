import {
  listLastStaleRuns,
  listStalePolicies as listPolicies,
  setStalePolicy as storePolicy,
  type StalePolicyRow,
  type StaleRunRow,
} from "@pitboss/db/gaming/stale-store";
import { readMostAmounts } from "@pitboss/domain/gaming/judge-stale-run";
import { err, ok } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { reasonInput } from "../../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../../edge/trpc/procedure.ts";

export interface StalePolicyView extends Omit<StalePolicyRow, "providerId" | "lastRunAt"> {
  readonly lastRunAt: string | null;
  /** The newest run that found stale bets. */
  readonly lastFound: Omit<StaleRunRow, "providerId"> | null;
}

/** How far the house voids each provider's stale bets by itself, and what the last run did. */
export const listStalePolicies = procedure("bet.read").query(async ({ ctx }): Promise<readonly StalePolicyView[]> => {
  const { db } = ctx.deps;
  const policies = await listPolicies(db);
  const runs = new Map((await listLastStaleRuns(db)).map(({ providerId, ...run }) => [providerId, run]));
  return policies.map(({ providerId, lastRunAt, ...policy }) => ({
    ...policy,
    lastRunAt: lastRunAt?.toISOString() ?? null,
    lastFound: runs.get(providerId) ?? null,
  }));
});

const change = z.object({
  provider: z.string().max(40),
  autoVoid: z.boolean(),
  mostBets: z.int().min(1).max(1_000),
  /** Decimal strings by currency. */
  mostAmounts: z.record(z.string(), z.string()),
  runEveryMinutes: z.int().min(5).max(1_440),
  /** How long a bet may be without a result; as it is where it is not named. */
  staleAfterMinutes: z.int().min(15).max(129_600).optional(),
  reason: reasonInput,
});

export const setStalePolicy = staffProcedure("bet.stale-policy")
  .input(change)
  .mutation(async ({ ctx, input }): Promise<{ readonly provider: string }> => {
    const { deps, acting } = ctx;
    const { provider, reason, autoVoid, mostBets, runEveryMinutes } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const before = (await listPolicies(tx)).find(({ providerCode }) => providerCode === provider);
        if (before === undefined) return err("PROVIDER_NOT_FOUND");
        const staleAfterMinutes = input.staleAfterMinutes ?? before.staleAfterMinutes;
        if (staleAfterMinutes <= before.stuckAfterMinutes) {
          const detail = `A round is stuck after ${before.stuckAfterMinutes} minutes; it is stale later than that.`;
          return err("REQUEST_INVALID", detail, { fields: ["staleAfterMinutes"] });
        }
        const read = readMostAmounts(input.mostAmounts);
        if (read === undefined) {
          return err("AMOUNT_INVALID", "A limit is no amount of its currency.", { fields: ["mostAmounts"] });
        }
        const mostAmounts = Object.fromEntries([...read].map(([code, amount]) => [code, formatMinor(amount, code)]));
        const after = { staleAfterMinutes, autoVoid, mostBets, mostAmounts, runEveryMinutes };
        await storePolicy(tx, before.providerId, after);
        note({
          action: "provider.stale-policy",
          subject: { kind: "provider", id: provider },
          reason,
          before: {
            staleAfterMinutes: before.staleAfterMinutes,
            autoVoid: before.autoVoid,
            mostBets: before.mostBets,
            mostAmounts: { ...before.mostAmounts },
            runEveryMinutes: before.runEveryMinutes,
          },
          after,
        });
        return ok({ provider });
      }),
    );
  });
