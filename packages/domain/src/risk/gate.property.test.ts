/** The gate over random play: bets, wins, voids, rollbacks and corrections, at random times, over zones and clock changes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { limitPeriods, windowKinds, windowStart } from "../compliance/limit-window.ts";
import type { BetName } from "../gaming/commands.ts";
import type { Command } from "../gaming/decide.ts";
import { openSmallLedger } from "../gaming/small-ledger.fixture.ts";
import type { BetState, GameRules } from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";
import { firstIdAt, transactionTimeMs } from "../wallet/transaction-id.ts";
import { countedAt, type CountedLimit, emptyState, type GateState } from "./gate-state.ts";
import { gateOf, packOf } from "./packs.fixture.ts";
import { emptyCounter, slotsOf } from "./window-counter.ts";

const playerId = 1n;
const games = new Map<number, GameRules>([
  [
    1,
    {
      id: 1,
      providerId: 1,
      open: true,
      limits: new Map<Currency, { min: bigint; max: bigint }>([["EUR", { min: 1n, max: 10n ** 9n }]]),
    },
  ],
]);

const step = fc.record({
  kind: fc.constantFrom("place", "place", "place", "settle", "void", "correct", "bonus"),
  amount: fc.bigInt({ min: 1n, max: 400n }),
  payout: fc.bigInt({ min: 0n, max: 900n }),
  bet: fc.nat(20),
  minutes: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 60 * 24 * 8 })),
});
const limit = fc.record({
  kind: fc.constantFrom("WAGER" as const, "LOSS" as const),
  period: fc.constantFrom(...limitPeriods),
  window: fc.constantFrom(...windowKinds),
  zone: fc.constantFrom("Europe/London", "Europe/Berlin", "America/Havana", "Asia/Kathmandu"),
  amount: fc.bigInt({ min: 0n, max: 3_000n }),
});
// Around a leap day, and both changes of the clocks.
const begin = fc.constantFrom(
  "2028-02-27T21:00:00Z",
  "2026-03-28T20:00:00Z",
  "2026-10-24T20:00:00Z",
  "2026-12-30T22:30:00Z",
);

/** What a bet means for a limit, told from the ledger's bets alone. */
function weight(kind: "WAGER" | "LOSS", bet: BetState): bigint {
  const voided = bet.status === "VOIDED";
  if (kind === "WAGER") return voided ? 0n : bet.stake;
  return voided ? 0n : bet.cashPart - bet.paidCash;
}

test("counters are what the ledger says, and no accepted bet ever passes a limit by a cent", () => {
  fc.assert(
    fc.property(
      fc.array(limit, { minLength: 1, maxLength: 4 }),
      begin,
      fc.array(step, { maxLength: 60 }),
      (limits, from, steps) => {
        const gate = gateOf([packOf({})]);
        const counted = limits.map((one): CountedLimit => ({ ...one, currency: "EUR", counter: emptyCounter() }));
        gate.states.set(playerId, { ...emptyState(playerId), limits: counted });
        const ledger = openSmallLedger({
          players: new Map([[playerId, "ACTIVE"]]),
          games,
          gate: { ...gate, country: "MT", kycLevel: 0 },
        });
        const stateNow = (): GateState => gate.states.get(playerId) as GateState;
        let nowMs = Date.parse(from);
        let request = 0;
        const run = (command: object): string => {
          request += 1;
          ledger.setClock(firstIdAt(nowMs));
          const named = { requestKey: `r${request}`, bodyHash: BigInt(request), playerId, ...command };
          return ledger.run([named as unknown as Command])[0]?.kind ?? "";
        };
        const deposit = { type: "DEPOSIT", playerId, currency: "EUR", amount: 10n ** 6n, psp: "card" };
        run({ type: "move", move: deposit });
        for (const { kind, amount, payout, bet, minutes } of steps) {
          nowMs += minutes * 60_000 + 1;
          const held = ledger.bets();
          const target = held[bet % Math.max(held.length, 1)];
          const name: BetName = { betId: target?.id ?? 0n };
          if (kind === "bonus") {
            const fundingPolicy = "PRO_RATA";
            run({
              type: "move",
              move: { type: "BONUS_GRANT", playerId, currency: "EUR", amount, grant: `g${request}`, fundingPolicy },
            });
          }
          if (kind === "settle") {
            run({
              type: "settle",
              roundKey: "r",
              close: false,
              results: [{ bet: name, outcome: payout > 0n ? "WIN" : "LOSE", payout }],
            });
          }
          if (kind === "void") run({ type: "void", bet: name, reason: "a test" });
          if (kind === "correct") run({ type: "correct", bet: name, outcome: "WIN", payout, reason: "a test" });
          if (kind === "place") {
            const done = run({ type: "place", gameId: 1, roundKey: "r", stake: amount, currency: "EUR" });
            if (done === "accepted") expectWithin(stateNow().limits, ledger.bets(), nowMs);
          }
          expectCounted(stateNow(), ledger.bets(), nowMs);
        }
      },
    ),
    { numRuns: 150 },
  );
});

function expectWithin(limits: readonly CountedLimit[], bets: readonly BetState[], nowMs: number): void {
  const newest = bets.at(-1);
  for (const one of limits) {
    // A bet of bonus money alone loses no cash, and so is let pass by a loss limit that was reached before.
    if (one.kind === "LOSS" && newest?.cashPart === 0n) continue;
    const start = windowStart(one, nowMs);
    const inside = bets.filter(({ id }) => transactionTimeMs(id) >= start);
    const sum = inside.reduce((total, bet) => total + weight(one.kind as "WAGER" | "LOSS", bet), 0n);
    expect(sum <= one.amount).toBe(true);
  }
}

/** Slots on the window's edge may hold what is older; what lies wholly inside must be counted to the cent. */
function expectCounted(state: GateState, bets: readonly BetState[], nowMs: number): void {
  for (const one of state.limits) {
    const kind = one.kind as "WAGER" | "LOSS";
    const start = windowStart(one, nowMs);
    const inside = bets.filter(({ id }) => transactionTimeMs(id) >= start);
    const exact = inside.reduce((total, bet) => total + weight(kind, bet), 0n);
    const counted = countedAt(one, nowMs);
    if (one.window === "CALENDAR") expect(counted).toBe(exact);
    else expect(counted >= exact).toBe(true);
    const slots = [...slotsOf(one.counter)];
    const total = slots.reduce((sum, [, { net }]) => sum + net, 0n);
    const oldest = Math.min(...slots.map(([slot]) => slot), Number.MAX_SAFE_INTEGER);
    const since = bets.filter(({ id }) => transactionTimeMs(id) >= oldest);
    expect(total).toBe(since.reduce((sum, bet) => sum + weight(kind, bet), 0n));
  }
}
