/** What deposits are offered: each method that somebody takes, with the house's bounds by currency. */
import { listDepositRules } from "@pitboss/db/cashier/deposit-rule-store";
import type { DepositRule } from "@pitboss/domain/cashier/deposit-checks";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Cashier } from "../cashier.ts";
import { findOpenPsps } from "../psp/open-psps.ts";

export interface OfferedMethod {
  readonly method: PaymentMethod;
  readonly rules: ReadonlyMap<Currency, DepositRule>;
  /** Who takes it at the moment. */
  readonly providers: string[];
}

export async function listMethods(cashier: Cashier): Promise<OfferedMethod[]> {
  const { db, clock, psps, chain, bank } = cashier;
  const at = new Date(clock.now());
  const offered: OfferedMethod[] = [];
  if (psps.size > 0) {
    offered.push({
      method: "CARD",
      rules: await listDepositRules(db, "CARD", at),
      providers: await findOpenPsps(cashier),
    });
  }
  if (chain.custodians.size > 0) {
    const rules = await listDepositRules(db, "CRYPTO", at);
    offered.push({ method: "CRYPTO", rules, providers: [...chain.custodians.keys()] });
  }
  if (bank.banks.size > 0) {
    // A transfer comes in the currency of the account that it comes to.
    const accounts = new Set([...bank.banks.values()].map(({ account }) => account.currency));
    const all = await listDepositRules(db, "BANK_TRANSFER", at);
    const rules = new Map([...all].filter(([currency]) => accounts.has(currency)));
    offered.push({ method: "BANK_TRANSFER", rules, providers: [...bank.banks.keys()] });
  }
  return offered.filter(({ rules }) => rules.size > 0);
}
