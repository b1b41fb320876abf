/** A balance account of Adyen's platform (https://docs.adyen.com/api-explorer/balanceplatform/2/get/balanceAccounts/(id)). */
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { BalanceSource, ToldBalance } from "../../treasury/balance-source.ts";
import { callProvider, noAnswer } from "../call.ts";
import type { PspSettings } from "../read-psps.ts";

const balanceAccount = z.object({
  balances: z.array(
    z.object({ currency: z.string(), available: z.int(), pending: z.int().default(0), reserved: z.int() }),
  ),
});

/** Undefined where no balance account is named: then there is none that could be asked about. */
export function createAdyenBalance(settings: PspSettings): BalanceSource | undefined {
  const { code, url, balanceUrl = url, balanceAccount: account, secretKey } = settings;
  if (account === undefined) return undefined;
  const base = balanceUrl.replace(/\/$/, "");
  return {
    code,
    async read() {
      const reply = await callProvider({
        url: `${base}/bcl/v2/balanceAccounts/${encodeURIComponent(account)}`,
        method: "GET",
        headers: { "x-api-key": secretKey },
      });
      if ("away" in reply) return noAnswer(reply);
      const parsed = balanceAccount.safeParse(reply.body);
      if (reply.status !== 200 || !parsed.success) return { kind: "unanswered", why: `It answered ${reply.status}.` };
      const told = parsed.data.balances.flatMap(({ currency, available, pending, reserved }): ToldBalance[] =>
        isCurrency(currency)
          ? [{ currency, available: BigInt(available), pending: BigInt(pending), reserved: BigInt(reserved) }]
          : [],
      );
      return { kind: "answered", value: told };
    },
  };
}
