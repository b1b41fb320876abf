/**
 * Limits of time over random play: in rolling and calendar windows, over zones, both changes of the clocks, month ends and
 * leap days, while limits are made stricter, asked to be looser, confirmed and let go. What was played is told from the
 * accepted bets alone, and the windows by what a clock on the wall shows.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type LimitWindow, limitPeriods, windowKinds } from "../compliance/limit-window.ts";
import { decideConfirm, decideLimit, type LimitAmount, type WaitingLimit } from "../compliance/player-limit.ts";
import { openHeldLimit } from "../compliance/held-limit-oracle.fixture.ts";
import { isInWindow } from "../compliance/window-oracle.fixture.ts";
import type { Command } from "../gaming/decide.ts";
import { openSmallLedger } from "../gaming/small-ledger.fixture.ts";
import type { GameRules } from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";
import { firstIdAt, transactionTimeMs } from "../wallet/transaction-id.ts";
import { emptyState } from "./gate-state.ts";
import { holdLimit, type PlayedTick } from "./hold-limit.ts";
import { gateOf, packOf } from "./packs.fixture.ts";

const playerId = 1n;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const gapMs = 30 * minuteMs;
const rules = { increaseHours: 24, confirmHours: 72 };
/** How late a rolling window may forget, by its period: its slots' length. */
const slotMs = { DAY: 15 * minuteMs, WEEK: 120 * minuteMs, MONTH: 480 * minuteMs };
const games = new Map<number, GameRules>([
  [
    1,
    {
      id: 1,
      providerId: 1,
      open: true,
      limits: new Map<Currency, { min: bigint; max: bigint }>([["EUR", { min: 1n, max: 100n }]]),
    },
  ],
]);

const zones = ["UTC", "Europe/London", "Europe/Berlin", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe"];
const window = fc.record({
  period: fc.constantFrom(...limitPeriods),
  window: fc.constantFrom(...windowKinds),
  zone: fc.constantFrom(...zones),
});
// Before both changes of the clocks, a leap day, and the ends of months and of a year.
const begin = fc.constantFrom(
  "2026-03-28T21:00:00Z",
  "2026-03-29T21:10:00Z",
  "2026-10-24T20:00:00Z",
  "2028-02-28T19:00:00Z",
  "2028-01-31T08:00:00Z",
  "2026-12-31T20:30:00Z",
);
const amount: fc.Arbitrary<LimitAmount> = fc.option(fc.bigInt({ min: 0n, max: 90n }), { nil: null, freq: 6 });
const minutesAround = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -150, max: 150 }));
/** Somebody comes back: whole days after what they did once, or about then; says something of their limit; and plays. */
const scene = fc.record({
  after: fc.oneof(fc.record({ bet: fc.nat(40) }), fc.constant("ask" as const)),
  days: fc.oneof(fc.constantFrom(1, 7, 28, 29, 30, 31), fc.constantFrom(0, 1, 2, 4)),
  minutesAround,
  says: fc.oneof(fc.constant(undefined), fc.constant("confirm" as const), fc.record({ amount })),
  gaps: fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 6 }),
});

interface InFlight {
  held: LimitAmount;
  waiting: (WaitingLimit & { readonly amount: LimitAmount }) | undefined;
}

/** True where another limit holds from now on. */
function ask(limit: InFlight, wanted: LimitAmount, nowMs: number): boolean {
  const decided = decideLimit(limit.held, wanted, rules, nowMs);
  if (!decided.ok) return false;
  const { value } = decided;
  limit.waiting = value.kind === "now" ? undefined : { ...value, state: "PENDING", amount: wanted };
  if (value.kind === "now") limit.held = wanted;
  return value.kind === "now";
}

function confirm(limit: InFlight, nowMs: number): boolean {
  if (limit.waiting === undefined || !decideConfirm(limit.waiting, nowMs).ok) return false;
  limit.held = limit.waiting.amount;
  limit.waiting = undefined;
  return true;
}

/** Each stretch of play by the instant of the bet that ended it. */
function stretchesOf(bets: readonly number[]): { readonly atMs: number; readonly ms: number }[] {
  return bets.slice(1).flatMap((atMs, index) => {
    const ms = atMs - (bets[index] ?? atMs);
    return ms < gapMs ? [{ atMs, ms }] : [];
  });
}

