/**
 * How many approvals a proposal takes, and how much it may reach: rows of data by kind and amount. The row of the
 * proposal's currency with the highest threshold that the amount reaches decides; without one for the currency, the row
 * for any currency does. A proposal in several currencies takes what the strictest of them asks for.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";
import type { Currency } from "../wallet/currency.ts";
import { formatMinor } from "../wallet/money.ts";
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
  /** How many records one proposal may reach; null is no limit of the policy's. */
  readonly mostItems: number | null;
  /** The largest sum in this currency that one proposal may have, minor units; null is no limit of the policy's. */
  readonly mostAmount: bigint | null;
}

export interface ApprovalNeed {
  readonly approvals: number;
  readonly openHours: number;
}

export interface ProposedMoney {
  readonly amount: bigint;
  readonly currency: Currency;
}

/** What holds for a kind that no row speaks of: two other people, for a day. */
const unspoken: ApprovalNeed & Pick<ApprovalPolicy, "mostItems" | "mostAmount"> = {
  approvals: 2,
  openHours: 24,
  mostItems: null,
  mostAmount: null,
};

/** `sums` has one entry a currency; `items` is how many records the proposal reaches. */
export function findApprovalNeed(
  policies: readonly ApprovalPolicy[],
  kind: ApprovalKind,
  sums: readonly ProposedMoney[],
  items = 1,
): Result<ApprovalNeed, Failure<"PROPOSAL_TOO_LARGE">> {
  const ofKind = policies.filter((policy) => policy.kind === kind);
  let need: ApprovalNeed = { approvals: approvalKindRow(kind).floor, openHours: Number.POSITIVE_INFINITY };
  for (const money of sums.length === 0 ? [undefined] : sums) {
    const { approvals, openHours, mostItems, mostAmount } = findRow(ofKind, money) ?? unspoken;
    if (mostItems !== null && items > mostItems) {
      return err("PROPOSAL_TOO_LARGE", `It reaches ${items} records, and the limit is ${mostItems}.`, { mostItems });
    }
    if (mostAmount !== null && money !== undefined && money.amount > mostAmount) {
      const limit = `${formatMinor(mostAmount, money.currency)} ${money.currency}`;
      return err("PROPOSAL_TOO_LARGE", `The limit of one proposal is ${limit}.`, { mostAmount: limit });
    }
    need = { approvals: Math.max(need.approvals, approvals), openHours: Math.min(need.openHours, openHours) };
  }
  return ok(need);
}

function findRow(ofKind: readonly ApprovalPolicy[], money: ProposedMoney | undefined): ApprovalPolicy | undefined {
  const ofCurrency = ofKind.filter(({ currency }) => money !== undefined && currency === money.currency);
  return (ofCurrency.length > 0 ? ofCurrency : ofKind.filter(({ currency }) => currency === null))
    .filter(({ fromAmount }) => fromAmount <= (money?.amount ?? 0n))
    .sort((a, b) => (a.fromAmount < b.fromAmount ? 1 : -1))[0];
}
