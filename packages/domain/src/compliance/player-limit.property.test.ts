import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideConfirm, decideLimit, isStricter, type LimitAmount, waitingStateAt } from "./player-limit.ts";

const amount: fc.Arbitrary<LimitAmount> = fc.option(fc.bigInt({ min: 0n, max: 100n }), { nil: null, freq: 5 });
const rules = fc.record({
  increaseHours: fc.integer({ min: 0, max: 400 }),
  confirmHours: fc.integer({ min: 1, max: 400 }),
});
const now = fc.integer({ min: 0, max: 4e12 });
const hour = 3_600_000;

describe("a player's limit", () => {
  test("gets stricter at once and looser only after the wait and a second word", () => {
    fc.assert(
      fc.property(amount, amount, rules, now, (held, wanted, rule, ms) => {
        const decided = decideLimit(held, wanted, rule, ms);
        if (held === wanted) expect(decided).toMatchObject({ error: { code: "NOTHING_CHANGES" } });
        else if (isStricter(wanted, held)) expect(decided).toEqual({ ok: true, value: { kind: "now" } });
        else {
          const readyAtMs = ms + rule.increaseHours * hour;
          const lapsesAtMs = readyAtMs + rule.confirmHours * hour;
          expect(decided).toEqual({ ok: true, value: { kind: "wait", readyAtMs, lapsesAtMs } });
        }
      }),
    );
  });

  test("that waits can be confirmed between two instants and never outside", () => {
    fc.assert(
      fc.property(
        now,
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 1, max: 1e9 }),
        now,
        (from, wait, open, ms) => {
          const waiting = { state: "PENDING" as const, readyAtMs: from + wait, lapsesAtMs: from + wait + open };
          const said = decideConfirm(waiting, ms);
          expect(said.ok).toBe(ms >= waiting.readyAtMs && ms < waiting.lapsesAtMs);
          if (!said.ok) expect(said.error.code).toBe(ms < waiting.readyAtMs ? "LIMIT_NOT_READY" : "LIMIT_LAPSED");
        },
      ),
    );
    const waiting = { state: "PENDING" as const, readyAtMs: 10, lapsesAtMs: 20 };
    expect([9, 10, 19, 20].map((ms) => waitingStateAt(waiting, ms))).toEqual(["PENDING", "READY", "READY", "LAPSED"]);
  });
});
