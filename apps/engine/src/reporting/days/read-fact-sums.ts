/** A day's facts, summed by kind and currency. */
import { type FactKind, factKinds } from "@pitboss/domain/reporting/facts";
import type { FactSum } from "@pitboss/domain/reporting/tie-out";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { instantText } from "../figures/select-facts.ts";
import type { ColumnStore } from "../store/column-store.ts";

const kindOf = new Map((Object.entries(factKinds) as [FactKind, number][]).map(([kind, code]) => [code, kind]));

/** `from` and `to` are ms since 1970; the last instant is not included. */
export async function readFactSums(store: ColumnStore, from: number, to: number): Promise<FactSum[]> {
  const rows = await store.rows<Record<string, string | number>>(
    `SELECT kind, toString(currency) AS of_currency, sum(stake_cash) AS stakeCash, sum(stake_bonus) AS stakeBonus,
            sum(win_cash) AS winCash, sum(win_bonus) AS winBonus, sum(amount) AS total
       FROM facts FINAL
      WHERE at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}
      GROUP BY kind, of_currency`,
    { from: instantText(from), to: instantText(to) },
  );
  return rows.map((row) => {
    const kind = kindOf.get(Number(row["kind"]));
    if (kind === undefined) throw new Error(`no fact has the kind ${row["kind"]}`);
    return {
      kind,
      currency: String(row["of_currency"]) as Currency,
      stakeCash: BigInt(row["stakeCash"] ?? 0),
      stakeBonus: BigInt(row["stakeBonus"] ?? 0),
      winCash: BigInt(row["winCash"] ?? 0),
      winBonus: BigInt(row["winBonus"] ?? 0),
      amount: BigInt(row["total"] ?? 0),
    };
  });
}
