/** A year of facts, made by the store itself: bets that were placed and settled, deposits with what was kept of them. */
import { factKinds } from "@pitboss/domain/reporting/facts";
import type { ColumnStore } from "@pitboss/engine/reporting/store/column-store";
import { sumDay } from "@pitboss/engine/reporting/facts/sum-days";
import { prepareStore } from "@pitboss/engine/reporting/store/prepare-store";

export const year = { from: "2025-01-01", to: "2025-12-31" };
export const countries = ["MT", "DE", "GB", "FI", "SE", "JP"];
export const providers = Array.from({ length: 20 }, (_none, index) => `provider_${index}`);

export interface YearSize {
  readonly bets: number;
  readonly players: number;
  readonly say: (text: string) => void;
}

const months = 12;
const countryList = `['${countries.join("', '")}']`;

/** All over the year, in three currencies, 20 providers with 20 games each; a few players play most. */
export async function makeYear(store: ColumnStore, { bets, players, say }: YearSize): Promise<void> {
  await waitFor(() => prepareStore(store));
  await store.command(`
    INSERT INTO rates SELECT 'EUR', toDate('2025-01-01') + number, rate.1, rate.2 FROM numbers(365)
      ARRAY JOIN [('EUR', toDecimal128('1', 18)), ('USD', toDecimal128('0.9689', 18)), ('JPY', toDecimal128('0.6137', 18))] AS rate`);
  for (let month = 0; month < months; month += 1) {
    const first = Math.floor((bets * month) / months);
    const count = Math.floor((bets * (month + 1)) / months) - first;
    const numbers = { first, count, month, players };
    await store.command(placedFacts(numbers));
    await store.command(settledFacts(numbers));
    say(`  ${first + count} bets`);
  }
  for (const [line, kind, amount] of [
    [0, factKinds.DEPOSIT, 5_000],
    [1, factKinds.PSP_FEE, 90],
  ] as const) {
    await store.command(`
      INSERT INTO facts (event, line, kind, at, player, country, currency, channel, amount)
      SELECT number * 1024 + 1, ${line}, ${kind},
             toDateTime64('2025-01-01 00:00:00', 3, 'UTC') + toIntervalSecond(intDiv(number * 31000000, ${players})),
             number, ${countryList}[number % 6 + 1], 'EUR', 'card', ${amount} FROM numbers(${players})`);
  }
}

/** As a house has it after a while: days that are over are summed up, and months that are over are merged. */
export async function settleYear(store: ColumnStore): Promise<void> {
  for (let ms = Date.parse(year.from); ms <= Date.parse(year.to); ms += 86_400_000) {
    await sumDay(store, new Date(ms).toISOString().slice(0, 10));
  }
  for (let month = 1; month <= months; month += 1) {
    await store.command(`OPTIMIZE TABLE facts PARTITION ${202_500 + month} FINAL`);
  }
}

interface Numbers {
  readonly first: number;
  readonly count: number;
  readonly month: number;
  readonly players: number;
}

/** Of a bet: when, whose, where; `delayMs` after it was placed. */
function common({ first, count, month, players }: Numbers, delayMs: number): string {
  return `addMonths(toDateTime64('2025-01-01 00:00:00', 3, 'UTC'), ${month})
            + toIntervalMillisecond(intDiv(number * 2400000000, ${count}) + ${delayMs}) AS at,
          toUInt64(pow(cityHash64(number, ${month}) % ${players} / ${players}, 2) * ${players}) AS player,
          (${first} + number + 1) * 1024 AS bet, ${countryList}[player % 6 + 1] AS country,
          ['EUR', 'EUR', 'EUR', 'USD', 'JPY'][player % 5 + 1] AS currency,
          concat('provider_', toString(cityHash64(number, 1) % 20)) AS provider,
          concat(provider, '_game_', toString(cityHash64(number, 2) % 20)) AS game,
          50 + cityHash64(number, 3) % 2000 AS stake`;
}

function placedFacts(numbers: Numbers): string {
  return `
    INSERT INTO facts (event, line, kind, at, player, bet, country, currency, provider, game, channel, amount)
    SELECT bet, 0, ${factKinds.PLACED}, at, player, bet, country, currency, provider, game, '', stake
      FROM (SELECT ${common(numbers, 0)} FROM numbers(${numbers.count}))`;
}

function settledFacts(numbers: Numbers): string {
  return `
    INSERT INTO facts (event, line, kind, at, player, bet, country, currency, provider, game, channel,
                       stake_cash, stake_bonus, win_cash)
    SELECT bet + 1, 0, ${factKinds.SETTLED}, at, player, bet, country, currency, provider, game, '',
           stake, if(bet % 10 = 0, 100, 0), if(cityHash64(bet, 5) % 100 < 32, stake * 3, 0)
      FROM (SELECT ${common(numbers, 3_000)} FROM numbers(${numbers.count}))`;
}

/** A store that has only just been started may take longer than a request waits. */
async function waitFor(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === 6) throw error;
    }
  }
}
