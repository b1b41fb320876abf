/**
 * Judges the circuits of providers by what all engines counted of their calls. One engine does it at a time; the others
 * learn of it with the catalog of games. Nothing on the way of a bet reads any of this.
 */
import { deleteCallSlots, listCallSlots, lockCircuits, moveCircuit } from "@pitboss/db/gaming/circuit-store";
import { listProviderPolicies, type ProviderPolicyRow } from "@pitboss/db/gaming/provider-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { closeAlert } from "@pitboss/db/ops/house-alert-store";
import { type Circuit, judgeCircuit, openMs } from "@pitboss/domain/gaming/provider-circuit";
import { type ProviderPolicy, providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import type { Context } from "../../kernel/context.ts";
import type { HealingMetrics } from "../../ops/metrics.ts";
import { raiseHouseAlert } from "../../ops/raise-house-alert.ts";

/** What is older is not shown anywhere. */
const keepMs = 2 * 86_400_000;
/** The alert names the page that says what to do. */
const runbook = "docs/operations/provider-down.md";

/** There is never more to do at once. */
export async function judgeCircuits(context: Context, metrics: Pick<HealingMetrics, "countAlert">): Promise<false> {
  const { db, clock } = context;
  const nowMs = clock.now();
  const now = new Date(nowMs);
  await db.transaction(async (tx) => {
    const circuits = await lockCircuits(tx, now);
    if (circuits.size === 0) return;
    const watched = (await listProviderPolicies(tx)).flatMap((row) => {
      const read = providerPolicySchema.safeParse(row.policy);
      return read.success ? [{ row, policy: read.data }] : [];
    });
    const furthest = Math.max(0, ...watched.map(({ policy }) => lookBackMs(policy)));
    const slots = await listCallSlots(tx, new Date(nowMs - furthest));
    for (const { row, policy } of watched) {
      const circuit = circuits.get(row.providerId);
      if (circuit === undefined) continue;
      const next = judgeCircuit(circuit, slots.get(row.providerId) ?? [], policy.circuit, nowMs);
      if (next !== circuit) await move({ ...context, db: tx }, metrics, { row, policy, from: circuit, to: next });
    }
    await deleteCallSlots(tx, new Date(nowMs - keepMs));
  });
  return false;
}

function lookBackMs({ circuit }: ProviderPolicy): number {
  return ((circuit.silentSeconds ?? 0) + circuit.windowSeconds) * 1_000;
}

interface Step {
  readonly row: ProviderPolicyRow;
  readonly policy: ProviderPolicy;
  readonly from: Circuit;
  readonly to: Circuit;
}

async function move(
  context: Omit<Context, "db"> & { readonly db: Executor },
  metrics: Pick<HealingMetrics, "countAlert">,
  { row, policy, from, to }: Step,
): Promise<void> {
  const { db, log } = context;
  const at = new Date(to.sinceMs);
  await moveCircuit(db, row.providerId, { from, to, policyVersion: row.version });
  log.warn({ provider: row.code, from: from.state, to: to.state, why: to.why }, "a game provider's circuit moved");
  if (to.state === "CLOSED") await closeAlert(db, "PROVIDER_DOWN", row.code, at);
  if (to.state !== "OPEN") return;
  const until = new Date(to.sinceMs + openMs(to, policy.circuit)).toISOString();
  const data = { provider: row.code, ...to.why, trips: to.trips, until, runbook };
  await raiseHouseAlert(context, metrics, { kind: "PROVIDER_DOWN", subject: row.code, data });
}
