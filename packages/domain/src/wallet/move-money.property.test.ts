import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ok } from "../kernel/result.ts";
import type { Book, Leg, WalletState } from "./book.ts";
import { houseKey, record } from "./book.ts";
import type { Currency } from "./currency.ts";
import {
  type HouseKind,
  isHouseTransaction,
  type TransactionType,
  transactionTypes,
  walletKinds,
} from "./ledger-codes.ts";
import { decideMoneyMove, type MoneyMove } from "./move-money.ts";

interface Balances {
  readonly cash: bigint;
  readonly held: bigint;
  readonly bonus: bigint;
}

const plenty: Balances = { cash: 10_000n, held: 4_000n, bonus: 3_000n };

function bookWith({ cash, held, bonus }: Balances): Book {
  const wallet = (id: bigint, fields: Partial<WalletState>): WalletState => ({
    id,
    playerId: 1n,
    kind: "CASH",
    currency: "EUR",
    qualifier: "",
    available: 0n,
    held: 0n,
    lastTransaction: 0n,
    ...fields,
  });
  return {
    nextId: 1_024n,
    endId: 2_048n,
    players: new Map([[1n, { id: 1n, status: "ACTIVE" }]]),
    wallets: new Map([
      [
        1n,
        [
          wallet(1n, { available: cash, held }),
          wallet(2n, { kind: "BONUS", qualifier: "g1", fundingPolicy: "CASH_FIRST", available: bonus }),
        ],
      ],
    ]),
    house: new Map(),
    requests: new Map(),
    rounds: new Map(),
    bets: new Map(),
    wins: new Map(),
    games: new Map(),
  };
}

const base = { playerId: 1n, currency: "EUR", amount: 1_000n } as const;
const quote = {
  from: "EUR",
  to: "JPY",
  rate: "162.635",
  source: "test",
  asOf: "2026-03-02T00:00:00.000Z",
  converted: 1_627n,
  floor: 1_626n,
  rounding: 1n,
} as const;

