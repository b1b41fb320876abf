/**
 * The life of a payout as a table, and what a provider's word about it means. Money is held while it is on its way
 * through this table, leaves the house with `pay`, and is the player's again at REJECTED, RETURNED and CANCELLED. What
 * a provider did not answer is UNKNOWN: it is asked about before anything is sent again.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";
import type { Currency } from "../wallet/currency.ts";
import { formatMinor } from "../wallet/money.ts";

export const payoutMachine = {
  REQUESTED: { check: "CHECKING", cancel: "CANCELLED" },
  CHECKING: { approveAuto: "AUTO_APPROVED", review: "IN_REVIEW", screenChain: "KYT", cancel: "CANCELLED" },
  // Of what goes to an address of a chain: its past is looked at before anybody says yes.
  KYT: { approveAuto: "AUTO_APPROVED", review: "IN_REVIEW", cancel: "CANCELLED" },
  IN_REVIEW: {
    approveFirst: "FIRST_APPROVED",
    recheck: "IN_REVIEW",
    reject: "REJECTED",
    cancel: "CANCELLED",
  },
  // One person has said yes. `approve` is what the last one brings about; where one is enough it follows at once.
  FIRST_APPROVED: { approve: "APPROVED", recheck: "IN_REVIEW", reject: "REJECTED", cancel: "CANCELLED" },
  AUTO_APPROVED: { submit: "SUBMITTED", inform: "TRAVEL_RULE", recall: "IN_REVIEW", cancel: "CANCELLED" },
  APPROVED: { submit: "SUBMITTED", inform: "TRAVEL_RULE", recall: "IN_REVIEW", cancel: "CANCELLED" },
  // Who sends and who receives is told before anything goes out on a chain.
  TRAVEL_RULE: { submit: "SUBMITTED", recall: "IN_REVIEW", cancel: "CANCELLED" },
  // `payPart`: less arrived than was ordered, and the rest is the player's again.
  // Written before the provider is asked, so that whatever happens then there is something to ask about.
  SUBMITTED: {
    acknowledge: "SUBMITTED",
    lose: "UNKNOWN",
    broadcast: "BROADCAST",
    confirm: "CONFIRMING",
    pay: "PAID",
    payPart: "PAID",
    return: "RETURNED",
  },
  UNKNOWN: {
    acknowledge: "SUBMITTED",
    resubmit: "SUBMITTED",
    broadcast: "BROADCAST",
    confirm: "CONFIRMING",
    pay: "PAID",
    payPart: "PAID",
    return: "RETURNED",
  },
  // On its chain, in no block yet; and in a block that others are still to follow. A chain may take a block back.
  BROADCAST: { confirm: "CONFIRMING", pay: "PAID", payPart: "PAID", return: "RETURNED" },
  CONFIRMING: { unconfirm: "BROADCAST", pay: "PAID", payPart: "PAID", return: "RETURNED" },
  // A bank may send back what was paid days ago.
  PAID: { returnPaid: "RETURNED" },
  REJECTED: {},
  RETURNED: {},
  CANCELLED: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>;
export type PayoutState = keyof typeof payoutMachine;

export const payoutStates = Object.keys(payoutMachine) as readonly PayoutState[];

type EventsOf<S extends PayoutState> = S extends PayoutState ? keyof (typeof payoutMachine)[S] : never;
export type PayoutEvent = EventsOf<PayoutState>;

/** Where an event leads from a state; undefined where it can't happen there. */
export function payoutAfter(state: PayoutState, event: PayoutEvent): PayoutState | undefined {
  const moves: Readonly<Partial<Record<string, PayoutState>>> = payoutMachine[state];
  return Object.hasOwn(moves, event) ? moves[event] : undefined;
}

/** Those in which a person has to decide. */
export const reviewStates = ["IN_REVIEW", "FIRST_APPROVED"] as const satisfies readonly PayoutState[];

/** Those of which nothing more is expected. A payout that was paid may still come back, which is not waited for. */
export function isPayoutOver(state: PayoutState): boolean {
  return state === "PAID" || state === "REJECTED" || state === "RETURNED" || state === "CANCELLED";
}

export interface ChainStanding {
  /** Null until it was sent to the chain. */
  readonly hash: string | null;
  /** Blocks that hold it or follow it. */
  readonly confirmations: number;
  /** What the chain took for it, as the custodian writes it; null while that is not known. */
  readonly fee: { readonly asset: string; readonly amount: string } | null;
}

/** What a provider says of a payout, in the house's words. A report of a chain says how things stand now. */
export type PayoutReport = {
  /** The provider's own id of it. */
  readonly reference: string;
  readonly currency: Currency;
  /** Minor units. */
  readonly amount: bigint;
  /** Of what goes over a chain: where it stands there. */
  readonly chain?: ChainStanding;
} & (
  | { readonly state: "PENDING" | "BROADCAST" | "CONFIRMING" }
  /** `paid` is what arrived, minor units, where that is less than `amount`. */
  | { readonly state: "PAID"; readonly paid?: bigint }
  /** It did not arrive, and the money is back with the house. */
  | { readonly state: "FAILED"; readonly failureCode: string; readonly message: string }
);

export interface PayoutFacts {
  readonly state: PayoutState;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly pspReference: string | null;
  /** What arrived, where it is known to be less than the amount. */
  readonly paid: bigint | null;
}

