/** What a player is told of a payout. It says what they can do, and nothing of what the house looked at. */
import type { PayoutState } from "./payout-machine.ts";

/** Why a payout was rejected, as the player reads it. Staff's own reason is never shown to them. */
export const payoutRejections = {
  CONTACT_US: "We could not make this withdrawal. Your money is back in your balance; please contact us.",
  VERIFY_FIRST: "We need to verify your details first. Your money is back in your balance.",
  OTHER_INSTRUMENT: "We can't pay to this destination. Your money is back in your balance; please choose another one.",
  DETAILS_DIFFER: "The card's holder does not seem to be you. Your money is back in your balance; please contact us.",
} as const;
export type PayoutRejection = keyof typeof payoutRejections;

export const payoutRejectionCodes = Object.keys(payoutRejections) as readonly PayoutRejection[];

const words: Readonly<Record<PayoutState, string>> = {
  REQUESTED: "We have your withdrawal, and are checking it.",
  CHECKING: "We have your withdrawal, and are checking it.",
  KYT: "We have your withdrawal, and are checking it.",
  IN_REVIEW: "A person is looking at your withdrawal. You need to do nothing.",
  FIRST_APPROVED: "A person is looking at your withdrawal. You need to do nothing.",
  AUTO_APPROVED: "Your withdrawal is approved, and is being sent.",
  APPROVED: "Your withdrawal is approved, and is being sent.",
  TRAVEL_RULE: "Your withdrawal is approved, and is being sent.",
  SUBMITTED: "Your withdrawal is on its way to your bank.",
  UNKNOWN: "Your withdrawal is on its way to your bank.",
  BROADCAST: "Your withdrawal was sent to the network, and waits for its first confirmation.",
  CONFIRMING: "Your withdrawal is being confirmed by the network.",
  PAID: "Your withdrawal was paid.",
  REJECTED: payoutRejections.CONTACT_US,
  RETURNED: "Your bank did not take the withdrawal. Your money is back in your balance.",
  CANCELLED: "You cancelled this withdrawal. Your money is back in your balance.",
};

export function payoutMessage(state: PayoutState, rejection: PayoutRejection | null): string {
  return state === "REJECTED" && rejection !== null ? payoutRejections[rejection] : words[state];
}
