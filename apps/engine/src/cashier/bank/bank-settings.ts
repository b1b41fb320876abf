/** The banks that hold the house's accounts, from a file: where they are reached, and the keys of both sides. */
import { readIban } from "@pitboss/domain/cashier/bank/iban";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";

const iban = z.string().refine((text) => readIban(text).ok, "an IBAN in capitals, without spaces");

export const bankSettings = z.strictObject({
  /** Its name in deposits, payouts, webhooks and the ledger; never changes. */
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name: z.string().min(1).max(80),
  url: z.url({ protocol: /^https?$/ }),
  account: z.strictObject({
    iban,
    bic: z.string().regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/),
    /** Who players see that they pay. */
    holder: z.string().min(1).max(70),
    currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]),
  }),
  /** Which key the house's calls are signed with: PEM, Ed25519. */
  keyId: z.string().min(1).max(80),
  privateKey: z.string().min(80),
  /** The bank's own keys, by their ids; several while one is being changed. */
  bankKeys: z
    .array(z.strictObject({ keyId: z.string().min(1).max(80), publicKey: z.string().min(80) }))
    .min(1)
    .max(4),
  /** How often payouts are gathered into a file, s. */
  batchSeconds: z.number().min(0.1).max(86_400).default(900),
  /** From which accounts payment services pay out to the house: that is nobody's deposit. */
  settlements: z
    .array(z.strictObject({ psp: z.string(), iban }))
    .max(40)
    .default([]),
});
export type BankSettings = z.infer<typeof bankSettings>;

export const bankFile = z.strictObject({ banks: z.array(bankSettings).max(8) });