/** Every movement with its postings: wallet, what becomes available there, what is held there. */
const movements: Record<string, readonly [move: MoneyMove, postings: readonly (readonly [string, bigint, bigint])[]]> =
  {
    DEPOSIT: [
      { type: "DEPOSIT", ...base, psp: "card" },
      [
        ["CASH EUR", 1_000n, 0n],
        ["PSP_CLEARING EUR card", -1_000n, 0n],
      ],
    ],
    "DEPOSIT of which the provider keeps a fee": [
      { type: "DEPOSIT", ...base, psp: "card", pspFee: 35n },
      [
        ["CASH EUR", 1_000n, 0n],
        ["PSP_CLEARING EUR card", -965n, 0n],
        ["FEES EUR card", -35n, 0n],
      ],
    ],
    DEPOSIT_RELEASE: [{ type: "DEPOSIT_RELEASE", ...base }, [["CASH EUR", 1_000n, -1_000n]]],
    WITHDRAW_HOLD: [{ type: "WITHDRAW_HOLD", ...base }, [["CASH EUR", -1_000n, 1_000n]]],
    WITHDRAW_SETTLE: [
      { type: "WITHDRAW_SETTLE", ...base, psp: "bank" },
      [
        ["CASH EUR", 0n, -1_000n],
        ["PSP_CLEARING EUR bank", 1_000n, 0n],
      ],
    ],
    "WITHDRAW_SETTLE of which a part arrived": [
      { type: "WITHDRAW_SETTLE", ...base, psp: "bank", released: 200n },
      [
        ["CASH EUR", 200n, -1_000n],
        ["PSP_CLEARING EUR bank", 800n, 0n],
      ],
    ],
    WITHDRAW_RELEASE: [{ type: "WITHDRAW_RELEASE", ...base }, [["CASH EUR", 1_000n, -1_000n]]],
    BONUS_GRANT: [
      { type: "BONUS_GRANT", ...base, grant: "g2", fundingPolicy: "PRO_RATA" },
      [
        ["BONUS EUR g2", 1_000n, 0n],
        ["BONUS_COST EUR", -1_000n, 0n],
      ],
    ],
    BONUS_CONVERT: [
      { type: "BONUS_CONVERT", ...base, grant: "g1" },
      [
        ["BONUS EUR g1", -1_000n, 0n],
        ["CASH EUR", 1_000n, 0n],
      ],
    ],
    "BONUS_CONVERT above its cap": [
      { type: "BONUS_CONVERT", ...base, grant: "g1", cap: 400n },
      [
        ["BONUS EUR g1", -1_000n, 0n],
        ["CASH EUR", 400n, 0n],
        ["BONUS_COST EUR", 600n, 0n],
      ],
    ],
    BONUS_FORFEIT: [
      { type: "BONUS_FORFEIT", ...base, grant: "g1" },
      [
        ["BONUS EUR g1", -1_000n, 0n],
        ["BONUS_COST EUR", 1_000n, 0n],
      ],
    ],
    JACKPOT_CONTRIBUTION: [
      { type: "JACKPOT_CONTRIBUTION", ...base, jackpot: "mega" },
      [
        ["GAMING EUR", -1_000n, 0n],
        ["JACKPOT EUR mega", 1_000n, 0n],
      ],
    ],
    JACKPOT_WIN: [
      { type: "JACKPOT_WIN", ...base, jackpot: "mega" },
      [
        ["JACKPOT EUR mega", -1_000n, 0n],
        ["CASH EUR", 1_000n, 0n],
      ],
    ],
    FEE: [
      { type: "FEE", ...base },
      [
        ["CASH EUR", -1_000n, 0n],
        ["FEES EUR", 1_000n, 0n],
      ],
    ],
    CHARGEBACK: [
      { type: "CHARGEBACK", ...base, psp: "card" },
      [
        ["CASH EUR", -1_000n, 0n],
        ["PSP_CLEARING EUR card", 1_000n, 0n],
      ],
    ],
    "CHARGEBACK above what the player has": [
      { type: "CHARGEBACK", ...base, amount: 12_500n, psp: "card" },
      [
        ["CASH EUR", -10_000n, 0n],
        ["CHARGEBACK_LOSS EUR", -2_500n, 0n],
        ["PSP_CLEARING EUR card", 12_500n, 0n],
      ],
    ],
    CHARGEBACK_REVERSAL: [
      { type: "CHARGEBACK_REVERSAL", ...base, psp: "card", fromLoss: 300n },
      [
        ["PSP_CLEARING EUR card", -1_000n, 0n],
        ["CHARGEBACK_LOSS EUR", 300n, 0n],
        ["CASH EUR", 700n, 0n],
      ],
    ],
    TRANSFER_OUT: [
      { type: "TRANSFER_OUT", ...base, provider: "evo" },
      [
        ["CASH EUR", -1_000n, 0n],
        ["IN_GAME_BANK EUR evo", 1_000n, 0n],
      ],
    ],
    TRANSFER_IN: [
      { type: "TRANSFER_IN", ...base, provider: "evo", left: 0n },
      [
        ["GAME_BANK EUR evo", -1_000n, 0n],
        ["CASH EUR", 1_000n, 0n],
      ],
    ],
    CONVERSION: [
      { type: "CONVERSION", ...base, to: "JPY", quote: ok(quote) },
      [
        ["CASH EUR", -1_000n, 0n],
        ["FX EUR", 1_000n, 0n],
        ["FX JPY", -1_626n, 0n],
        ["ROUNDING JPY", -1n, 0n],
        ["CASH JPY", 1_627n, 0n],
      ],
    ],
    ADJUSTMENT: [
      { type: "ADJUSTMENT", ...base, direction: "INTO_PLAYER", category: "goodwill", reason: "complaint" },
      [
        ["CASH EUR", 1_000n, 0n],
        ["MANUAL_ADJUSTMENT EUR", -1_000n, 0n],
      ],
    ],
    "ADJUSTMENT out of the player": [
      { type: "ADJUSTMENT", ...base, direction: "FROM_PLAYER", category: "error", reason: "paid twice" },
      [
        ["CASH EUR", -1_000n, 0n],
        ["MANUAL_ADJUSTMENT EUR", 1_000n, 0n],
      ],
    ],
  };

function postingsOf(legs: readonly Leg[]): (readonly [string, bigint, bigint])[] {
  return legs.map(({ wallet: { kind, currency, qualifier }, available, held }) => [
    `${kind} ${currency} ${qualifier}`.trimEnd(),
    available,
    held,
  ]);
}

describe.each(Object.entries(movements))("%s", (_name, [move, postings]) => {
  test("posts what the ledger's book of types says", () => {
    const book = bookWith(plenty);
    const decision = decideMoneyMove(book, move);
    if (!decision.accepted) throw new Error(decision.failure.code);
    const [transaction, ...others] = decision.transactions;
    expect(others).toEqual([]);
    expect(transaction).toMatchObject({ id: 1_024n, type: move.type, playerId: 1n });
    expect(postingsOf(transaction?.legs ?? [])).toEqual(postings);
    record(book, decision);
    expect(book.nextId).toBe(1_025n);
  });

  test("leaves the book as it was until it is recorded", () => {
    const book = bookWith(plenty);
    decideMoneyMove(book, move);
    const moved = [...(book.wallets.get(1n) ?? []), ...book.house.values()].filter(({ id }) => id === 0n);
    for (const wallet of moved) expect(wallet).toMatchObject({ available: 0n, held: 0n });
    expect(book.wallets.get(1n)?.slice(0, 2)).toEqual(bookWith(plenty).wallets.get(1n));
  });

  test("sums to zero in every currency and takes no player below zero, whatever the amount and the balances", () => {
    const balances = fc.record({
      cash: fc.bigInt({ min: 0n, max: 20_000n }),
      held: fc.bigInt({ min: 0n, max: 20_000n }),
      bonus: fc.bigInt({ min: 0n, max: 20_000n }),
    });
    fc.assert(
      fc.property(balances, fc.bigInt({ min: 300n, max: 20_000n }), (before, amount) => {
        const book = bookWith(before);
        const decision = decideMoneyMove(book, { ...move, amount });
        if (!decision.accepted) {
          expect(decision.failure.code).toBe("FUNDS_INSUFFICIENT");
          return;
        }
        const sums = new Map<Currency, bigint>();
        for (const { wallet, available, held, availableAfter, heldAfter } of decision.transactions[0]?.legs ?? []) {
          sums.set(wallet.currency, (sums.get(wallet.currency) ?? 0n) + available + held);
          if (wallet.playerId === undefined) continue;
          expect(availableAfter).toBeGreaterThanOrEqual(0n);
          expect(heldAfter).toBeGreaterThanOrEqual(0n);
        }
        for (const sum of sums.values()) expect(sum).toBe(0n);
      }),
    );
  });
});

