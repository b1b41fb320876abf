import { describe, expect, test } from "vitest";
import type { PlayerStatus } from "../wallet/ledger-codes.ts";
import type { Command } from "./decide.ts";
import type { Outcome } from "./fold-batch.ts";
import { openSmallLedger, type SmallLedger } from "./small-ledger.fixture.ts";

const players = new Map<bigint, PlayerStatus>([[1n, "ACTIVE"]]);
const limits = new Map([
  ["EUR", { min: 1n, max: 100_000n }],
  ["JPY", { min: 1n, max: 100_000n }],
] as const);
const games = new Map([[1, { id: 1, providerId: 1, open: true, limits }]]);

let serial = 0;
function command(fields: Record<string, unknown>): Command {
  serial += 1;
  return { playerId: 1n, requestKey: `own-${serial}`, bodyHash: 1n, ...fields } as unknown as Command;
}

const deposit = (amount = 10_000n) =>
  command({ type: "move", move: { type: "DEPOSIT", playerId: 1n, currency: "EUR", amount, psp: "card" } });
const place = (requestKey: string, stake = 1_000n, roundKey = "r", more: object = {}) =>
  command({ type: "place", requestKey, gameId: 1, roundKey, stake, currency: "EUR", ...more });
const settle = (results: readonly object[], more: object = {}) =>
  command({ type: "settle", roundKey: "r", close: true, results, ...more });
const rollback = (placeKey: string, more: object = {}) => command({ type: "rollback", bet: { placeKey }, ...more });

function open(): SmallLedger {
  const ledger = openSmallLedger({ players, games });
  ledger.run([deposit()]);
  return ledger;
}

function said(outcome: Outcome | undefined): string {
  if (outcome === undefined) throw new Error("every command has an outcome");
  return outcome.kind === "refused" ? outcome.decision.failure.code : outcome.kind;
}

function cashOf(ledger: SmallLedger, currency = "EUR"): { available: bigint; held: bigint } {
  const found = ledger.wallets().find((wallet) => wallet.kind === "CASH" && wallet.currency === currency);
  return { available: found?.available ?? 0n, held: found?.held ?? 0n };
}

describe("one batch", () => {
  test("decides a request that comes twice once, and answers the second as the first", () => {
    const ledger = open();
    const first = place("bet");
    const outcomes = ledger.run([first, { ...first }, { ...first }]);
    expect(outcomes.map(said)).toEqual(["accepted", "same", "same"]);
    expect(cashOf(ledger)).toEqual({ available: 9_000n, held: 1_000n });
  });

  test("refuses a request id that comes a second time with another meaning, and keeps the first", () => {
    const ledger = open();
    const first = place("bet");
    const outcomes = ledger.run([first, { ...first, bodyHash: 2n }]);
    expect(outcomes.map(said)).toEqual(["accepted", "REQUEST_REUSED"]);
    expect(said(ledger.run([first])[0])).toBe("repeated");
  });

  test("lets a refused bet take nothing from a smaller one behind it", () => {
    const ledger = open();
    expect(ledger.run([place("large", 10_001n), place("small", 10_000n)]).map(said)).toEqual([
      "FUNDS_INSUFFICIENT",
      "accepted",
    ]);
  });

  test("lets a settlement name a bet of the same batch by its request", () => {
    const ledger = open();
    const win = settle([{ bet: { placeKey: "bet" }, outcome: "WIN", payout: 3_600n }]);
    expect(ledger.run([place("bet"), win]).map(said)).toEqual(["accepted", "accepted"]);
    expect(cashOf(ledger)).toEqual({ available: 12_600n, held: 0n });
  });

  test("a rollback of a bet that the same batch refused is no tombstone beside the denial", () => {
    const ledger = open();
    expect(ledger.run([place("bet", 99_999n), rollback("bet")]).map(said)).toEqual(["FUNDS_INSUFFICIENT", "accepted"]);
    expect(ledger.requests.get("bet")?.kind).toBe("DENIED");
  });

  test("two bets of a round are settled at once where the house has no wallet in that currency yet", () => {
    const ledger = open();
    ledger.run([place("a"), place("b")]);
    const both = settle(["a", "b"].map((placeKey) => ({ bet: { placeKey }, outcome: "LOSE", payout: 0n })));
    expect(ledger.run([both]).map(said)).toEqual(["accepted"]);
    const house = ledger.wallets().filter(({ kind }) => kind === "GAMING");
    expect(house.map(({ available }) => available)).toEqual([2_000n]);
  });

  test("a bet on a bonus that was granted in the same batch finds its purse again when it is settled", () => {
    const ledger = open();
    const move = {
      type: "BONUS_GRANT",
      playerId: 1n,
      currency: "EUR",
      amount: 500n,
      grant: "g1",
      fundingPolicy: "BONUS_FIRST",
    };
    ledger.run([command({ type: "move", move }), place("bet", 500n)]);
    ledger.run([settle([{ bet: { placeKey: "bet" }, outcome: "WIN", payout: 900n }])]);
    expect(ledger.wallets().find(({ kind }) => kind === "BONUS")).toMatchObject({ available: 900n, held: 0n });
  });

  test("settles a command whole or not at all", () => {
    const ledger = open();
    ledger.run([place("a"), place("b", 1_000n, "other round")]);
    const results = ["a", "b"].map((placeKey) => ({ bet: { placeKey }, outcome: "WIN", payout: 9_000n }));
    expect(ledger.run([settle(results)]).map(said)).toEqual(["BET_OF_OTHER_ROUND"]);
    expect(cashOf(ledger)).toEqual({ available: 8_000n, held: 2_000n });
    expect(ledger.bets().map(({ status }) => status)).toEqual(["HELD", "HELD"]);
  });

  test("leaves what it can't number to the next batch, untouched", () => {
    const ledger = openSmallLedger({ players, games, capacity: 2n });
    const outcomes = ledger.run([deposit(), place("a"), place("b")]);
    expect(outcomes.map(said)).toEqual(["accepted", "accepted", "deferred"]);
    expect(ledger.requests.has("b")).toBe(false);
  });
});

