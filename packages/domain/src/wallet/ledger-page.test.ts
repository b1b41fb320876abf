/** docs/ledger.md shows each type of transaction by an example; here every example is posted, and must look like that. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Command } from "../gaming/decide.ts";
import { openSmallLedger, type SmallLedger } from "../gaming/small-ledger.fixture.ts";
import { convert } from "./exchange.ts";
import { type TransactionType, transactionTypes, walletKinds } from "./ledger-codes.ts";
import { formatMinor } from "./money.ts";
import type { MoneyMove } from "./move-money.ts";
import type { HousePost } from "./post-between.ts";
import { transactionSentences } from "./explain-transaction.ts";

const page = readFileSync(new URL("../../../../docs/ledger.md", import.meta.url), "utf8");
const player = 1n;
const base = { playerId: player, currency: "EUR" } as const;

const deposit: MoneyMove = { ...base, type: "DEPOSIT", amount: 10_000n, psp: "card" };
const grant: MoneyMove = {
  ...base,
  type: "BONUS_GRANT",
  amount: 3_000n,
  grant: "welcome",
  fundingPolicy: "CASH_FIRST",
};
const quote = convert(
  1_000n,
  "EUR",
  "USD",
  { source: "ECB", asOf: "2026-03-04T00:00:00Z", base: "EUR", rates: { USD: "1.0327" } },
  { nowMs: Date.UTC(2026, 2, 4, 12), ageMaxMs: 86_400_000 },
);

type Wish =
  | MoneyMove
  | HousePost
  | "place"
  | "place with a contribution"
  | "win"
  | "win a jackpot"
  | "void"
  | "rollback"
  | "correct"
  | "take the win back";

/** What has to happen for the last step to be the example's transaction. */
const examples: Readonly<Record<TransactionType, readonly Wish[]>> = {
  DEPOSIT: [deposit],
  HOLD: [deposit, "place"],
  SETTLE_DEBIT: [deposit, "place", "win"],
  PAYOUT: [deposit, "place", "win"],
  HOLD_RELEASE: [deposit, "place", "void"],
  ROLLBACK: [deposit, "place", "rollback"],
  CORRECTION: [deposit, "place", "win", "correct"],
  DEPOSIT_RELEASE: [
    { ...deposit, frozen: true },
    { ...base, type: "DEPOSIT_RELEASE", amount: 10_000n },
  ],
  WITHDRAW_HOLD: [deposit, { ...base, type: "WITHDRAW_HOLD", amount: 5_000n }],
  WITHDRAW_SETTLE: [
    deposit,
    { ...base, type: "WITHDRAW_HOLD", amount: 5_000n },
    { ...base, type: "WITHDRAW_SETTLE", amount: 5_000n, psp: "bank" },
  ],
  WITHDRAW_RELEASE: [
    deposit,
    { ...base, type: "WITHDRAW_HOLD", amount: 5_000n },
    { ...base, type: "WITHDRAW_RELEASE", amount: 5_000n },
  ],
  BONUS_GRANT: [grant],
  BONUS_CONVERT: [grant, { ...base, type: "BONUS_CONVERT", amount: 3_000n, grant: "welcome", cap: 2_000n }],
  BONUS_FORFEIT: [grant, { ...base, type: "BONUS_FORFEIT", amount: 3_000n, grant: "welcome" }],
  JACKPOT_CONTRIBUTION: [deposit, "place with a contribution"],
  JACKPOT_WIN: [deposit, "place with a contribution", "win a jackpot"],
  JACKPOT_CONTRIBUTION_REVERSAL: [deposit, "place with a contribution", "rollback"],
  JACKPOT_WIN_REVERSAL: [deposit, "place with a contribution", "win a jackpot", "take the win back"],
  FEE: [deposit, { ...base, type: "FEE", amount: 150n }],
  CHARGEBACK: [
    { ...deposit, amount: 7_000n },
    { ...base, type: "CHARGEBACK", amount: 10_000n, psp: "card" },
  ],
  CHARGEBACK_REVERSAL: [
    { ...deposit, amount: 7_000n },
    { ...base, type: "CHARGEBACK", amount: 10_000n, psp: "card" },
    { ...base, type: "CHARGEBACK_REVERSAL", amount: 10_000n, psp: "card", fromLoss: 3_000n },
  ],
  TRANSFER_OUT: [deposit, { ...base, type: "TRANSFER_OUT", amount: 2_500n, provider: "pragm" }],
  TRANSFER_IN: [
    deposit,
    { ...base, type: "TRANSFER_OUT", amount: 2_500n, provider: "pragm" },
    { ...base, type: "TRANSFER_IN", amount: 3_000n, provider: "pragm", left: 0n },
  ],
  CONVERSION: [deposit, { ...base, type: "CONVERSION", amount: 1_000n, to: "USD", quote }],
  ADJUSTMENT: [
    {
      ...base,
      type: "ADJUSTMENT",
      amount: 500n,
      direction: "INTO_PLAYER",
      category: "goodwill",
      reason: "the game froze",
    },
  ],
  AFFILIATE_COMMISSION: [
    between("AFFILIATE_COMMISSION", 12_500n, ["AFFILIATE_COST", ""], ["AFFILIATE_LIABILITY", "aff_1"]),
  ],
  AFFILIATE_PAYMENT: [
    between("AFFILIATE_PAYMENT", 12_500n, ["AFFILIATE_LIABILITY", "aff_1"], ["PSP_CLEARING", "bank"]),
  ],
  PSP_FEE: [between("PSP_FEE", 120n, ["FEES", "card"], ["PSP_CLEARING", "card"])],
  SETTLEMENT: [between("SETTLEMENT", 9_000n, ["IN_TRANSIT", "card"], ["PSP_CLEARING", "card"])],
  RESERVE: [between("RESERVE", 500n, ["PSP_RESERVE", "card"], ["PSP_CLEARING", "card"])],
  RECONCILIATION: [between("RECONCILIATION", 25n, ["DIFFERENCES", ""], ["PSP_CLEARING", "card"])],
};

