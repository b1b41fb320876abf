/** What each side of a run adds up to, by provider or account and currency: on a clean day both say the same. */
import type { RunTotal } from "@pitboss/db/ops/recon-run-store";
import type { WalletRecord } from "@pitboss/db/wallet/read-wallets";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { WalletKind } from "@pitboss/domain/wallet/ledger-codes";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { ComparedHouse } from "./reconcile-cashier.ts";

/** Accounts of the ledger that stand for what others owe the house, as a run shows them. */
const accounts: Partial<Readonly<Record<WalletKind, string>>> = {
  PSP_CLEARING: "OWED",
  PSP_RESERVE: "WITHHELD",
  IN_TRANSIT: "ON_ITS_WAY",
  BANK: "AT_BANK",
};

export function sumRun(
  { sums, waiting, payouts, closings }: ComparedHouse,
  balances: readonly WalletRecord[],
  /** The banks that carry transfers, each with its account: what comes and goes by them lies there too. */
  transferBanks: ReadonlyMap<string, string>,
): RunTotal[] {
  const totals = new Map<string, Omit<RunTotal, "amount" | "currency"> & { currency: Currency; amount: bigint }>();
  const add = (side: string, what: string, scope: string, currency: Currency, amount: bigint, count = 1): void => {
    const key = [side, what, scope, currency].join(" ");
    const there = totals.get(key);
    const sum = { count: count + (there?.count ?? 0), amount: amount + (there?.amount ?? 0n) };
    totals.set(key, { side, what, scope, currency, ...sum });
  };
  for (const { side, kind, psp, currency, amount, count } of sums) add(side, kind, psp, currency, amount, count);
  for (const { psp, ours } of waiting) {
    if (ours !== null) add("LEDGER", "WAITING", psp, ours.currency, ours.amount);
  }
  for (const { psp, currency, fees, reserve, paidOut, arrived } of payouts) {
    add("PSP", "FEES", psp, currency, fees);
    add("PSP", "RESERVE", psp, currency, reserve);
    add("PSP", "PAID_OUT", psp, currency, paidOut);
    if (arrived !== null) add("BANK", "ARRIVED", psp, arrived.currency, arrived.amount);
  }
  const known = new Set([...sums, ...payouts].map(({ psp }) => psp));
  const banks = new Set(closings.map(({ account }) => account));
  for (const { kind, qualifier, currency, available } of balances) {
    const iban = kind === "PSP_CLEARING" ? transferBanks.get(qualifier) : undefined;
    if (iban !== undefined && banks.has(iban)) add("LEDGER", "AT_BANK", iban, currency, -available);
    const what = accounts[kind];
    if (what === undefined || (kind === "BANK" ? !banks.has(qualifier) : !known.has(qualifier))) continue;
    // What others owe the house stands below zero.
    add("LEDGER", what, qualifier, currency, -available);
  }
  for (const { account, currency, closing } of closings) add("BANK", "CLOSING", account, currency, closing);
  return [...totals.values()].map((total) => ({ ...total, amount: formatMinor(total.amount, total.currency) }));
}