export type PayoutDecision =
  | { readonly kind: "move"; readonly event: PayoutEvent; readonly to: PayoutState }
  /** It was known, or says less than what is known. */
  | { readonly kind: "nothing"; readonly why: string };

/** Refused where the report can't be about this payout, or says that money left that the house has given back. */
export function decidePayoutReport(
  payout: PayoutFacts,
  report: PayoutReport,
): Result<PayoutDecision, Failure<"PAYMENT_MISMATCH">> {
  const wrong = findMismatch(payout, report);
  if (wrong !== undefined) return wrong;
  const { state } = payout;
  switch (report.state) {
    case "PENDING":
      if (state === "UNKNOWN" || (state === "SUBMITTED" && payout.pspReference === null)) {
        return move(state, "acknowledge");
      }
      return wasSent(state) ? nothing(state) : neverSent(state);
    case "BROADCAST":
      if (state === "SUBMITTED" || state === "UNKNOWN") return move(state, "broadcast");
      if (state === "CONFIRMING") return move(state, "unconfirm");
      return wasSent(state) ? nothing(state) : neverSent(state);
    case "CONFIRMING":
      if (state === "SUBMITTED" || state === "UNKNOWN" || state === "BROADCAST") return move(state, "confirm");
      return wasSent(state) ? nothing(state) : neverSent(state);
    case "PAID":
      if (isUnderWay(state)) return move(state, report.paid === undefined ? "pay" : "payPart");
      if (state === "PAID") return nothing(state);
      return neverSent(state);
    case "FAILED":
      if (isUnderWay(state)) return move(state, "return");
      if (state === "PAID") return move(state, "returnPaid");
      return state === "RETURNED" ? nothing(state) : neverSent(state);
  }
}

const underWay = ["SUBMITTED", "UNKNOWN", "BROADCAST", "CONFIRMING"] as const;
type UnderWay = (typeof underWay)[number];

/** Sent, and neither arrived nor back. */
export function isUnderWay(state: PayoutState): state is UnderWay {
  return (underWay as readonly PayoutState[]).includes(state);
}

function wasSent(state: PayoutState): boolean {
  return isUnderWay(state) || state === "PAID" || state === "RETURNED";
}

function move<S extends PayoutState>(state: S, event: EventsOf<S> & PayoutEvent): Result<PayoutDecision, never> {
  const to = payoutAfter(state, event);
  if (to === undefined) throw new Error(`the table has no ${event} at ${state}`);
  return ok({ kind: "move", event, to });
}

function nothing(state: PayoutState): Result<PayoutDecision, never> {
  return ok({ kind: "nothing", why: `It is ${state} already.` });
}

function neverSent(state: PayoutState): Result<never, Failure<"PAYMENT_MISMATCH">> {
  return err("PAYMENT_MISMATCH", `The house holds it for ${state}, and the provider says otherwise.`, { state });
}

function findMismatch(
  payout: PayoutFacts,
  report: PayoutReport,
): Result<never, Failure<"PAYMENT_MISMATCH">> | undefined {
  if (payout.pspReference !== null && payout.pspReference !== report.reference) {
    return err("PAYMENT_MISMATCH", "It is not the payout that the provider had acknowledged.", {
      reference: report.reference,
    });
  }
  if (report.currency !== payout.currency || report.amount !== payout.amount) {
    const told = `${formatMinor(report.amount, report.currency)} ${report.currency}`;
    const sent = `${formatMinor(payout.amount, payout.currency)} ${payout.currency}`;
    return err("PAYMENT_MISMATCH", `${sent} was sent, and the provider speaks of ${told}.`);
  }
  if (report.state !== "PAID") return undefined;
  const { currency } = payout;
  const say = (minor: bigint): string => `${formatMinor(minor, currency)} ${currency}`;
  if (report.paid !== undefined && (report.paid < 1n || report.paid >= payout.amount)) {
    return err("PAYMENT_MISMATCH", `${say(report.paid)} is no part of ${say(payout.amount)}.`);
  }
  const [arrived, known] = [report.paid ?? payout.amount, payout.paid ?? payout.amount];
  if (payout.state === "PAID" && arrived !== known) {
    return err("PAYMENT_MISMATCH", `${say(known)} arrived, and now the provider speaks of ${say(arrived)}.`);
  }
  return undefined;
}

/** What to do about a payout of which the provider knows nothing. */
export type UnknownDecision = "WAIT" | "RESUBMIT" | "ASK_A_PERSON";

export interface UnknownFacts {
  /** When it was sent first, and last, ms. */
  readonly firstSentMs: number;
  readonly lastSentMs: number;
  readonly nowMs: number;
  /** A provider may learn late of what it was sent; before this has passed its no is not believed, ms. */
  readonly quietMs: number;
  /** How long the provider takes an order with the same key once, ms. */
  readonly keyLivesMs: number;
}

/**
 * The same order may be sent again only while the provider would know it again by its key; after that a person decides.
 */
export function decideUnknown({ firstSentMs, lastSentMs, nowMs, quietMs, keyLivesMs }: UnknownFacts): UnknownDecision {
  if (nowMs - lastSentMs < quietMs) return "WAIT";
  return nowMs - firstSentMs < keyLivesMs ? "RESUBMIT" : "ASK_A_PERSON";
}
