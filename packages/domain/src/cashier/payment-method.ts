/** The ways in which money comes and goes. */
export const paymentMethods = ["CARD", "CRYPTO", "BANK_TRANSFER"] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** As the public API writes it. */
export type WireMethod = Lowercase<PaymentMethod>;

export function wireMethod(method: PaymentMethod): WireMethod {
  return method.toLowerCase() as WireMethod;
}

export const wireMethods = ["card", "crypto", "bank_transfer"] as const satisfies readonly WireMethod[];
