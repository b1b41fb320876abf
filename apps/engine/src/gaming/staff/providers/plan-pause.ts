/** Plans of pausing providers and taking their bets again, for a terminal. */
import { listProviders } from "@pitboss/db/catalog/provider-store";
import { z } from "zod";
import { type Look, planned } from "../../../edge/trpc/plan.ts";
import { createCaller, router } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { pauseProvider } from "../../../catalog/staff/pause-provider.ts";

const callerOf = createCaller(router({ pauseProvider }));

const plan = (action: "provider.pause" | "provider.resume", paused: boolean, what: string) =>
  planned({
    action,
    permission: "provider.pause",
    params: z.object({}),
    look: ({ deps }, targets) => lookAtEach(deps, targets, paused, what),
    apply: async ({ trpc }, id, _params, reason) => ({
      ...(await callerOf(trpc).pauseProvider({ provider: id, paused, reason })),
    }),
  });

export const planProviders = {
  providerPause: plan("provider.pause", true, "Take no more bets; wins and rollbacks still post"),
  providerResume: plan("provider.resume", false, "Take bets again"),
};

async function lookAtEach(
  { db }: StaffDeps,
  targets: readonly string[],
  paused: boolean,
  what: string,
): Promise<Look[]> {
  const providers = await listProviders(db);
  const looks: Look[] = [];
  for (const id of targets) {
    const current = providers.find(({ code }) => code === id);
    const isPaused = current?.pausedAt != null;
    if (current === undefined) looks.push({ id, failure: { code: "PROVIDER_NOT_FOUND" } });
    else if (isPaused === paused) looks.push({ id, failure: { code: "NOTHING_CHANGES" } });
    else {
      const state = (stopped: boolean) => ({ state: stopped ? "PAUSED" : "OPEN" });
      looks.push({ id, what: `${current.name}: ${what}`, before: state(isPaused), after: state(paused) });
    }
  }
  return looks;
}
