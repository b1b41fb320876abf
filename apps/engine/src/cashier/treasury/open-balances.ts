/** Whose balances can be read, by the file that names the providers. */
import { readPspFile } from "../custody/read-custodians.ts";
import { createAdyenBalance } from "../psp/adyen/adyen-balance.ts";
import { createCheckoutBalance } from "../psp/checkout/checkout-balance.ts";
import type { PspSettings } from "../psp/read-psps.ts";
import { createStripeBalance } from "../psp/stripe/stripe-balance.ts";
import type { BalanceSource } from "./balance-source.ts";

const sources: Readonly<Record<PspSettings["adapter"], (settings: PspSettings) => BalanceSource | undefined>> = {
  stripe: createStripeBalance,
  adyen: createAdyenBalance,
  checkout: createCheckoutBalance,
};

export async function openBalances(path: string): Promise<readonly BalanceSource[]> {
  const { psps } = await readPspFile(path);
  return psps.flatMap((settings) => sources[settings.adapter](settings) ?? []);
}
