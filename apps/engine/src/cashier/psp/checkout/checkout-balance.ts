/**
 * The sub-accounts of an entity at Checkout.com (https://www.checkout.com/docs/funds-management/manage-funds/balances):
 * what is payable has left what is available and is not at the bank yet; the collateral is a rolling reserve.
 */
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { BalanceSource, ToldBalance } from "../../treasury/balance-source.ts";
import { callProvider, noAnswer } from "../call.ts";
import type { PspSettings } from "../read-psps.ts";

const amount = z.int().nullish();
const accounts = z.object({
  data: z.array(
    z.object({
      holding_currency: z.string(),
      balances: z.object({
        pending: amount,
        available: amount,
        payable: amount,
        collateral: amount,
        operational: amount,
      }),
    }),
  ),
});

/** Undefined where no entity is named. */
export function createCheckoutBalance(settings: PspSettings): BalanceSource | undefined {
  const { code, url, balanceUrl = url, balanceAccount: entity, secretKey } = settings;
  if (entity === undefined) return undefined;
  const base = balanceUrl.replace(/\/$/, "");
  return {
    code,
    async read() {
      const reply = await callProvider({
        url: `${base}/balances/${encodeURIComponent(entity)}`,
        method: "GET",
        headers: { authorization: `Bearer ${secretKey}` },
      });
      if ("away" in reply) return noAnswer(reply);
      const parsed = accounts.safeParse(reply.body);
      if (reply.status !== 200 || !parsed.success) return { kind: "unanswered", why: `It answered ${reply.status}.` };
      const sums = new Map<Currency, ToldBalance>();
      for (const { holding_currency: currency, balances } of parsed.data.data) {
        if (!isCurrency(currency)) continue;
        const sum = sums.get(currency) ?? { currency, available: 0n, pending: 0n, reserved: 0n };
        sums.set(currency, {
          currency,
          available: sum.available + BigInt(balances.available ?? 0) + BigInt(balances.operational ?? 0),
          pending: sum.pending + BigInt(balances.pending ?? 0),
          reserved: (sum.reserved ?? 0n) + BigInt(balances.collateral ?? 0),
        });
      }
      return { kind: "answered", value: [...sums.values()] };
    },
  };
}