/** Time played in the window that ends now, a bet that would be placed now among it; `slack` looks back further. */
function playedMs(rule: LimitWindow, bets: readonly number[], nowMs: number, slackMs = 0): number {
  return stretchesOf([...bets, nowMs])
    .filter(({ atMs }) => isInWindow(rule, Math.min(atMs + slackMs, nowMs), nowMs))
    .reduce((sum, { ms }) => sum + ms, 0);
}

test("no bet is taken once the time is up, in whatever window, and none is refused for time before", () => {
  fc.assert(
    fc.property(window, begin, amount, fc.array(scene, { maxLength: 16 }), (rule, from, first, scenes) => {
      const gate = gateOf([packOf({})]);
      const ledger = openSmallLedger({
        players: new Map([[playerId, "ACTIVE"]]),
        games,
        gate: { ...gate, country: "MT", kycLevel: 0 },
      });
      const bets: number[] = [];
      const limit: InFlight = { held: null, waiting: undefined };
      const oracle = openHeldLimit(rules);
      let [nowMs, request] = [Date.parse(from), 0];
      const run = (command: object) => {
        request += 1;
        ledger.setClock(firstIdAt(nowMs));
        const named = { requestKey: `r${request}`, bodyHash: BigInt(request), playerId, ...command };
        return ledger.run([named as unknown as Command])[0];
      };
      /** As the engine does whenever another limit holds: the gate begins with what the ledger says. */
      const hold = (): void => {
        const state = gate.states.get(playerId) ?? emptyState(playerId);
        const ticks = stretchesOf(bets).map(
          ({ atMs, ms }): PlayedTick => ({
            ...{ atMs, currency: "EUR", wagered: 1n, lost: 1n, lostGross: 1n },
            playedMs: BigInt(ms),
          }),
        );
        const lastMs = bets.at(-1);
        const session = lastMs === undefined ? undefined : { startedMs: lastMs, lastMs };
        const key = { kind: "SESSION", period: rule.period, currency: null } as const;
        gate.states.set(playerId, holdLimit(state, key, limit.held, rule, { ticks, session }, nowMs));
      };
      run({ type: "move", move: { type: "DEPOSIT", playerId, currency: "EUR", amount: 1_000n, psp: "card" } });
      const wish = (wanted: LimitAmount): void => {
        oracle.ask(wanted, nowMs);
        if (ask(limit, wanted, nowMs)) hold();
      };
      wish(first);
      let askedMs = nowMs;
      const comeBack = ({
        after,
        days,
        minutesAround: around,
      }: {
        after: "ask" | { bet: number };
        days: number;
        minutesAround: number;
      }) => {
        const since = after === "ask" ? askedMs : (bets[after.bet % Math.max(bets.length, 1)] ?? nowMs);
        nowMs = Math.max(nowMs + 1_000, since + days * dayMs + around * minuteMs);
      };
      const say = (says: "confirm" | { amount: LimitAmount } | undefined): void => {
        if (says === "confirm") {
          oracle.confirm(nowMs);
          if (confirm(limit, nowMs)) hold();
        } else if (says !== undefined) {
          wish(says.amount);
          askedMs = nowMs;
        }
      };
      const bet = (): void => {
        const done = run({ type: "place", gameId: 1, roundKey: "r", stake: 1n, currency: "EUR" });
        const most = oracle.most() * minuteMs;
        if (done?.kind === "accepted") {
          expect(playedMs(rule, bets, nowMs)).toBeLessThan(most);
          expect(transactionTimeMs(ledger.bets().at(-1)?.id ?? 0n)).toBe(nowMs);
          bets.push(nowMs);
        } else {
          expect(done).toMatchObject({ kind: "refused", decision: { rule: "risk.session-limit" } });
          const slack = rule.window === "CALENDAR" ? 0 : slotMs[rule.period];
          expect(playedMs(rule, bets, nowMs, slack)).toBeGreaterThanOrEqual(most);
        }
      };
      for (const one of scenes) {
        comeBack(one);
        say(one.says);
        bet();
        for (const gap of one.gaps) {
          nowMs += gap * minuteMs + 1_000;
          bet();
        }
      }
    }),
    { numRuns: 800 },
  );
});
