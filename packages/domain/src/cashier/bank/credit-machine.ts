/** What becomes of money that came to an account of the house. */

export const creditMachine = {
  // Its reference says whose it is, and nothing stands against it; or it waits for people. `setAside` is a payment
  // service's own payout to the house, `matchReturn` a payout that the bank sent back.
  RECEIVED: { credit: "CREDITED", wait: "IN_INBOX", setAside: "SETTLEMENT", matchReturn: "PAYOUT_RETURN" },
  // Two people say whose it is, or have it sent back.
  IN_INBOX: { credit: "CREDITED", giveBack: "RETURNING" },
  RETURNING: { arrive: "RETURNED", fail: "IN_INBOX" },
  // The bank of whoever sent it may not take it back.
  RETURNED: { bounce: "IN_INBOX" },
  CREDITED: {},
  SETTLEMENT: {},
  PAYOUT_RETURN: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type CreditState = keyof typeof creditMachine;

export const creditStates = Object.keys(creditMachine) as readonly CreditState[];

type EventsOf<S extends CreditState> = S extends CreditState ? keyof (typeof creditMachine)[S] : never;
export type CreditEvent = EventsOf<CreditState>;

/** Why a credit waits for people, beside what the checks of a deposit refuse. */
export const inboxReasons = [
  "NO_REFERENCE",
  "UNKNOWN_REFERENCE",
  "PAYER_UNKNOWN",
  "PAYER_NAME_DIFFERS",
  "OTHER_CURRENCY",
  "RETURN_NOT_OURS",
  "RETURN_FAILED",
  "RETURN_CAME_BACK",
] as const;