test("every type that is not a bet's own has its movement here", () => {
  const ofBets = ["HOLD", "SETTLE_DEBIT", "PAYOUT", "HOLD_RELEASE", "ROLLBACK", "CORRECTION"];
  // What comes back from a pool, or goes back into it, does so with the bet or the win that it belongs to.
  ofBets.push("JACKPOT_CONTRIBUTION_REVERSAL", "JACKPOT_WIN_REVERSAL");
  const types = new Set<string>(Object.values(movements).map(([move]) => move.type));
  expect([...types].sort()).toEqual(
    (Object.keys(transactionTypes) as TransactionType[])
      .filter((type) => !ofBets.includes(type) && !isHouseTransaction(type))
      .sort(),
  );
});

test("a movement for a player whom nobody knows is refused", () => {
  const [move] = movements["DEPOSIT"] ?? [];
  if (move === undefined) throw new Error("there is a deposit");
  expect(decideMoneyMove(bookWith(plenty), { ...move, playerId: 9n })).toMatchObject({
    accepted: false,
    failure: { code: "PLAYER_NOT_FOUND" },
  });
});

test("a movement of nothing is a bug", () => {
  const [move] = movements["DEPOSIT"] ?? [];
  if (move === undefined) throw new Error("there is a deposit");
  expect(() => decideMoneyMove(bookWith(plenty), { ...move, amount: 0n })).toThrow("assertion failed");
});

describe("recording", () => {
  const decided = () => {
    const book = bookWith(plenty);
    const decision = decideMoneyMove(book, { type: "FEE", ...base });
    if (!decision.accepted) throw new Error("the fee is covered");
    return { book, decision };
  };
  const [cash, fees] = [0, 1];

  function bent(change: (legs: Leg[]) => void) {
    const { book, decision } = decided();
    const [transaction] = decision.transactions;
    if (transaction === undefined) throw new Error("a fee has a transaction");
    const legs = transaction.legs.map((leg) => ({ ...leg }));
    change(legs);
    return () => record(book, { ...decision, transactions: [{ ...transaction, legs }] });
  }

  test("refuses postings that do not sum to zero", () => {
    expect(
      bent((legs) => {
        const leg = legs[fees];
        if (leg !== undefined) legs[fees] = { ...leg, available: 999n, availableAfter: 999n };
      }),
    ).toThrow("sum to zero");
  });

  test("refuses balances that do not follow from those before", () => {
    expect(
      bent((legs) => {
        const leg = legs[cash];
        if (leg !== undefined) legs[cash] = { ...leg, availableAfter: leg.availableAfter + 1n };
      }),
    ).toThrow("follow from");
  });

  test("refuses a player's balance below zero", () => {
    const book = bookWith({ ...plenty, cash: 1_000n });
    const decision = decideMoneyMove(bookWith(plenty), { type: "FEE", ...base, amount: 2_000n });
    if (!decision.accepted) throw new Error("the fee is covered");
    const wallet = book.wallets.get(1n)?.[0];
    const [transaction] = decision.transactions;
    if (wallet === undefined || transaction === undefined) throw new Error("there is a wallet to charge");
    const legs = transaction.legs.map((leg, index) =>
      index === cash ? { ...leg, wallet, availableAfter: -1_000n } : leg,
    );
    expect(() => record(book, { ...decision, transactions: [{ ...transaction, legs }] })).toThrow("below zero");
  });

  test("refuses an id that is not the batch's next", () => {
    const { book, decision } = decided();
    record(book, decision);
    expect(() => record(book, decision)).toThrow("ids follow each other");
  });
});

test("house wallets of different purposes, currencies and names are never the same", () => {
  const kinds = (Object.keys(walletKinds) as (keyof typeof walletKinds)[]).filter(
    (kind): kind is HouseKind => walletKinds[kind] >= 10,
  );
  const keys = kinds.flatMap((kind) =>
    ["", "a", "b"].flatMap((name) => [houseKey(kind, "EUR", name), houseKey(kind, "JPY", name)]),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
