/** What wins paid from jackpots' pools, read where a command of the batch may take it back, and nowhere else. */
import { addJackpot, type BetState, type JackpotAmount, type WinState } from "@pitboss/domain/wallet/book";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import type { Statement, TextRow } from "../../kernel/session.ts";

/** $1: requests that are taken back. $2, $3: bets that are, by their ids or by the requests that placed them. */
export const loadJackpots: Statement = {
  name: "load-jackpots",
  text: `SELECT j.request_key, j.player_id, j.bet_id, j.currency, j.jackpot, j.amount
           FROM (SELECT transaction_id FROM jackpot_payments WHERE request_key = ANY($1::uuid[])
                 UNION SELECT transaction_id FROM jackpot_payments WHERE bet_id = ANY($2::bigint[])
                 UNION SELECT p.transaction_id FROM requests r JOIN jackpot_payments p ON p.bet_id = r.ref
                        WHERE r.key = ANY($3::uuid[]) AND r.kind = 1) named
           JOIN jackpot_payments j ON j.transaction_id = named.transaction_id
          ORDER BY j.transaction_id`,
};

interface Found {
  readonly bets: ReadonlyMap<bigint, BetState>;
  /** Wins that paid nothing but a jackpot are added. */
  readonly wins: Map<string, WinState>;
}

export function addJackpots({ bets, wins }: Found, rows: readonly TextRow[]): void {
  for (const [key, player, bet, currencyNumber, code, amountText] of rows) {
    const paid: JackpotAmount = { code: code ?? "", amount: BigInt(amountText ?? 0) };
    const betId = bet === null || bet === undefined ? null : BigInt(bet);
    const state = betId === null ? undefined : bets.get(betId);
    if (state !== undefined) state.jackpotWins = addJackpot(state.jackpotWins, paid);
    // What was taken back stands under the request that took it, which is no win.
    if (paid.amount < 0n) continue;
    const currency = currencyOfNumber(Number(currencyNumber));
    const win = wins.get(key ?? "") ?? { playerId: BigInt(player ?? 0), betId, currency, cash: 0n, bonus: 0n };
    wins.set(key ?? "", { ...win, jackpot: paid });
  }
}
