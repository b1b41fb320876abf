/**
 * Runs a rule over a player's facts. The same function judges what has just happened and what happened years ago, so that
 * a dry run over history finds exactly what the rule would have found on its day.
 */
import { judgeMoney, type Finding } from "./judge-money.ts";
import { judgePlay } from "./judge-play.ts";
import type { DayRates, PlayerFacts } from "./monitoring-facts.ts";
import { isMoneyRule, isPlayRule, type LinkConditions, type MonitoringRule } from "./monitoring-rule.ts";

const dayMs = 86_400_000;

export interface Span {
  readonly fromMs: number;
  /** Included. */
  readonly toMs: number;
}

/**
 * What the rule finds in the span, in the order of its times. `spokenMs` are the times at which it has spoken of this
 * player before; for its quiet days after each of them it finds nothing.
 */
export function scanFacts(
  rule: Pick<MonitoringRule, "conditions" | "quietDays">,
  facts: PlayerFacts,
  rates: DayRates,
  span: Span,
  spokenMs: readonly number[] = [],
): Finding[] {
  const quietMs = rule.quietDays * dayMs;
  const spoken = [...spokenMs];
  const findings: Finding[] = [];
  const isQuiet = (atMs: number): boolean => spoken.some((before) => Math.abs(atMs - before) < quietMs);
  const take = (finding: Finding | undefined): void => {
    if (finding === undefined) return;
    spoken.push(finding.atMs);
    findings.push(finding);
  };
  const { conditions } = rule;
  const inSpan = ({ atMs }: { readonly atMs: number }): boolean => atMs >= span.fromMs && atMs <= span.toMs;
  if (isMoneyRule(conditions)) {
    for (const fact of facts.money) {
      if (inSpan(fact) && !isQuiet(fact.atMs)) take(judgeMoney(conditions, { facts, rates, fact }));
    }
  } else if (isPlayRule(conditions)) {
    for (const minute of facts.play) {
      if (inSpan(minute) && !isQuiet(minute.atMs)) take(judgePlay(conditions, facts.play, minute));
    }
  } else if (!isQuiet(span.toMs)) {
    take(judgeLinks(conditions, facts, span.toMs));
  }
  return findings;
}

/** Sharing has no history of its own: it is judged as it stands. */
function judgeLinks(conditions: LinkConditions, facts: PlayerFacts, atMs: number): Finding | undefined {
  const wanted = conditions.kind === "SHARED_DEVICE" ? "DEVICE" : "INSTRUMENT";
  const [widest] = facts.shared
    .filter(({ kind, players }) => kind === wanted && players.length >= conditions.accounts)
    .sort((a, b) => b.players.length - a.players.length);
  if (widest === undefined) return undefined;
  return {
    atMs,
    trigger: `${wanted.toLowerCase()}:${widest.key}`,
    measured: { accounts: `${widest.players.length}`, threshold: `${conditions.accounts}` },
    facts: [`${wanted.toLowerCase()}:${widest.key}`],
  };
}
