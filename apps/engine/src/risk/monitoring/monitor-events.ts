/**
 * The consumer that watches: it notes the facts that events tell, and judges the players whom they are about. Rules of
 * risk look at the last day alone: a house that replays its history does not lock players for what they did long ago.
 */
import { writeAudit } from "@pitboss/db/audit/write-audit";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { listSpoken } from "@pitboss/db/risk/alert-store";
import { deleteOldMinutes } from "@pitboss/db/risk/fact-store";
import { listCurrentRules, ruleOf } from "@pitboss/db/risk/monitoring-rule-store";
import { isPlayRule, type MonitoringRule } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { scanFacts } from "@pitboss/domain/risk/monitoring/scan-facts";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { type AuditNote, auditEntryOf } from "../../audit/acting.ts";
import type { Clock } from "../../kernel/context.ts";
import type { Consumer, ConsumerOptions, EventBus } from "../../ops/event-bus.ts";
import type { Pace } from "../../ops/pace.ts";
import { noteFacts, type TouchedSpan } from "./note-facts.ts";
import { raiseAlert } from "./raise-alert.ts";
import { monitoringActing } from "./react.ts";
import { readFacts, snapshotOf } from "./read-facts.ts";

/** Under this name its position is kept. */
export const monitoringConsumer = "monitoring";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** No bet waits for a rule, and a rule that speaks a few seconds later speaks in time. */
const gapMs = 2_000;
const most = 5_000;
/** Play older than this is of no use to any rule. */
const playKeptDays = 90;

export interface MonitoringParts {
  readonly clock: Clock;
  readonly reporting: Currency;
}

export function startMonitoring(bus: EventBus, parts: MonitoringParts, pace: Pace): Consumer {
  return bus.startConsumer({ name: monitoringConsumer, gapMs, most, pace, handle: monitorEvents(parts) });
}

export function monitorEvents({ clock, reporting }: MonitoringParts): ConsumerOptions["handle"] {
  let sweptMs = 0;
  return async (events, tx) => {
    const now = new Date(clock.now());
    const touched = await noteFacts(tx, events);
    if (now.getTime() - sweptMs > hourMs) {
      await deleteOldMinutes(tx, new Date(now.getTime() - playKeptDays * dayMs));
      sweptMs = now.getTime();
    }
    if (touched.money.size === 0 && touched.play.size === 0) return;
    const rules = (await listCurrentRules(tx)).map(ruleOf).filter(({ on }) => on);
    const byPlay = rules.filter(({ conditions }) => isPlayRule(conditions));
    const byMoney = rules.filter(({ conditions }) => !isPlayRule(conditions));
    const notes: AuditNote[] = [];
    await judge({ tx, now, notes, reporting }, byMoney, touched.money);
    await judge({ tx, now, notes, reporting }, byPlay, touched.play);
    if (notes.length === 0) return;
    await writeAudit(
      tx,
      notes.map((note) => auditEntryOf(monitoringActing, note)),
    );
  };
}

interface Judging {
  readonly tx: Transaction;
  readonly now: Date;
  readonly notes: AuditNote[];
  readonly reporting: Currency;
}

async function judge(
  { tx, now, notes, reporting }: Judging,
  rules: readonly MonitoringRule[],
  touched: ReadonlyMap<bigint, TouchedSpan>,
): Promise<void> {
  // In the order in which the ledger's door locks players, so that a reaction and a bet never wait for each other.
  const playerIds = [...touched.keys()].sort((a, b) => (a < b ? -1 : 1));
  if (playerIds.length === 0 || rules.length === 0) return;
  const fromMs = Math.min(...[...touched.values()].map((span) => span.fromMs));
  const { players, rates } = await readFacts(tx, playerIds, rules, fromMs, reporting);
  const spoken = await listSpoken(tx, playerIds);
  const recentMs = now.getTime() - dayMs;
  for (const facts of players) {
    const span = touched.get(facts.playerId);
    if (span === undefined) continue;
    for (const rule of rules) {
      if (rule.desk === "RISK" && span.toMs < recentMs) continue;
      const seen = rule.desk === "RISK" ? { ...span, fromMs: Math.max(span.fromMs, recentMs) } : span;
      const before = spoken.get(`${facts.playerId} ${rule.code}`);
      for (const finding of scanFacts(rule, facts, rates, seen, before)) {
        const evidence = snapshotOf(facts, finding.facts);
        await raiseAlert({ tx, now, note: (note) => void notes.push(note) }, rule, facts.playerId, finding, evidence);
      }
    }
  }
}
