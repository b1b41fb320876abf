import { expect, test } from "vitest";
import type { BetCommand } from "./commands.ts";
import type { Command } from "./decide.ts";
import type { Outcome } from "./fold-batch.ts";
import { openSmallLedger, type SmallLedger } from "./small-ledger.fixture.ts";

const limits = new Map([["EUR" as const, { min: 1n, max: 100_000n }]]);
const games = new Map([[1, { id: 1, providerId: 1, open: true, limits }]]);
const base = { playerId: 1n, bodyHash: 1n } as const;

const deposit = (amount: bigint): Command => ({
  ...base,
  requestKey: `deposit-${amount}`,
  type: "move",
  move: { type: "DEPOSIT", playerId: 1n, currency: "EUR", amount, psp: "card" },
});
const spend = (amount: bigint): Command => ({
  ...base,
  requestKey: `spend-${amount}`,
  type: "move",
  move: { type: "FEE", playerId: 1n, currency: "EUR", amount },
});
const place = (requestKey: string, contribution = 25n, stake = 1_000n): Command => ({
  ...base,
  requestKey,
  type: "place",
  gameId: 1,
  roundKey: "1|1|r",
  stake,
  currency: "EUR",
  ...(contribution > 0n ? { jackpot: { code: "mega", amount: contribution } } : {}),
});
const win = (requestKey: string, amount: bigint, jackpot: bigint, more: object = {}): Command => ({
  ...base,
  requestKey,
  ...{ type: "win", providerId: 1, gameId: 1, roundKey: "1|1|r", currency: "EUR", bet: null, close: false },
  ...{ source: "WIN", withoutBet: "HOUSE", again: "PAY" },
  amount,
  jackpot: { code: "mega", amount: jackpot },
  ...more,
});
const undo = (original: string, more: Partial<Extract<BetCommand, { type: "undo" }>> = {}): Command => ({
  ...base,
  requestKey: `undo-${original}`,
  type: "undo",
  providerId: 1,
  original,
  mark: `mark-${original}`,
  takes: "ACTION",
  settled: "CLAW_BACK",
  ...more,
});
const settle = (key: string, outcome: "WIN" | "LOSE", stakePart?: bigint): Command => ({
  ...base,
  requestKey: `settle-${key}`,
  type: "settle",
  roundKey: "1|1|r",
  close: false,
  results: [{ bet: { placeKey: key }, outcome, payout: 0n, ...(stakePart === undefined ? {} : { stakePart }) }],
});
const correct = (requestKey: string, key: string, outcome: "VOID" | "LOSE"): Command => ({
  ...base,
  requestKey,
  type: "correct",
  bet: { placeKey: key },
  outcome,
  payout: 0n,
  reason: "a wrong result",
});

function open(...commands: readonly Command[]): SmallLedger {
  const ledger = openSmallLedger({ players: new Map([[1n, "ACTIVE"]]), games });
  for (const command of [deposit(10_000n), ...commands]) expect(said(ledger.run([command])[0])).toBe("accepted");
  return ledger;
}

function said(outcome: Outcome | undefined): string {
  return outcome?.kind === "refused" ? outcome.decision.failure.code : (outcome?.kind ?? "nothing");
}

/** What each account has, cents. */
function sums(ledger: SmallLedger): Record<string, bigint> {
  const wanted = ["CASH", "GAMING", "JACKPOT", "RECEIVABLE"];
  const found = ledger.wallets().filter(({ kind }) => wanted.includes(kind));
  return Object.fromEntries(found.map(({ kind, available, held }) => [kind, available + held]));
}

test("a contribution goes into the pool with its bet, and comes back with it", () => {
  const ledger = open(place("bet"));
  expect(sums(ledger)).toMatchObject({ CASH: 10_000n, GAMING: -25n, JACKPOT: 25n });
  expect(said(ledger.run([undo("bet")])[0])).toBe("accepted");
  expect(sums(ledger)).toMatchObject({ CASH: 10_000n, GAMING: 0n, JACKPOT: 0n });
  // Once more, under whatever id: there is nothing left to take.
  expect(said(ledger.run([undo("bet", { requestKey: "other" })])[0])).toBe("accepted");
  expect(sums(ledger)).toMatchObject({ GAMING: 0n, JACKPOT: 0n });
});

test("a void by the house and a rollback of its own API give the contribution back as well", () => {
  for (const type of ["void", "rollback"] as const) {
    const ledger = open(place("bet"));
    const command = { ...base, requestKey: "back", type, bet: { placeKey: "bet" }, reason: "exposed cards" };
    expect(said(ledger.run([command])[0])).toBe("accepted");
    expect(sums(ledger)).toMatchObject({ GAMING: 0n, JACKPOT: 0n });
  }
});

