import { type BreakType, breakTypeNames, breakTypeRow } from "@pitboss/domain/ops/breaks/break-types";

/** Those of the cashier's reconciliation, in the order in which they are listed. */
type CashierBreakType = Exclude<BreakType, `ROUND_${string}`>;

export const cashierBreakTypes = breakTypeNames.filter(
  (type): type is CashierBreakType => breakTypeRow(type).source === "cashier",
);

/** Words of a run's totals, which come as the engine's own. */
export const totalSides = ["LEDGER", "PSP", "BANK"] as const;
export const totalWhats = [
  "PAYMENT",
  "REFUND",
  "CHARGEBACK",
  "CHARGEBACK_REVERSAL",
  "PAYOUT",
  "PAYOUT_RETURN",
  "WAITING",
  "FEES",
  "RESERVE",
  "PAID_OUT",
  "ARRIVED",
  "OWED",
  "WITHHELD",
  "ON_ITS_WAY",
  "AT_BANK",
  "CLOSING",
] as const;
