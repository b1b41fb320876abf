/** Where players stand, from facts of known instants. */
import { factKinds } from "@pitboss/domain/reporting/facts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { readLifecycle } from "./show-lifecycle.ts";

let house: TestReports;
let event = 0;

function fact(player: number, kind: keyof typeof factKinds, day: string, country = "MT") {
  event += 1;
  const amounts = kind === "SETTLED" ? { stake_cash: "100" } : { amount: "5000" };
  const at = day.includes(" ") ? day : `${day} 12:00:00.000`;
  const names = { provider: "testers", game: "wheel", channel: "", currency: "EUR", country };
  return {
    event: String(event),
    line: 0,
    kind: factKinds[kind],
    at,
    player: String(player),
    bet: "1",
    ...names,
    ...amounts,
  };
}

beforeAll(async () => {
  house = await openTestReports();
  await house.stopFacts();
  await house.reports.store.insert("facts", [
    // New: first bet in March, after a deposit of the same day.
    fact(1, "DEPOSIT", "2026-03-05 08:00:00.000"),
    fact(1, "SETTLED", "2026-03-05"),
    // Active: February and March.
    fact(2, "SETTLED", "2026-02-10"),
    fact(2, "SETTLED", "2026-03-31"),
    // Reactivated: not in the 31 days before March.
    fact(3, "SETTLED", "2025-12-01"),
    fact(3, "SETTLED", "2026-03-02"),
    // Dormant: the last bet is less than ninety days before the end of March.
    fact(4, "SETTLED", "2026-02-01"),
    // A deposit after the last bet is none that was played with.
    fact(4, "DEPOSIT", "2026-03-20"),
    // Churned.
    fact(5, "SETTLED", "2025-10-01"),
    // What comes after the time says nothing of it.
    fact(6, "SETTLED", "2026-04-01"),
    fact(7, "SETTLED", "2026-03-15", "DE"),
  ]);
});
afterAll(() => house.close());

const march = { from: "2026-03-01", to: "2026-03-31", zone: "UTC", churnDays: 90 };

test("each player who ever bet is counted once, in the stage that their bets say", async () => {
  const answer = await readLifecycle(house.deps, march);
  expect(Object.fromEntries(answer.stages.map(({ stage, players }) => [stage, players]))).toEqual({
    new: "2",
    active: "1",
    reactivated: "1",
    dormant: "1",
    churned: "1",
  });
  expect(answer).toMatchObject({ players: "6", depositors: "2", depositedAndBet: "1", conversion: "0.500000" });
});

test("another bound makes the lost out of the dormant, and a country is counted by itself", async () => {
  const strict = await readLifecycle(house.deps, { ...march, churnDays: 30, countries: ["MT"] });
  expect(Object.fromEntries(strict.stages.map(({ stage, players }) => [stage, players]))).toEqual({
    new: "1",
    active: "1",
    reactivated: "1",
    dormant: "0",
    churned: "2",
  });
});

test("days are those of the zone", async () => {
  // 31 March 12:00 UTC is still March everywhere; 1 April 12:00 UTC is not yet over in Honolulu and begins April there too.
  const there = await readLifecycle(house.deps, {
    ...march,
    from: "2026-03-31",
    to: "2026-03-31",
    zone: "Pacific/Auckland",
  });
  // In Auckland it is 1 April already, so that nobody bet on 31 March.
  expect(there.stages.find(({ stage }) => stage === "active")?.players).toBe("0");
  expect(there.stages.find(({ stage }) => stage === "reactivated")?.players).toBe("0");
});
