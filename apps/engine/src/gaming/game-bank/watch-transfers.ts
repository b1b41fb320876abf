/** Tells people of transfers whose outcome is open for longer than the provider's policy lets them be, until they are over. */
import { listOpenTransferTimes } from "@pitboss/db/gaming/bank-transfer-store";
import { closeAlert, listOpenAlerts } from "@pitboss/db/ops/house-alert-store";
import { defaultGameBank } from "@pitboss/domain/gaming/provider-policy";
import type { HealingMetrics } from "../../ops/metrics.ts";
import { raiseHouseAlert } from "../../ops/raise-house-alert.ts";
import type { BankDesk } from "./game-bank.ts";

const kind = "TRANSFERS_UNKNOWN";
const runbook = "docs/operations/transfers-unknown.md";
const minuteMs = 60_000;

export async function watchTransfers(desk: BankDesk, metrics: Pick<HealingMetrics, "countAlert">): Promise<boolean> {
  const nowMs = desk.clock.now();
  const late = new Map<string, { readonly since: Date; count: number }>();
  for (const { provider, at } of await listOpenTransferTimes(desk.db)) {
    const minutes = desk.integrations.byCode(provider)?.policy.gameBank?.alertMinutes ?? defaultGameBank.alertMinutes;
    if (nowMs - at.getTime() <= minutes * minuteMs) continue;
    const known = late.get(provider);
    if (known === undefined) late.set(provider, { since: at, count: 1 });
    else known.count += 1;
  }
  for (const [provider, { since, count }] of late) {
    const data = { provider, transfers: count, since: since.toISOString(), runbook };
    await raiseHouseAlert(desk, metrics, { kind, subject: provider, data });
  }
  for (const alert of await listOpenAlerts(desk.db)) {
    if (alert.kind === kind && !late.has(alert.subject)) {
      await closeAlert(desk.db, kind, alert.subject, new Date(nowMs));
    }
  }
  return false;
}
