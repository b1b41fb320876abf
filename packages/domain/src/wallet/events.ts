/** The events of money that is not a bet's. Each stands for one transaction of the ledger. */
import { z } from "zod";
import { anyJson, currency, decimal, defineEvent, requestId, transactionId } from "../ops/event-envelope.ts";

const money = {
  transactionId,
  currency,
  amount: decimal.describe("What the transaction is over, above zero."),
  reference: z
    .string()
    .nullable()
    .describe("The number of the payment, grant or earlier transaction that this one is about."),
  actor: z.string().nullable().describe("Who did it, where it was not the player."),
  details: anyJson.describe("What the one who moved the money had to say about it."),
  requestId,
};
const balanceAfter = decimal.describe("The player's available cash in this currency afterwards.");
const balanceAfterIfMoved = balanceAfter.nullable().describe("The player's available cash; null where none moved.");
const psp = z.string().describe("The payment service provider.");
const grant = z.string().describe("The bonus grant.");
const jackpot = z.string().describe("The jackpot's code.");
const provider = z.string().describe("The provider whose game bank it is.");

export const depositCredited = defineEvent("deposit.credited", 1, "A deposit was credited to cash.", {
  ...money,
  psp,
  pspFee: decimal.optional().describe("What the payment service keeps of it; left out where it keeps nothing."),
  balanceAfter,
});

export const depositReleased = defineEvent(
  "deposit.released",
  1,
  "A deposit that was credited frozen was let go: its cash is available.",
  { ...money, balanceAfter },
);

export const payoutHeld = defineEvent("payout.held", 1, "Cash was set aside for a payout.", { ...money, balanceAfter });
export const payoutSettled = defineEvent("payout.settled", 1, "A payout left the house.", { ...money, psp });
export const payoutReleased = defineEvent("payout.released", 1, "A payout was not made: its cash is available again.", {
  ...money,
  balanceAfter,
});

export const bonusIssued = defineEvent("bonus.issued", 1, "A bonus was granted.", { ...money, grant });
export const bonusConverted = defineEvent("bonus.converted", 1, "Bonus money became cash.", {
  ...money,
  grant,
  converted: decimal.describe("What became cash."),
  returned: decimal.describe("What lay above the cap and went back to the house."),
  balanceAfter: balanceAfterIfMoved,
});
export const bonusForfeited = defineEvent("bonus.forfeited", 1, "Bonus money went back to the house.", {
  ...money,
  grant,
});

export const jackpotContributed = defineEvent("jackpot.contributed", 1, "A part of a stake went into a jackpot.", {
  ...money,
  jackpot,
});
export const jackpotWon = defineEvent("jackpot.won", 1, "A jackpot was paid to its winner.", {
  ...money,
  jackpot,
  balanceAfter,
});

export const jackpotContributionReversed = defineEvent(
  "jackpot.contribution_reversed",
  1,
  "A bet was given back, and what it had put into a jackpot with it.",
  { ...money, jackpot },
);
export const jackpotWinReversed = defineEvent(
  "jackpot.win_reversed",
  1,
  "A win was taken back, and what it had paid from a jackpot with it.",
  {
    ...money,
    jackpot,
    owed: decimal.describe("The part that the player no longer had, and owes."),
    balanceAfter: balanceAfterIfMoved,
  },
);

export const feeCharged = defineEvent("fee.charged", 1, "The player paid a fee.", { ...money, balanceAfter });

export const chargebackBooked = defineEvent("chargeback.booked", 1, "A deposit was taken back by its payer's bank.", {
  ...money,
  psp,
  covered: decimal.describe("What the player's cash covered."),
  loss: decimal.describe("What the house lost."),
  balanceAfter: balanceAfterIfMoved,
});
export const chargebackReversed = defineEvent("chargeback.reversed", 1, "A chargeback was won by the house.", {
  ...money,
  psp,
  fromLoss: decimal.describe("What the house got back."),
  returned: decimal.describe("What the player got back."),
  balanceAfter: balanceAfterIfMoved,
});

export const transferOut = defineEvent("transfer.out", 1, "Cash went to a provider's game bank.", {
  ...money,
  provider,
  balanceAfter,
});
export const transferIn = defineEvent("transfer.in", 1, "Cash came back from a provider's game bank.", {
  ...money,
  amount: decimal.describe("What came back; zero where everything was lost there."),
  provider,
  won: decimal.describe(
    "What play there came to for the player since the last transfer; below zero where it was lost.",
  ),
  balanceAfter: balanceAfterIfMoved,
});

export const walletConverted = defineEvent("wallet.converted", 1, "Cash of one currency became cash of another.", {
  ...money,
  to: currency,
  converted: decimal.describe("In the other currency."),
  rate: z.string().describe("Units of the other currency for one of this, as captured in the transaction."),
  rateSource: z.string(),
  rateAsOf: z.string(),
  balanceAfter,
  convertedBalanceAfter: decimal.nullable().describe("The available cash in the other currency; null where none came."),
});

export const walletAdjusted = defineEvent("wallet.adjusted", 1, "A person moved a player's cash by hand.", {
  ...money,
  direction: z.enum(["INTO_PLAYER", "FROM_PLAYER"]),
  category: z.string(),
  reason: z.string(),
  balanceAfter,
});

export const moveDenied = defineEvent("wallet.denied", 1, "A rule refused a movement of money.", {
  code: z.string().describe("The code of the refusal, from the table of failures."),
  rule: z.string(),
  ruleVersion: z.int(),
  inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  requestId,
});
