/** Games against an independent computation from the transitions of bets, and cohorts against a plain one over the same players. */
import { factKinds } from "@pitboss/domain/reporting/facts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCohorts } from "../cohorts/show-cohorts.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { createRandom } from "../../simulation/random.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { readGames } from "./show-games.ts";

let house: TestReports;
const today = new Date().toISOString().slice(0, 10);
const dayMs = 86_400_000;
const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

beforeAll(async () => {
  house = await openTestReports();
  await playAtRandom(house, house.openLanes(), { seed: 11, players: 8, bets: 220 });
  await house.caughtUp();
});
afterAll(() => house.close());

test("a game's RTP and its bounds are those of its bets", async () => {
  const { rows } = await readGames(house.deps, {
    from: addDays(today, -1),
    to: today,
    zone: "UTC",
    currencies: ["EUR"],
  });
  const { rows: seen } = await house.db.execute<{ game: string; stake: string; win: string; settled: boolean }>(sql`
    SELECT game, stake, win, status <> 4 AS settled
      FROM (SELECT g.code AS game, t.status, t.outcome, t.settled_cash + t.settled_bonus AS stake,
                   t.paid_cash + t.paid_bonus
                     - coalesce(lag(t.paid_cash + t.paid_bonus) OVER (PARTITION BY t.bet_id ORDER BY t.number), 0) AS win
              FROM bet_transitions t JOIN bets b ON b.id = t.bet_id JOIN games g ON g.id = b.game_id
             WHERE b.currency = 978) steps
     WHERE status = 4 OR outcome IN (1, 2)`);
  expect(rows.map(({ gameId }) => gameId)).toEqual(["cards", "wheel"]);
  for (const row of rows) {
    const bets = seen
      .filter(({ game }) => game === row.gameId)
      .map(({ stake, win, settled }) => ({ stake: Number(stake), win: Number(win), settled }));
    const count = bets.filter(({ settled }) => settled).length;
    const [stakes, wins] = [
      bets.reduce((sum, { stake }) => sum + stake, 0),
      bets.reduce((sum, { win }) => sum + win, 0),
    ];
    const rtp = wins / stakes;
    const squares = bets.reduce((sum, { stake, win }) => sum + (win - rtp * stake) ** 2, 0);
    const half = (1.959964 * Math.sqrt((squares * count) / (count - 1))) / stakes;
    expect([row.gameId, row.bets]).toEqual([row.gameId, `${count}`]);
    expect(Number(row.rtp)).toBeCloseTo(rtp, 5);
    expect(Number(row.low)).toBeCloseTo(rtp - half, 4);
    expect(Number(row.high)).toBeCloseTo(rtp + half, 4);
    expect(row.verdict).toBe("unknown");
  }
});

interface Known {
  readonly first: string;
  readonly deposits: number;
  readonly days: readonly string[];
}

test("cohorts count whom they say, and a day that is not over for anybody has no rate", async () => {
  const random = createRandom(3);
  const known: Known[] = Array.from({ length: 80 }, () => {
    const first = addDays(today, -random.int(0, 50));
    const days = [0, 1, 2, 6, 7, 8, 29, 30, 31].filter(() => random.chance(0.4)).map((after) => addDays(first, after));
    return { first, deposits: random.int(1, 3), days: days.filter((day) => day <= today) };
  });
  let event = 0;
  const fact = (player: number, day: string, kind: number) => ({
    event: `${(event += 1)}`,
    line: 9,
    kind,
    at: `${day} 12:00:00.000`,
    player: `${1_000_000 + player}`,
    country: "ZZ",
    currency: "EUR",
    amount: "100",
    stake_cash: kind === factKinds.SETTLED ? "10" : "0",
  });
  const rows = known.flatMap(({ first, deposits, days }, player) => [
    ...Array.from({ length: deposits }, (_, later) => fact(player, addDays(first, later), factKinds.DEPOSIT)),
    ...days.map((day) => fact(player, day, factKinds.SETTLED)),
  ]);
  await house.reports.store.insert("facts", rows);
  const deps = { ...house.deps, clock: { now: () => Date.parse(today) + dayMs / 2 } };
  const input = { from: addDays(today, -60), to: today, zone: "UTC", countries: ["ZZ"], by: "day" as const };
  const answer = await readCohorts(deps, input);
  const cohorts = [...new Set(known.map(({ first }) => first))].sort();
  expect(answer.rows.map(({ cohort }) => cohort)).toEqual(cohorts);
  for (const row of answer.rows) {
    const players = known.filter(({ first }) => first === row.cohort);
    expect(row).toMatchObject({
      players: `${players.length}`,
      played: `${players.filter(({ days }) => days.length > 0).length}`,
      depositedAgain: `${players.filter(({ deposits }) => deposits > 1).length}`,
    });
    for (const { day, of, back, rate } of row.retention) {
      const over = addDays(row.cohort, day) < today;
      expect([row.cohort, day, of, rate === null]).toEqual([row.cohort, day, over ? `${players.length}` : "0", !over]);
      const came = players.filter(({ days }) => days.includes(addDays(row.cohort, day)));
      if (over) expect([row.cohort, day, back]).toEqual([row.cohort, day, `${came.length}`]);
    }
  }
  expect(answer.total.players).toBe(`${known.length}`);
});
