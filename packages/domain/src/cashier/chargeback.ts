/**
 * Chargebacks: a deposit that its payer's bank takes back. What a provider says of a dispute is decided on where the
 * dispute and its deposit stand, in whatever order it comes; what comes too early is kept until it fits.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";
import type { Currency } from "../wallet/currency.ts";
import { formatMinor } from "../wallet/money.ts";
import type { DepositState } from "./deposit-machine.ts";

export const chargebackMachine = {
  OPENED: { submit: "SUBMITTED", accept: "ACCEPTED", win: "WON", lose: "LOST" },
  SUBMITTED: { win: "WON", lose: "LOST" },
  // Who accepts a dispute may still win it, as when the payer takes it back.
  ACCEPTED: { win: "WON", lose: "LOST" },
  WON: {},
  LOST: {},
} as const satisfies Record<string, Partial<Record<string, string>>>;
export type ChargebackState = keyof typeof chargebackMachine;
export const chargebackStates = Object.keys(chargebackMachine) as readonly ChargebackState[];

/** What a provider says of a dispute, in the house's words. */
export interface DisputeReport {
  /** The provider's own id of the dispute. */
  readonly reference: string;
  /** The provider's id of the payment. */
  readonly payment: string;
  readonly state: "OPENED" | "WON" | "LOST";
  readonly currency: Currency;
  /** What is taken back, minor units. */
  readonly amount: bigint;
  readonly reasonCode: string;
  readonly reason: string;
  /** Until when evidence is taken; null where the provider names no day. */
  readonly dueAt: Date | null;
}

export interface DisputedDeposit {
  readonly state: DepositState;
  readonly currency: Currency;
  readonly credited: bigint | null;
}

export interface KnownChargeback {
  readonly reference: string;
  readonly state: ChargebackState;
}

export type DisputeDecision =
  | { readonly kind: "open" }
  | { readonly kind: "close"; readonly to: "WON" | "LOST" }
  | { readonly kind: "nothing"; readonly why: string };

type DisputeRefusal = Failure<"PAYMENT_MISMATCH" | "CHARGEBACK_EARLY">;

export function decideDispute(
  deposit: DisputedDeposit,
  known: KnownChargeback | undefined,
  report: DisputeReport,
): Result<DisputeDecision, DisputeRefusal> {
  if (known === undefined) return decideFirst(deposit, report);
  if (known.reference !== report.reference) {
    return err("PAYMENT_MISMATCH", `The deposit has the dispute ${known.reference}, and this is another one.`);
  }
  if (report.state === "OPENED") return nothing(`It is ${known.state} already.`);
  if (known.state === "WON" || known.state === "LOST") {
    return known.state === report.state
      ? nothing(`It is ${known.state} already.`)
      : err("PAYMENT_MISMATCH", `The dispute was ${known.state}, and is now told to be ${report.state}.`);
  }
  return ok({ kind: "close", to: report.state });
}

function decideFirst(deposit: DisputedDeposit, report: DisputeReport): Result<DisputeDecision, DisputeRefusal> {
  // Neither the money nor the dispute's beginning may have been told yet: providers promise no order.
  if ((deposit.state !== "CREDITED" && deposit.state !== "SETTLED") || deposit.credited === null) {
    return err("CHARGEBACK_EARLY", `The deposit is ${deposit.state}.`);
  }
  if (report.state !== "OPENED") return err("CHARGEBACK_EARLY", "Its beginning was not told yet.");
  if (report.currency !== deposit.currency) {
    return err("PAYMENT_MISMATCH", `It was paid in ${deposit.currency}, and is disputed in ${report.currency}.`);
  }
  if (report.amount < 1n || report.amount > deposit.credited) {
    const [asked, paid] = [report.amount, deposit.credited].map((minor) => formatMinor(minor, deposit.currency));
    return err("PAYMENT_MISMATCH", `${asked} ${deposit.currency} is disputed of ${paid}.`);
  }
  return ok({ kind: "open" });
}

function nothing(why: string): Result<DisputeDecision, never> {
  return ok({ kind: "nothing", why });
}
