/** How each game pays, held against what it promises. */
import { factKinds } from "@pitboss/domain/reporting/facts";
import { ratio } from "@pitboss/domain/reporting/figures";
import { reportFilters, reportPeriod } from "@pitboss/domain/reporting/report-contract";
import { judgeRtp, rtpBounds } from "@pitboss/domain/reporting/rtp-bounds";
import { roundScaled } from "@pitboss/domain/reporting/capture-rate";
import { findBuiltInGame } from "@pitboss/domain/gaming/games/built-in-games";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { orThrow } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type Freshness, readFreshness } from "../figures/freshness.ts";
import { convertedDecimals, readSums } from "../figures/read-sums.ts";
import { selectFacts } from "../figures/select-facts.ts";
import { answered } from "../store/answered.ts";

const gamesInput = z.object({ ...reportPeriod, ...reportFilters });
type GamesInput = z.infer<typeof gamesInput>;

export interface GameRow {
  readonly gameId: string;
  readonly name: string;
  readonly provider: string;
  readonly category: string;
  readonly currency: Currency;
  readonly bets: string;
  readonly players: string;
  readonly turnover: string;
  readonly wins: string;
  readonly ggr: string;
  /** Six decimals, null without turnover. */
  readonly rtp: string | null;
  /** What the game promises; null where it is not known. */
  readonly promised: string | null;
  /** Between these the RTP lies with 95 % confidence, by how its bets scatter; null for few bets. */
  readonly low: string | null;
  readonly high: string | null;
  /** `below` where it pays less than it promises, beyond what chance explains. */
  readonly verdict: "unknown" | "within" | "below" | "above";
}

export interface GamesAnswer {
  readonly rows: readonly GameRow[];
  readonly zone: string;
  readonly freshness: Freshness;
}

export const showGames = procedure("report.read")
  .input(gamesInput)
  .query(({ ctx, input }): Promise<GamesAnswer> => answered(readGames(ctx.deps, input)));

export async function readGames(
  deps: Pick<StaffDeps, "db" | "catalog" | "reports">,
  input: GamesInput,
): Promise<GamesAnswer> {
  const freshness = await readFreshness(deps);
  const { currency } = deps.reports;
  const sums = orThrow(
    await readSums(deps, { ...input, by: ["game", "provider"], reporting: currency, players: true }),
  );
  const moments = await readMoments(deps, input);
  const money = (scaled: bigint): string => formatMinor(roundScaled(scaled, convertedDecimals), currency);
  const rows = sums
    .filter(({ keys }) => keys[0] !== "")
    .map(({ keys: [gameId = "", provider = ""], sums: all, bets, players }): GameRow => {
      const game = deps.catalog.byCode(gameId);
      const [turnover, wins] = [all.stakeCash + all.stakeBonus, all.winCash + all.winBonus];
      const promise = findBuiltInGame(gameId)?.rtp;
      const promised = promise === undefined ? null : ratio(promise.num, promise.den);
      const found = moments.get(gameId);
      const bounds = found === undefined ? null : rtpBounds(found);
      return {
        gameId,
        name: game?.name ?? gameId,
        provider,
        category: game?.category ?? "",
        currency,
        bets: bets.toString(),
        players: players.toString(),
        turnover: money(turnover),
        wins: money(wins),
        ggr: money(turnover - wins),
        rtp: ratio(wins, turnover),
        promised,
        low: bounds === null ? null : bounds.low.toFixed(6),
        high: bounds === null ? null : bounds.high.toFixed(6),
        verdict: judgeRtp(bounds, promised === null ? null : Number(promised)),
      };
    })
    .sort((a, b) => (a.gameId < b.gameId ? -1 : 1));
  return { rows, zone: input.zone, freshness };
}

interface MomentRow {
  readonly of_game: string;
  readonly bets: string;
  readonly stakes: number;
  readonly wins: number;
  readonly stakes2: number;
  readonly wins2: number;
  readonly products: number;
}

/**
 * How stakes and wins scatter, in the reporting currency as floating point: statistics, not money. A correction counts
 * as an observation of its own without a stake, which is what it did to the game's balance.
 */
async function readMoments(deps: Pick<StaffDeps, "catalog" | "reports">, input: GamesInput) {
  const { where, params } = orThrow(selectFacts(deps, input));
  const rows = await deps.reports.store.rows<MomentRow>(
    `SELECT of_game, countIf(kind = ${factKinds.SETTLED}) AS bets, sum(stake) AS stakes, sum(win) AS wins,
            sum(stake * stake) AS stakes2, sum(win * win) AS wins2, sum(stake * win) AS products
       FROM (SELECT toString(game) AS of_game, kind, toFloat64(stake_cash + stake_bonus) * rate AS stake,
                    toFloat64(win_cash + win_bonus) * rate AS win
               FROM facts FINAL
               JOIN (SELECT day, toString(currency) AS of_currency, toFloat64(factor) AS rate FROM rates FINAL
                      WHERE reporting = {reporting:String}) known
                 ON known.day = toDate(at) AND known.of_currency = toString(currency)
              WHERE kind IN (${factKinds.SETTLED}, ${factKinds.CORRECTED}) AND ${where})
      GROUP BY of_game`,
    { ...params, reporting: deps.reports.currency },
  );
  return new Map(
    rows.map((row) => [
      row.of_game,
      {
        bets: Number(row.bets),
        stakes: row.stakes,
        wins: row.wins,
        stakesSquared: row.stakes2,
        winsSquared: row.wins2,
        products: row.products,
      },
    ]),
  );
}
