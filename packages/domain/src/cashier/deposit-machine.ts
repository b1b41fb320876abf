/**
 * The life of a deposit as a table, and what a provider's word about it means. Providers repeat themselves and mix up
 * the order, so that what is decided depends on where the deposit is and on what was said, never on which came first.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";
import type { Currency } from "../wallet/currency.ts";
import { formatMinor } from "../wallet/money.ts";

export const depositMachine = {
  INITIATED: { wait: "PENDING", credit: "CREDITED", decline: "DECLINED", expire: "EXPIRED" },
  PENDING: { credit: "CREDITED", decline: "DECLINED", expire: "EXPIRED" },
  // What the payer's bank takes back is disputed until the provider says who won.
  CREDITED: { settle: "SETTLED", dispute: "DISPUTED" },
  // The provider has reported it and paid it out to the house; its payer's bank may still take it back.
  SETTLED: { dispute: "DISPUTED" },
  DISPUTED: { win: "WON", lose: "LOST" },
  WON: {},
  LOST: {},
  // Money that came although it was given up is the player's all the same.
  DECLINED: { creditLate: "CREDITED" },
  EXPIRED: { creditLate: "CREDITED" },
} as const satisfies Record<string, Partial<Record<string, string>>>;
export type DepositState = keyof typeof depositMachine;

export const depositStates = Object.keys(depositMachine) as readonly DepositState[];

export type DepositEvent = "wait" | "credit" | "creditLate" | "decline" | "expire";

/** What a provider says of a payment, in the house's words. */
export type PaymentReport = {
  /** The provider's own id of the payment. */
  readonly reference: string;
  readonly currency: Currency;
} & (
  | {
      readonly state: "TAKEN";
      /** What was taken, minor units; less than was asked for where the capture was partial. */
      readonly amount: bigint;
      /** What the provider keeps of it, minor units; zero where it does not say. */
      readonly fee: bigint;
    }
  /** The player has to do something first, as to confirm at their bank. */
  | { readonly state: "ACTION"; readonly url: string }
  | { readonly state: "PROCESSING" }
  | { readonly state: "FAILED"; readonly failureCode: string; readonly message: string }
  | { readonly state: "CANCELLED" }
);

export interface DepositFacts {
  readonly state: DepositState;
  readonly currency: Currency;
  /** What was asked for, minor units. */
  readonly amount: bigint;
  readonly pspReference: string | null;
  readonly expiresAtMs: number;
}

export type DepositDecision =
  | { readonly kind: "move"; readonly event: DepositEvent; readonly to: DepositState }
  /** It was known, or says less than what is known. */
  | { readonly kind: "nothing"; readonly why: string };

type ReportRefusal = Failure<"PAYMENT_MISMATCH">;

/** Refused where the report can't be about this deposit: a person has to look, and no money moves meanwhile. */
export function decideReport(
  deposit: DepositFacts,
  report: PaymentReport,
  nowMs: number,
): Result<DepositDecision, ReportRefusal> {
  const wrong = findMismatch(deposit, report);
  if (wrong !== undefined) return wrong;
  const { state } = deposit;
  switch (report.state) {
    case "TAKEN":
      if (isOpen(state)) return ok(move(state, "credit"));
      return state === "DECLINED" || state === "EXPIRED" ? ok(late(state)) : nothing(`It is ${state} already.`);
    case "ACTION":
    case "PROCESSING":
      return state === "INITIATED" ? ok(move(state, "wait")) : nothing(`It is ${state} already.`);
    case "FAILED":
      return isOpen(state) ? ok(move(state, "decline")) : nothing(`It is ${state} already.`);
    case "CANCELLED":
      if (!isOpen(state)) return nothing(`It is ${state} already.`);
      return ok(move(state, nowMs >= deposit.expiresAtMs ? "expire" : "decline"));
  }
}

export function isOpen(state: DepositState): state is "INITIATED" | "PENDING" {
  return state === "INITIATED" || state === "PENDING";
}

function move(state: "INITIATED" | "PENDING", event: "credit" | "decline" | "expire" | "wait"): DepositDecision {
  const to = event === "wait" ? depositMachine.INITIATED.wait : depositMachine[state][event];
  return { kind: "move", event, to };
}

function late(state: "DECLINED" | "EXPIRED"): DepositDecision {
  return { kind: "move", event: "creditLate", to: depositMachine[state].creditLate };
}

function nothing(why: string): Result<DepositDecision, never> {
  return ok({ kind: "nothing", why });
}

function findMismatch(deposit: DepositFacts, report: PaymentReport): Result<never, ReportRefusal> | undefined {
  if (deposit.pspReference !== null && deposit.pspReference !== report.reference) {
    return err("PAYMENT_MISMATCH", "The payment is not the one of this deposit.", { reference: report.reference });
  }
  if (report.currency !== deposit.currency) {
    return err("PAYMENT_MISMATCH", `It was asked for in ${deposit.currency}, and is in ${report.currency}.`);
  }
  if (report.state !== "TAKEN") return undefined;
  if (report.amount < 1n || report.amount > deposit.amount) {
    const [taken, asked] = [report.amount, deposit.amount].map((minor) => formatMinor(minor, deposit.currency));
    return err("PAYMENT_MISMATCH", `${asked} ${deposit.currency} was asked for, and ${taken} was taken.`);
  }
  return undefined;
}