describe("a request that came out of order", () => {
  test("a bet behind its rollback meets the tombstone, for ever", () => {
    const ledger = open();
    expect(said(ledger.run([rollback("late")])[0])).toBe("accepted");
    expect(said(ledger.run([place("late")])[0])).toBe("BET_ROLLED_BACK");
    expect(said(ledger.run([place("late")])[0])).toBe("BET_ROLLED_BACK");
    expect(cashOf(ledger)).toEqual({ available: 10_000n, held: 0n });
  });

  test("a settlement before its bet is refused without standing for its request, and taken when the bet is there", () => {
    const ledger = open();
    const win = settle([{ bet: { placeKey: "bet" }, outcome: "WIN", payout: 2_000n }]);
    expect(said(ledger.run([win])[0])).toBe("BET_NOT_FOUND");
    ledger.run([place("bet")]);
    expect(said(ledger.run([win])[0])).toBe("accepted");
    expect(cashOf(ledger)).toEqual({ available: 11_000n, held: 0n });
  });

  test("a rollback under its bet's own request id is refused, because its answer could not be kept", () => {
    const ledger = open();
    expect(said(ledger.run([rollback("bet", { requestKey: "bet" })])[0])).toBe("REQUEST_INVALID");
    expect(ledger.requests.get("bet")?.kind).toBe("DENIED");
  });

  test("a win on a round that is closed is paid, and marked as late", () => {
    const ledger = open();
    ledger.run([place("a"), place("b")]);
    ledger.run([settle([{ bet: { placeKey: "a" }, outcome: "LOSE", payout: 0n }])]);
    const [late] = ledger.run([settle([{ bet: { placeKey: "b" }, outcome: "WIN", payout: 5_000n }])]);
    if (late?.kind !== "accepted") throw new Error("a late win is taken");
    expect(late.decision.answer).toMatchObject({ roundStatus: "LATE_CREDITED", bets: [{ late: true }] });
    expect(cashOf(ledger)).toEqual({ available: 13_000n, held: 0n });
  });
});

