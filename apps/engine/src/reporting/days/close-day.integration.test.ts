import { listRevisions } from "@pitboss/db/reporting/closings-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobActing } from "../../audit/acting.ts";
import { quiet, until } from "../../ops/test-house.fixture.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { closeDay, closeNextDay, sortedLines } from "./close-day.ts";

let house: TestReports;
const today = new Date().toISOString().slice(0, 10);
const dayMs = 86_400_000;
const acting = jobActing("test");

beforeAll(async () => {
  house = await openTestReports();
  await playAtRandom(house, house.openLanes(), { seed: 7, players: 5, bets: 60 });
  await house.caughtUp();
});
afterAll(() => house.close());

/** The house as it is some days from now. */
function later(days: number) {
  return { ...house.deps, log: quiet, clock: { now: () => Date.parse(today) + days * dayMs } };
}

test("a day that is not over is not closed", async () => {
  const closed = await closeDay({ ...later(0), clock: { now: () => Date.now() } }, today, acting, "A test of it");
  expect(closed).toMatchObject({ ok: false, error: { code: "DAY_NOT_OVER" } });
});

test("a day is tied out, and again when events of it come late, each time as another revision", async () => {
  const deps = later(2);
  await until(async () => {
    await closeNextDay(deps);
    return (await listRevisions(house.db, today)).length === 1;
  });
  const [first] = await listRevisions(house.db, today);
  expect(first).toMatchObject({ status: "TIED", revision: 1, actor: "job:close-day" });
  expect(sortedLines(first?.lines).map(({ line }) => line)).toContain("ggr");
  await playAtRandom(house, house.openLanes(), { seed: 8, players: 2, bets: 20 });
  await house.caughtUp();
  expect(await closeNextDay(deps)).toBe(true);
  const [second, still] = await listRevisions(house.db, today);
  expect(second).toMatchObject({
    status: "TIED",
    revision: 2,
    reason: "Events of this day arrived after it was closed",
  });
  expect(still).toEqual(first);
  expect(second?.lines).not.toEqual(first?.lines);
});

test("what a person compares again, and is the same, stays one revision", async () => {
  const before = await listRevisions(house.db, today);
  const again = await closeDay(later(2), today, acting, "To be sure");
  expect(again).toMatchObject({ ok: true, value: { revision: before[0]?.revision } });
  expect(await listRevisions(house.db, today)).toEqual(before);
});

test("facts that are not the ledger's are told line by line", async () => {
  await house.reports.store.insert("facts", [
    {
      event: "1",
      line: 0,
      kind: 1,
      at: `${today} 12:00:00.000`,
      player: "1",
      bet: "1",
      country: "MT",
      currency: "EUR",
      provider: "testers",
      game: "wheel",
      channel: "",
      stake_cash: "100",
      win_cash: "58",
    },
  ]);
  const closed = await closeDay(later(2), today, acting, "To be sure");
  expect(closed).toMatchObject({ ok: true, value: { status: "OFF" } });
  const lines = closed.ok ? sortedLines(closed.value.lines) : [];
  const off = lines.filter(({ ledger, facts }) => ledger !== facts);
  expect(off.map(({ line, ledger, facts }) => [line, BigInt(facts) - BigInt(ledger)])).toEqual([
    ["stakesCash", 100n],
    ["winsCash", 58n],
    ["ggr", 42n],
  ]);
});
