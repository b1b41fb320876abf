/** The events of the cashier that the ledger's rows don't tell: where a payout is, and where a deposit is. */
import { z } from "zod";
import { currency, decimal, defineEvent, requestId } from "../ops/event-envelope.ts";

const deposit = {
  depositId: z.string().describe("The deposit."),
  currency,
  amount: decimal.describe("What was asked for."),
  method: z.string(),
  psp: z.string().describe("The payment service provider that is asked for it."),
  requestId,
};

export const depositInitiated = defineEvent("deposit.initiated", 1, "A player asked to deposit; no money came yet.", {
  ...deposit,
});
export const depositDeclined = defineEvent("deposit.declined", 1, "The provider declined a deposit.", {
  ...deposit,
  code: z.string().describe("Why, in the provider's word."),
});
export const depositExpired = defineEvent("deposit.expired", 1, "A deposit for which no money came was given up.", {
  ...deposit,
});

const payout = {
  payoutId: z.string().describe("The payout."),
  currency,
  amount: decimal,
  method: z.string(),
  psp: z.string().describe("The payment service provider that pays it."),
  requestId,
};

export const payoutRequested = defineEvent("payout.requested", 1, "A player asked for a payout; its amount is held.", {
  ...payout,
});
export const payoutApproved = defineEvent("payout.approved", 1, "A payout may leave.", {
  ...payout,
  by: z.enum(["RULE", "PEOPLE"]).describe("Whether the rules alone said yes, or people did."),
});
export const payoutRejected = defineEvent("payout.rejected", 1, "A payout was turned down, or taken back.", {
  ...payout,
  by: z.enum(["STAFF", "PLAYER"]),
});
export const payoutSubmitted = defineEvent("payout.submitted", 1, "A payout is being sent to its provider.", {
  ...payout,
});
export const payoutPaid = defineEvent("payout.paid", 1, "The provider has paid a payout.", {
  ...payout,
  reference: z.string().describe("The provider's id of it."),
  paid: decimal
    .optional()
    .describe("What arrived, where that is less than the amount; the rest is the player's again."),
});
export const payoutReturned = defineEvent("payout.returned", 1, "A payout came back, and is the player's again.", {
  ...payout,
  code: z.string().describe("Why, in the provider's word."),
  afterPaid: z.boolean().describe("True where the provider had called it paid before."),
});
