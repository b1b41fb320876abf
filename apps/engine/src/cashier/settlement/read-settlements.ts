/** Where the providers' settlement reports come from, by the same file that names the providers. */
import { readPspFile } from "../custody/read-custodians.ts";
import { createAdyenSettlement } from "../psp/adyen/adyen-settlement.ts";
import { createCheckoutSettlement } from "../psp/checkout/checkout-settlement.ts";
import type { PspSettings } from "../psp/read-psps.ts";
import { createStripeSettlement } from "../psp/stripe/stripe-settlement.ts";
import type { SettlementSource } from "./settlement-source.ts";

const sources: Readonly<Record<PspSettings["adapter"], (settings: PspSettings) => SettlementSource>> = {
  stripe: createStripeSettlement,
  adyen: createAdyenSettlement,
  checkout: createCheckoutSettlement,
};

export async function readSettlements(path: string): Promise<ReadonlyMap<string, SettlementSource>> {
  const { psps } = await readPspFile(path);
  return new Map(psps.map((settings) => [settings.code, sources[settings.adapter](settings)]));
}