test("a bet that meets its tombstone contributes nothing", () => {
  const ledger = open(undo("bet"));
  expect(said(ledger.run([place("bet")])[0])).toBe("BET_ROLLED_BACK");
  expect(sums(ledger)).toEqual({ CASH: 10_000n });
});

test("a bet and its rollback in one batch leave the pool as it was", () => {
  const ledger = open();
  expect(ledger.run([place("bet"), undo("bet")]).map(said)).toEqual(["accepted", "accepted"]);
  expect(sums(ledger)).toMatchObject({ GAMING: 0n, JACKPOT: 0n });
});

test("of a bet that was settled in part, the part of the contribution that is given back goes half-even", () => {
  const ledger = open(place("bet", 25n), settle("bet", "LOSE", 500n));
  ledger.run([undo("bet")]);
  expect(sums(ledger)).toMatchObject({ CASH: 9_500n, GAMING: 500n - 13n, JACKPOT: 13n });
});

test("a jackpot is paid beside its win, and taken back with it", () => {
  const ledger = open(place("bet"), win("won", 300n, 5_000n));
  expect(sums(ledger)).toMatchObject({ CASH: 14_300n, JACKPOT: -4_975n });
  expect(said(ledger.run([undo("won")])[0])).toBe("accepted");
  expect(sums(ledger)).toMatchObject({ CASH: 9_000n, GAMING: 975n, JACKPOT: 25n });
});

test("a win of a jackpot alone is taken back, on a bet and from the house", () => {
  for (const first of [[place("bet", 0n), settle("bet", "LOSE")], []]) {
    const ledger = open(...first, win("won", 0n, 5_000n));
    const before = sums(ledger);
    expect(before).toMatchObject({ JACKPOT: -5_000n });
    expect(said(ledger.run([undo("won")])[0])).toBe("accepted");
    expect(sums(ledger)).toEqual({ ...before, CASH: (before["CASH"] ?? 0n) - 5_000n, JACKPOT: 0n });
  }
});

test("a bet that goes with all that it won takes its jackpots with it, less those that were taken before", () => {
  const ledger = open(place("bet"), win("one", 100n, 5_000n), win("two", 0n, 700n));
  ledger.run([undo("two")]);
  expect(said(ledger.run([undo("bet", { takes: "BET" })])[0])).toBe("accepted");
  expect(sums(ledger)).toMatchObject({ CASH: 10_000n, GAMING: 0n, JACKPOT: 0n });
});

test("what the player no longer has of a jackpot is owed, or the whole is refused, as the policy says", () => {
  const played = [place("bet", 0n), win("won", 0n, 5_000n), spend(12_000n)];
  const strict = open(...played);
  const before = sums(strict);
  expect(said(strict.run([undo("won")])[0])).toBe("CORRECTION_UNCOVERED");
  expect(sums(strict)).toEqual(before);
  const lenient = open(...played);
  expect(said(lenient.run([undo("won", { settled: "RECEIVABLE" })])[0])).toBe("accepted");
  expect(sums(lenient)).toMatchObject({ CASH: 0n, RECEIVABLE: -3_000n, JACKPOT: 0n });
});

test("a bet that was given back wins no jackpot", () => {
  const ledger = open(place("bet"), undo("bet"));
  expect(said(ledger.run([win("late", 0n, 5_000n)])[0])).toBe("BET_ALREADY_VOIDED");
});

test("a correction to void takes contribution and jackpot back, and one away from it contributes again", () => {
  const ledger = open(place("bet"), win("won", 0n, 5_000n), correct("first", "bet", "VOID"));
  expect(sums(ledger)).toMatchObject({ CASH: 10_000n, GAMING: 0n, JACKPOT: 0n });
  expect(said(ledger.run([correct("second", "bet", "LOSE")])[0])).toBe("accepted");
  expect(sums(ledger)).toMatchObject({ CASH: 9_000n, GAMING: 975n, JACKPOT: 25n });
});

test("a bet that staff had corrected to void is not given back a second time by its provider", () => {
  const ledger = open(place("bet"), settle("bet", "LOSE"), correct("first", "bet", "VOID"));
  const before = sums(ledger);
  expect(ledger.run([undo("bet")])[0]).toMatchObject({ decision: { answer: { effect: "ALREADY" } } });
  expect(sums(ledger)).toEqual(before);
});
