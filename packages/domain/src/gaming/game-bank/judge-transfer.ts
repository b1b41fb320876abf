/** What lets a transfer into a game bank through, what a provider's word about one means, and when to ask again. */
import { err, type Failure, ok, type Result } from "../../kernel/result.ts";
import type { Currency } from "../../wallet/currency.ts";
import { formatMinor, parseAmount } from "../../wallet/money.ts";
import type { GameBankPolicy, ProviderPolicy } from "../provider-policy.ts";
import type { BankDirection, BankTransferState } from "./bank-machines.ts";

export interface BankInFacts {
  readonly currency: Currency;
  /** Minor units, above zero. */
  readonly amount: bigint;
  /** What the ledger has there already. */
  readonly inBank: bigint;
  readonly country: string;
  readonly blocked: boolean;
  readonly providerPaused: boolean;
}

/** Cash alone goes in, and no more than the policy lets lie there. Coming out is never refused. */
export function judgeBankIn(policy: ProviderPolicy, facts: BankInFacts): Result<GameBankPolicy> {
  const { currency, amount, inBank } = facts;
  const bank = policy.gameBank;
  if (bank === null) return err("GAME_BANK_NONE");
  if (facts.providerPaused) return err("PROVIDER_PAUSED");
  if (facts.blocked) return err("PLAYER_BLOCKED");
  if (policy.closedCountries.includes(facts.country)) return err("COUNTRY_CLOSED");
  const text = bank.most[currency];
  const most = text === undefined ? undefined : parseAmount(text, currency);
  const open = policy.currencies.length === 0 || policy.currencies.includes(currency);
  if (!open || most?.ok !== true) return err("CURRENCY_MISMATCH", "This game bank holds no money of this currency.");
  if (inBank + amount > most.value) {
    return err("GAME_BANK_FULL", undefined, {
      most: formatMinor(most.value, currency),
      inBank: formatMinor(inBank, currency),
      amount: formatMinor(amount, currency),
      currency,
    });
  }
  return ok(bank);
}

/** What a provider says of a transfer. Amounts in minor units. */
export type TransferReport =
  | { readonly status: "DONE"; readonly currency: Currency; readonly amount: bigint; readonly balance: bigint }
  | { readonly status: "REFUSED"; readonly code: string; readonly message: string }
  | { readonly status: "PENDING" }
  | { readonly status: "NOT_FOUND" };

export interface TransferFacts {
  readonly state: BankTransferState;
  readonly direction: BankDirection;
  readonly currency: Currency;
  /** Null on one of everything. */
  readonly amount: bigint | null;
}

export type TransferDecision =
  | { readonly event: "confirm"; readonly amount: bigint; readonly balance: bigint }
  | { readonly event: "refuse"; readonly code: string; readonly message: string }
  | { readonly event: null; readonly why: "PENDING" | "NOT_FOUND" };

/** A report that can't be about this transfer is no answer: its outcome stays unknown, and people are told. */
export function decideTransferReport(
  transfer: TransferFacts,
  report: TransferReport,
): Result<TransferDecision, Failure<"GAME_BANK_MISMATCH">> {
  if (report.status === "PENDING" || report.status === "NOT_FOUND") return ok({ event: null, why: report.status });
  if (report.status === "REFUSED") return ok({ event: "refuse", code: report.code, message: report.message });
  const { currency, amount, balance } = report;
  if (currency !== transfer.currency || (transfer.amount !== null && transfer.amount !== amount)) {
    const said = formatMinor(amount, currency);
    return err("GAME_BANK_MISMATCH", undefined, { said, currency, expected: transfer.currency });
  }
  return ok({ event: "confirm", amount, balance });
}

export interface AskTimes {
  readonly lastSentMs: number;
  readonly nowMs: number;
}

/**
 * A provider that does not know a transfer may still get it: what was sent can lie on the way. Only once it has been quiet
 * for as long as the policy says is the same transfer sent again, under the same id.
 */
export function mayResend(
  { lastSentMs, nowMs }: AskTimes,
  { quietSeconds }: Pick<GameBankPolicy, "quietSeconds">,
): boolean {
  return nowMs - lastSentMs >= quietSeconds * 1_000;
}

/** How long until a provider is asked again, ms: doubling from the first to the most that the policy has. */
export function askAgainMs(
  tries: number,
  { retryFirstSeconds, retryMostSeconds }: Pick<GameBankPolicy, "retryFirstSeconds" | "retryMostSeconds">,
): number {
  return Math.min(retryFirstSeconds * 2 ** Math.min(tries, 20), retryMostSeconds) * 1_000;
}
