/** What earlier wins paid, read where a command of the batch takes them back. */
import type { WinState } from "@pitboss/domain/wallet/book";
import { type Currency, currencyOfNumber, isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import type { Statement, TextRow } from "../../kernel/session.ts";

/** On a bet by its step, from the house by what the transaction says of itself. */
export const loadWins: Statement = {
  name: "load-wins",
  text: `SELECT r.key, t.player_id, t.reference, s.paid_cash - coalesce(b.paid_cash, 0), s.paid_bonus - coalesce(b.paid_bonus, 0),
                w.currency, t.details->>'amount', t.details->>'currency'
           FROM requests r
           JOIN transactions t ON t.id = r.ref AND t.type IN (3, 4)
           LEFT JOIN bets w ON w.id = t.reference
           LEFT JOIN bet_transitions s ON s.bet_id = t.reference AND s.transaction_id = t.id
           LEFT JOIN bet_transitions b ON b.bet_id = s.bet_id AND b.number = s.number - 1
          WHERE r.key = ANY($1::uuid[]) AND r.kind = 2`,
};

export function readWins(rows: readonly TextRow[]): Map<string, WinState> {
  const wins = new Map<string, WinState>();
  for (const [key, player, reference, cash, bonus, currencyNumber, amount, code] of rows) {
    const playerId = BigInt(player ?? 0);
    if (reference !== null && reference !== undefined) {
      if (currencyNumber === null || currencyNumber === undefined) continue;
      const currency = currencyOfNumber(Number(currencyNumber));
      wins.set(key ?? "", {
        playerId,
        betId: BigInt(reference),
        currency,
        cash: BigInt(cash ?? 0),
        bonus: BigInt(bonus ?? 0),
      });
      continue;
    }
    // A house-paid win is always cash.
    const paid = code !== null && code !== undefined && isCurrency(code) ? parseAmount(amount ?? "", code) : undefined;
    if (paid?.ok !== true) continue;
    wins.set(key ?? "", { playerId, betId: null, currency: code as Currency, cash: paid.value, bonus: 0n });
  }
  return wins;
}
