/**
 * Voids bets whose provider has said nothing for longer than it takes, by the house itself and within the provider's
 * limits. Each goes through the ledger's door under one request id for ever, so that a run that was cut off gives nothing
 * back twice. What goes beyond the limits is left to people, who are told so.
 */
import { randomUUID } from "node:crypto";
import { auditStatementValues, writeAuditStatement } from "@pitboss/db/audit/write-audit";
import {
  claimStaleRuns,
  endStaleRun,
  insertStaleRun,
  listStaleBets,
  type StaleCounts,
  type StalePolicyRow,
} from "@pitboss/db/gaming/stale-store";
import { closeAlert } from "@pitboss/db/ops/house-alert-store";
import {
  judgeStaleRun,
  readMostAmounts,
  staleRunRule,
  type StaleVerdict,
} from "@pitboss/domain/gaming/judge-stale-run";
import type { VoidListItem } from "@pitboss/domain/gaming/void-list";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { auditEntryOf, systemActing } from "../../../audit/acting.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import type { HealingMetrics } from "../../../ops/metrics.ts";
import { raiseHouseAlert } from "../../../ops/raise-house-alert.ts";
import { hash64, requestKey } from "../../request-key.ts";

type Deps = Pick<StaffDeps, "db" | "clock" | "log" | "lanes">;

const actor = "stale-rounds";
/** Bets that are under way at a time. */
const chunkSize = 200;

/** Runs the providers whose time has come; there is never more to do at once. */
export async function runStaleRounds(deps: Deps, metrics: HealingMetrics): Promise<false> {
  for (const policy of await claimStaleRuns(deps.db, new Date(deps.clock.now()))) {
    await runProvider(deps, metrics, policy);
  }
  return false;
}

async function runProvider(deps: Deps, metrics: HealingMetrics, policy: StalePolicyRow): Promise<void> {
  const { db, clock, log } = deps;
  const { providerId, providerCode } = policy;
  const startedAt = new Date(clock.now());
  const bets = await listStaleBets(db, providerId, startedAt, policy.mostBets + 1);
  const mostAmounts = readMostAmounts(policy.mostAmounts);
  // Limits that can't be read are none: everything is left to people.
  const verdict = judgeStaleRun({ ...policy, mostAmounts: mostAmounts ?? new Map() }, bets);
  if (verdict.kind === "NOTHING") {
    await closeAlert(db, "STALE_BETS", providerCode, startedAt);
    return;
  }
  const sums = verdict.sums.map(({ currency, amount }) => ({ currency, amount: formatMinor(amount, currency) }));
  const runId = await insertStaleRun(db, {
    providerId,
    startedAt,
    ruleVersion: staleRunRule.version,
    found: bets.length,
    sums,
    stop: verdict.kind === "STOP" ? verdict.stop : null,
    over: verdict.kind === "STOP" ? verdict.over : null,
  });
  if (verdict.kind === "STOP") {
    await leaveToPeople(deps, metrics, policy, bets.length, verdict, sums);
    await endStaleRun(db, runId, { voided: 0, refused: 0, failed: 0 }, new Date(clock.now()));
    return;
  }
  const counts = await voidAll(deps, policy, bets);
  await endStaleRun(db, runId, counts, new Date(clock.now()));
  await closeAlert(db, "STALE_BETS", providerCode, new Date(clock.now()));
  for (const result of ["voided", "refused", "failed"] as const) {
    if (counts[result] > 0) metrics.countStale(providerCode, result, counts[result]);
  }
  log.info({ provider: providerCode, ...counts }, "stale bets were voided");
}

async function leaveToPeople(
  deps: Deps,
  metrics: HealingMetrics,
  { providerCode, mostBets, staleAfterMinutes }: StalePolicyRow,
  found: number,
  { stop, over }: Extract<StaleVerdict, { kind: "STOP" }>,
  sums: readonly { readonly currency: string; readonly amount: string }[],
): Promise<void> {
  metrics.countStale(providerCode, "left", found);
  await raiseHouseAlert(deps, metrics, {
    kind: "STALE_BETS",
    subject: providerCode,
    data: {
      provider: providerCode,
      stop,
      over,
      // The search ends one bet above the limit.
      bets: found,
      more: found > mostBets,
      sums: sums.map((sum) => ({ ...sum })),
      staleAfterMinutes,
    },
  });
}

async function voidAll(deps: Deps, policy: StalePolicyRow, bets: readonly VoidListItem[]): Promise<StaleCounts> {
  const counts = { voided: 0, refused: 0, failed: 0 };
  for (let from = 0; from < bets.length; from += chunkSize) {
    const chunk = bets.slice(from, from + chunkSize);
    for (const result of await Promise.all(chunk.map((bet) => voidOne(deps, policy, bet)))) counts[result] += 1;
  }
  return counts;
}

async function voidOne(
  { lanes }: Deps,
  { providerCode, staleAfterMinutes }: StalePolicyRow,
  { betId, playerId, currency, held }: VoidListItem,
): Promise<keyof StaleCounts> {
  const bet = formatId("bet", betId);
  const requestId = `${actor}:${bet}`;
  const reason = `${providerCode} sent no result within ${staleAfterMinutes} minutes (${staleRunRule.name} v${staleRunRule.version})`;
  const traceId = randomUUID();
  const entry = auditEntryOf(
    { ...systemActing(actor), traceId },
    {
      action: "bet.void",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason,
      before: { bet, status: "HELD", held: formatMinor(held, currency), currency },
      after: { bet, status: "VOIDED" },
    },
  );
  const answer = await lanes.submit({
    requestId,
    traceId,
    actor: `system:${actor}`,
    command: {
      type: "void",
      playerId,
      bet: { betId },
      held,
      reason,
      requestKey: requestKey("stale", requestId),
      bodyHash: hash64(`void|${requestId}|${held}`),
    },
    alongside: [{ statement: writeAuditStatement, values: auditStatementValues(entry) }],
  });
  if (answer.kind === "failed") return "failed";
  const { outcome } = answer.ran;
  return outcome.kind === "accepted" || (outcome.kind === "repeated" && outcome.request.kind !== "DENIED")
    ? "voided"
    : "refused";
}
