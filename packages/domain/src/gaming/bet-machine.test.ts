import { describe, expect, test } from "vitest";
import type { PlayerStatus } from "../wallet/ledger-codes.ts";
import { betMachine, drawMachine, roundMachine } from "./bet-machine.ts";
import type { BetName } from "./commands.ts";
import type { Command } from "./decide.ts";
import { openSmallLedger, type SmallLedger } from "./small-ledger.fixture.ts";

const players = new Map<bigint, PlayerStatus>([[1n, "ACTIVE"]]);
const limits = new Map([["EUR", { min: 1n, max: 100_000n }]] as const);
const games = new Map([[1, { id: 1, providerId: 1, open: true, limits }]]);
const bet: BetName = { placeKey: "bet" };
let serial = 0;

function send(ledger: SmallLedger, command: object): string {
  serial += 1;
  const full = { playerId: 1n, requestKey: `q${serial}`, bodyHash: 1n, ...command } as Command;
  const [outcome] = ledger.run([full]);
  if (outcome?.kind === "accepted") return "accepted";
  if (outcome?.kind === "refused") return outcome.decision.failure.code;
  throw new Error(`a new request is decided, not ${outcome?.kind}`);
}

const deposit = { type: "DEPOSIT", playerId: 1n, currency: "EUR", amount: 100_000n, psp: "card" };
const events = {
  settle: { type: "settle", roundKey: "r", close: false, results: [{ bet, outcome: "WIN", payout: 500n }] },
  settlePart: {
    type: "settle",
    roundKey: "r",
    close: false,
    results: [{ bet, outcome: "PUSH", payout: 0n, stakePart: 10n }],
  },
  void: { type: "void", bet, reason: "misdeal" },
  rollback: { type: "rollback", bet },
  correct: { type: "correct", bet, outcome: "WIN", payout: 700n, reason: "wrong number" },
} as const;
type Event = keyof typeof events;

/** How a bet gets into each state. */
const ways: Record<keyof typeof betMachine, readonly Event[]> = {
  HELD: [],
  SETTLED: ["settle"],
  CORRECTED: ["settle", "correct"],
  VOIDED: ["void"],
};

function ledgerWithBet(way: readonly Event[]): SmallLedger {
  const ledger = openSmallLedger({ players, games });
  send(ledger, { type: "move", move: deposit });
  send(ledger, { type: "place", requestKey: "bet", gameId: 1, roundKey: "r", stake: 100n, currency: "EUR" });
  for (const event of way) expect(send(ledger, events[event])).toBe("accepted");
  return ledger;
}

describe.each(Object.keys(betMachine) as (keyof typeof betMachine)[])("a bet that is %s", (status) => {
  const moves: Partial<Record<Event, string>> = betMachine[status];

  test.each(Object.keys(events) as Event[])("meets %s as the table says", (event) => {
    const ledger = ledgerWithBet(ways[status]);
    const before = ledger.wallets();
    const answer = send(ledger, events[event]);
    const to = moves[event];
    expect(ledger.bets()[0]?.status).toBe(to ?? status);
    if (to !== undefined) expect(answer).toBe("accepted");
    else {
      expect(answer).toMatch(/^BET_/);
      expect(ledger.wallets()).toEqual(before);
    }
  });
});

describe("a round", () => {
  const place = { type: "place", gameId: 1, roundKey: "r", stake: 100n, currency: "EUR" } as const;
  const closeEmpty = { type: "settle", roundKey: "r", close: true, results: [] } as const;

  function statusAfter(ledger: SmallLedger, command: Record<string, unknown>): string {
    serial += 1;
    const full = { playerId: 1n, requestKey: `q${serial}`, bodyHash: 1n, ...command } as Command;
    const [outcome] = ledger.run([full]);
    if (outcome?.kind !== "accepted") throw new Error("the settlement is taken");
    return (outcome.decision.answer as { roundStatus: string }).roundStatus;
  }

  test("that is open takes bets and stays open until a settlement closes it", () => {
    const ledger = ledgerWithBet([]);
    expect(send(ledger, place)).toBe("accepted");
    expect(statusAfter(ledger, events.settlePart)).toBe("OPEN");
    expect(send(ledger, place)).toBe("accepted");
    expect(statusAfter(ledger, { ...events.settle, close: true })).toBe(roundMachine.OPEN.close);
  });

  test("that is closed takes no bets, and is late-credited by what is settled after", () => {
    const ledger = ledgerWithBet([]);
    expect(statusAfter(ledger, closeEmpty)).toBe("CLOSED");
    expect(send(ledger, place)).toBe("ROUND_CLOSED");
    expect(statusAfter(ledger, closeEmpty)).toBe("CLOSED");
    expect(statusAfter(ledger, events.settlePart)).toBe(roundMachine.CLOSED.lateCredit);
    expect(statusAfter(ledger, events.settle)).toBe(roundMachine.LATE_CREDITED.lateCredit);
    expect(send(ledger, place)).toBe("ROUND_CLOSED");
  });
});

test("a drawing has every move of the table, and an end where nothing follows", () => {
  const drawn = drawMachine({ A: { go: "B" }, B: {} }, "A");
  expect(drawn).toBe("stateDiagram-v2\n  [*] --> A\n  A --> B: go\n  B --> [*]\n");
});
