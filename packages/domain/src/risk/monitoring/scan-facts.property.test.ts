import fc from "fast-check";
import { expect, test } from "vitest";
import { type MoneyFact, moneyFactKinds, type PlayerFacts } from "./monitoring-facts.ts";
import { isMoneyRule, lookBackMs, type RuleConditions } from "./monitoring-rule.ts";
import { scanFacts } from "./scan-facts.ts";

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);

const money = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 24 * 40 }),
      kind: fc.constantFrom(...moneyFactKinds),
      amount: fc.bigInt({ min: 1n, max: 300_000n }),
      instrument: fc.constantFrom(null, "psp:a", "psp:b"),
    }),
    { maxLength: 40 },
  )
  .map((drafts) => {
    let atMs = start;
    return drafts.map(({ gap, ...draft }, index): MoneyFact => {
      atMs += gap * hour;
      return { ...draft, id: `evt_${index}`, atMs, currency: "EUR", method: "CARD" };
    });
  });

const conditions = fc.constantFrom<RuleConditions[]>(
  { kind: "ACCRUED_DEPOSITS", amount: "2000.00", currency: "EUR", days: 30 },
  { kind: "NET_DEPOSITS", amount: "500.00", currency: "EUR", days: 30, countries: [] },
  { kind: "RAPID_IN_OUT", amount: "100.00", currency: "EUR", hours: 72, outPercent: 50, playedBelowPercent: 50 },
  { kind: "STRUCTURING", threshold: "2000.00", currency: "EUR", bandPercent: 50, count: 2, days: 30 },
  { kind: "METHOD_MISMATCH", amount: "10.00", currency: "EUR", days: 60 },
  { kind: "DORMANT_ACTIVE", dormantDays: 10, amount: "100.00", currency: "EUR", days: 7 },
);

const factsOf = (facts: readonly MoneyFact[]): PlayerFacts => {
  return { playerId: 1n, country: "GB", money: facts, play: [], shared: [], seenMs: [] };
};
const always = { fromMs: 0, toMs: Date.UTC(2040, 0, 1) };

test("what has happened is judged the same on its day and in hindsight: nothing that came later plays a part", () => {
  fc.assert(
    fc.property(conditions, money, fc.integer({ min: 1, max: 60 }), (rule, facts, quietDays) => {
      const hindsight = scanFacts({ conditions: rule, quietDays }, factsOf(facts), new Map(), always);
      const spoken: number[] = [];
      const live = facts.flatMap((fact, index) => {
        const known = factsOf(facts.slice(0, index + 1));
        // As the consumer does: only the newest is judged, those of the same instant come one after the other.
        const found = scanFacts(
          { conditions: rule, quietDays },
          known,
          new Map(),
          { fromMs: fact.atMs, toMs: fact.atMs },
          spoken,
        );
        spoken.push(...found.map(({ atMs }) => atMs));
        return found;
      });
      expect(live.map(({ trigger }) => trigger)).toEqual(hindsight.map(({ trigger }) => trigger));
    }),
  );
});

test("facts before the rule's look-back change nothing", () => {
  fc.assert(
    fc.property(conditions, money, (rule, facts) => {
      fc.pre(rule.kind !== "DORMANT_ACTIVE" && isMoneyRule(rule));
      const last = facts.at(-1);
      if (last === undefined) return;
      const span = { fromMs: last.atMs, toMs: last.atMs };
      const near = facts.filter(({ atMs }) => atMs >= last.atMs - lookBackMs(rule));
      const judge = (of: readonly MoneyFact[]) =>
        scanFacts({ conditions: rule, quietDays: 1 }, factsOf(of), new Map(), span);
      expect(judge(near)).toEqual(judge(facts));
    }),
  );
});

test("two findings of a rule are never closer than its quiet days", () => {
  fc.assert(
    fc.property(conditions, money, fc.integer({ min: 1, max: 60 }), (rule, facts, quietDays) => {
      const found = scanFacts({ conditions: rule, quietDays }, factsOf(facts), new Map(), always);
      for (const [index, finding] of found.entries()) {
        const before = found[index - 1];
        if (before !== undefined) expect(finding.atMs - before.atMs).toBeGreaterThanOrEqual(quietDays * 24 * hour);
      }
    }),
  );
});
