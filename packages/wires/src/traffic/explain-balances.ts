/**
 * Whether the balances that were told can be right though they are not those that the round alone makes: others may have
 * moved the same purse meanwhile. The purse's own statement tells.
 */
import { isCurrency, type Currency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import { minorOfDecimal } from "../units.ts";
import type { ApiClient } from "./api-client.ts";

export interface StatementRow {
  readonly roundId: string | null;
  /** Change of what can be bet with, minor units. */
  readonly change: bigint;
}

export interface ToldBalances {
  readonly round: string;
  /** Before the round's first call. */
  readonly start: bigint;
  /** In the order in which they were told. */
  readonly told: readonly bigint[];
  /** What the round's own calls come to. */
  readonly net: bigint;
}

const statementForm = z.object({
  transactions: z.array(
    z.object({ wallet: z.string(), currency: z.string(), available: z.string(), roundId: z.string().nullable() }),
  ),
});
const spendable = new Set(["CASH", "BONUS"]);

/** The newest rows of a purse, oldest first; undefined where none could be had. */
export async function readStatement(
  api: ApiClient,
  token: string,
  playerId: string,
  currency: Currency,
): Promise<readonly StatementRow[] | undefined> {
  const path = `/v1/wallet/transactions?playerId=${playerId}&currency=${currency}&limit=200`;
  const answer = await api.send({ method: "GET", path, token });
  const read = answer?.status === 200 ? statementForm.safeParse(answer.body).data : undefined;
  return read?.transactions.toReversed().flatMap((row) => {
    const change = isCurrency(row.currency) ? minorOfDecimal(row.available, row.currency) : null;
    return change === null || !spendable.has(row.wallet) ? [] : [{ roundId: row.roundId, change }];
  });
}

/**
 * True where the round's rows come to what its calls should, and the told balances are ones that the purse went through,
 * one after the other.
 */
export function explainsBalances(rows: readonly StatementRow[], { round, start, told, net }: ToldBalances): boolean {
  const own = rows.filter(({ roundId }) => roundId === round).reduce((sum, { change }) => sum + change, 0n);
  if (own !== net) return false;
  const sums = [0n];
  for (const { change } of rows) sums.push((sums.at(-1) ?? 0n) + change);
  // Where in the statement the round began is not said anywhere, so each place is tried.
  return sums.some((before, from) => {
    let at = from;
    return told.every((balance) => {
      at = sums.findIndex((sum, index) => index >= at && start + sum - before === balance);
      return at !== -1;
    });
  });
}