function between(
  type: HousePost["type"],
  amount: bigint,
  [fromKind, fromName]: readonly [HousePost["from"]["kind"], string],
  [toKind, toName]: readonly [HousePost["to"]["kind"], string],
): HousePost {
  return {
    type,
    currency: "EUR",
    amount,
    from: { kind: fromKind, qualifier: fromName },
    to: { kind: toKind, qualifier: toName },
  };
}

function commandOf(wish: Wish, index: number): Command {
  const common = { playerId: player, requestKey: `request-${index}`, bodyHash: 1n };
  const bet = { placeKey: "request-1" };
  switch (wish) {
    case "place":
      return { ...common, type: "place", gameId: 1, roundKey: "r", stake: 1_000n, currency: "EUR" };
    case "place with a contribution":
      return {
        ...common,
        type: "place",
        gameId: 1,
        roundKey: "r",
        stake: 1_000n,
        currency: "EUR",
        jackpot: { code: "mega", amount: 5n },
      };
    case "win a jackpot":
      return {
        ...common,
        ...{ type: "win", providerId: 1, gameId: 1, roundKey: "1|1|r", currency: "EUR", amount: 0n, bet: null },
        ...{ close: false, source: "WIN", withoutBet: "HOUSE", again: "PAY" },
        jackpot: { code: "mega", amount: 50_000n },
      };
    case "take the win back":
      return {
        ...common,
        ...{
          type: "undo",
          providerId: 1,
          original: "request-2",
          mark: "undone",
          takes: "ACTION",
          settled: "CLAW_BACK",
        },
      };
    case "win":
      return {
        ...common,
        type: "settle",
        roundKey: "r",
        close: true,
        results: [{ bet, outcome: "WIN", payout: 3_600n }],
      };
    case "void":
      return { ...common, type: "void", bet, reason: "exposed cards" };
    case "rollback":
      return { ...common, type: "rollback", bet };
    case "correct":
      return { ...common, type: "correct", bet, outcome: "WIN", payout: 2_000n, reason: "counted wrongly" };
    default:
      if ("from" in wish) return { ...common, playerId: 0n, type: "post", post: wish };
      return { ...common, type: "move", move: wish };
  }
}

function post(wishes: readonly Wish[]): SmallLedger {
  const limits = new Map([["EUR" as const, { min: 1n, max: 100_000n }]]);
  const ledger = openSmallLedger({
    players: new Map([[player, "ACTIVE"]]),
    games: new Map([[1, { id: 1, providerId: 1, open: true, limits }]]),
  });
  for (const [index, wish] of wishes.entries()) {
    const [outcome] = ledger.run([commandOf(wish, index)]);
    expect(outcome?.kind).toBe("accepted");
  }
  return ledger;
}

/** `CASH available -10.00`, `GAMING +10.00`, … as the page writes them, in the order of the accounts' numbers. */
function describePostings(type: TransactionType): string {
  const ledger = post(examples[type]);
  const last = ledger.postings.filter((posting) => posting.type === type).at(-1)?.transactionId;
  const lines = ledger.postings
    .filter(({ transactionId }) => transactionId === last)
    .flatMap(({ walletId, available, held }) => {
      const wallet = ledger.wallets().find(({ id }) => id === walletId);
      if (wallet === undefined) throw new Error("a posting has a wallet");
      const { kind, currency, qualifier, playerId } = wallet;
      const name = `${kind}${qualifier === "" ? "" : `[${qualifier}]`}`;
      const unit = type === "CONVERSION" ? ` ${currency}` : "";
      const line = (account: string, amount: bigint) => ({
        rank: walletKinds[kind],
        text: `${account} ${amount > 0n ? "+" : ""}${formatMinor(amount, currency)}${unit}`,
      });
      if (playerId === undefined) return [line(name, available)];
      return [
        ...(available === 0n ? [] : [line(`${name} available`, available)]),
        ...(held === 0n ? [] : [line(`${name} held`, held)]),
      ];
    });
  return lines
    .sort((a, b) => a.rank - b.rank)
    .map(({ text }) => `\`${text}\``)
    .join(", ");
}

const types = Object.keys(transactionTypes) as TransactionType[];

describe("docs/ledger.md", () => {
  test.each(types)("shows what a %s posts", (type) => {
    const row = page.split("\n").find((line) => line.startsWith(`| ${type} |`));
    expect(row?.split(" | ").at(-1)).toBe(`${describePostings(type)} |`);
  });

  test.each(types)("and every player is told what a %s is", (type) => {
    expect(transactionSentences[type]).toMatch(/^[A-Z].*\.$/);
  });
});
