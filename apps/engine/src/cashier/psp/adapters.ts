/** The dialects that the house speaks: a folder and a line for each. */
import { createAdyen } from "./adyen/adyen.ts";
import { createCheckout } from "./checkout/checkout.ts";
import type { Psp } from "./psp.ts";
import type { PspSettings } from "./read-psps.ts";
import { createStripe } from "./stripe/stripe.ts";

export const adapters: Readonly<Record<PspSettings["adapter"], (settings: PspSettings) => Psp>> = {
  stripe: createStripe,
  adyen: createAdyen,
  checkout: createCheckout,
};