describe("a bet in its whole life", () => {
  test("is settled in parts: one pushed, one won, and the rest lost", () => {
    const ledger = open();
    ledger.run([place("bet", 1_000n)]);
    const bet = { placeKey: "bet" };
    const part = (result: object) => settle([{ bet, ...result }], { close: false });
    ledger.run([part({ outcome: "PUSH", payout: 0n, stakePart: 300n })]);
    expect(cashOf(ledger)).toEqual({ available: 9_300n, held: 700n });
    ledger.run([part({ outcome: "WIN", payout: 800n, stakePart: 200n })]);
    expect(cashOf(ledger)).toEqual({ available: 10_100n, held: 500n });
    expect(said(ledger.run([part({ outcome: "LOSE", payout: 0n, stakePart: 501n })])[0])).toBe("REQUEST_INVALID");
    ledger.run([part({ outcome: "LOSE", payout: 0n })]);
    expect(cashOf(ledger)).toEqual({ available: 10_100n, held: 0n });
    expect(ledger.bets()[0]).toMatchObject({ status: "SETTLED", paidCash: 1_100n });
  });

  test("gives back only what is still held when it is voided half way", () => {
    const ledger = open();
    ledger.run([place("bet", 1_000n)]);
    const bet = { placeKey: "bet" };
    ledger.run([settle([{ bet, outcome: "LOSE", payout: 0n, stakePart: 400n }], { close: false })]);
    ledger.run([command({ type: "void", bet, reason: "misdeal" })]);
    expect(cashOf(ledger)).toEqual({ available: 9_600n, held: 0n });
  });

  test("is corrected up, down and to a push, each time by the difference", () => {
    const ledger = open();
    ledger.run([place("bet", 1_000n)]);
    const bet = { placeKey: "bet" };
    ledger.run([settle([{ bet, outcome: "LOSE", payout: 0n }])]);
    const correct = (outcome: string, payout: bigint) =>
      ledger.run([command({ type: "correct", bet, outcome, payout, reason: "wrong number" })]).map(said);
    expect(correct("WIN", 3_600n)).toEqual(["accepted"]);
    expect(cashOf(ledger).available).toBe(12_600n);
    expect(correct("WIN", 2_000n)).toEqual(["accepted"]);
    expect(cashOf(ledger).available).toBe(11_000n);
    expect(correct("PUSH", 0n)).toEqual(["accepted"]);
    expect(cashOf(ledger).available).toBe(10_000n);
  });

  test("is not corrected at the cost of money that the player no longer has", () => {
    const ledger = open();
    const bet = { placeKey: "bet" };
    ledger.run([place("bet", 1_000n), settle([{ bet, outcome: "WIN", payout: 5_000n }])]);
    ledger.run([place("all of it", 14_000n, "r2")]);
    const lower = command({ type: "correct", bet, outcome: "LOSE", payout: 0n, reason: "wrong number" });
    expect(ledger.run([lower]).map(said)).toEqual(["CORRECTION_UNCOVERED"]);
    expect(cashOf(ledger)).toEqual({ available: 0n, held: 14_000n });
  });

  test("that changes its outcome but not its payout is corrected without a transaction", () => {
    const ledger = open();
    const bet = { placeKey: "bet" };
    ledger.run([place("bet", 1_000n), settle([{ bet, outcome: "WIN", payout: 1_000n }])]);
    const moved = ledger.postings.length;
    const toPush = command({ type: "correct", bet, outcome: "PUSH", payout: 0n, reason: "it was a push" });
    expect(ledger.run([toPush]).map(said)).toEqual(["accepted"]);
    expect(ledger.postings).toHaveLength(moved);
    expect(ledger.bets()[0]).toMatchObject({ status: "CORRECTED" });
  });

  test("is out of reach of another player, and of another provider's key", () => {
    const ledger = open();
    ledger.run([place("bet", 1_000n)]);
    const bet = { placeKey: "bet" };
    expect(ledger.run([command({ type: "void", playerId: 2n, bet, reason: "x" })]).map(said)).toEqual([
      "BET_NOT_FOUND",
    ]);
    expect(ledger.run([command({ type: "void", bet, onlyProvider: 2, reason: "x" })]).map(said)).toEqual([
      "BET_NOT_FOUND",
    ]);
    expect(cashOf(ledger).held).toBe(1_000n);
  });
});
