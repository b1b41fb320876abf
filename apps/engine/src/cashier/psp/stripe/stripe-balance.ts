/** Stripe's balance (https://docs.stripe.com/api/balance): lists of amounts by currency, in minor units. */
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { BalanceSource, ToldBalance } from "../../treasury/balance-source.ts";
import { noAnswer } from "../call.ts";
import type { PspSettings } from "../read-psps.ts";
import { createStripeClient } from "./stripe-client.ts";

const amounts = z.array(z.object({ amount: z.int(), currency: z.string() }));
const balance = z.object({ available: amounts, pending: amounts });

export function createStripeBalance({ code, url, secretKey }: PspSettings): BalanceSource {
  const { send } = createStripeClient(url, secretKey);
  return {
    code,
    async read() {
      const reply = await send({ method: "GET", path: "/v1/balance" });
      if ("away" in reply) return noAnswer(reply);
      const parsed = balance.safeParse(reply.body);
      if (reply.status !== 200 || !parsed.success) return { kind: "unanswered", why: `It answered ${reply.status}.` };
      const sums = new Map<string, { available: bigint; pending: bigint }>();
      for (const part of ["available", "pending"] as const) {
        for (const { amount, currency } of parsed.data[part]) {
          const sum = sums.get(currency) ?? { available: 0n, pending: 0n };
          sums.set(currency, { ...sum, [part]: sum[part] + BigInt(amount) });
        }
      }
      const told = [...sums].flatMap(([word, sum]): ToldBalance[] => {
        const currency = word.toUpperCase();
        return isCurrency(currency) ? [{ currency, ...sum, reserved: null }] : [];
      });
      return { kind: "answered", value: told };
    },
  };
}
