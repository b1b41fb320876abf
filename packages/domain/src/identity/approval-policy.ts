/**
 * How many approvals a proposal takes: rows of data by kind and amount. The row of the proposal's currency with the
 * highest threshold that the amount reaches decides; without one for the currency, the row for any currency does.
 */
import type { Currency } from "../wallet/currency.ts";
import { type ApprovalKind, approvalKindRow } from "./approval-kinds.ts";

export interface ApprovalPolicy {
  readonly kind: ApprovalKind;
  /** Null is any currency, and then the threshold is 0: an amount means nothing without its currency. */
  readonly currency: Currency | null;
  /** Smallest amount that this row is for, minor units of the currency. */
  readonly fromAmount: bigint;
  readonly approvals: number;
  /** How long a proposal stays open, hours. */
  readonly openHours: number;
}

export interface ApprovalNeed {
  readonly approvals: number;
  readonly openHours: number;
}

/** What holds for a kind that no row speaks of: two other people, for a day. */
const unspoken: ApprovalNeed = { approvals: 2, openHours: 24 };

export function findApprovalNeed(
  policies: readonly ApprovalPolicy[],
  kind: ApprovalKind,
  money: { readonly amount: bigint; readonly currency: Currency } | undefined,
): ApprovalNeed {
  const ofKind = policies.filter((policy) => policy.kind === kind);
  const ofCurrency = ofKind.filter(({ currency }) => money !== undefined && currency === money.currency);
  const reached = (ofCurrency.length > 0 ? ofCurrency : ofKind.filter(({ currency }) => currency === null))
    .filter(({ fromAmount }) => fromAmount <= (money?.amount ?? 0n))
    .sort((a, b) => (a.fromAmount < b.fromAmount ? 1 : -1));
  const { approvals, openHours } = reached[0] ?? unspoken;
  return { approvals: Math.max(approvals, approvalKindRow(kind).floor), openHours };
}
