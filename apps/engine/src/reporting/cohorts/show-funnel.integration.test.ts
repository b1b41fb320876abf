/** The way from an account to a bet, from real deposits and bets of a real ledger. */
import { setKycLevel } from "@pitboss/db/compliance/standing-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { depositEnvelope, placeBet, settleEnvelope, until } from "../../ops/test-house.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { readFunnel } from "./show-funnel.ts";

let house: TestReports;
const today = new Date().toISOString().slice(0, 10);
const period = { from: today, to: today, zone: "UTC" };

beforeAll(async () => {
  house = await openTestReports();
  const lanes = house.openLanes();
  await until(() => lanes.up());
  const ids: bigint[] = [];
  for (let index = 0; index < 5; index += 1) ids.push(await house.addPlayer());
  const [idle = 0n, verified = 0n, paid = 0n, played = 0n, unverified = 0n] = ids;
  for (const id of [verified, paid, played]) await setKycLevel(house.db, id, 1);
  for (const id of [idle, unverified]) await setKycLevel(house.db, id, 0);
  for (const id of [paid, played, unverified]) await lanes.submit(depositEnvelope(id, 5_000n));
  for (const playerId of [played, unverified]) {
    const round = `round-${playerId}`;
    const betId = await placeBet(lanes, house, { playerId, round, stake: 100n });
    await lanes.submit(
      settleEnvelope(house, { playerId, round, results: [{ bet: { betId }, outcome: "LOSE", payout: 0n }] }),
    );
  }
  await house.caughtUp();
});
afterAll(() => house.close());

test("each step counts those who made all steps before it", async () => {
  const answer = await readFunnel(house.deps, period);
  expect(answer.steps.map(({ step, players }) => [step, players])).toEqual([
    ["registered", "5"],
    ["verified", "3"],
    ["deposited", "2"],
    ["bet", "1"],
  ]);
  expect(answer.steps.at(-1)).toMatchObject({ ofAll: "0.200000", ofBefore: "0.500000" });
  // One deposited and bet without having been verified.
  expect(answer).toMatchObject({ depositedAtAll: "3", betAtAll: "2" });
});

test("who registered at another time, or lives elsewhere, is not counted", async () => {
  const before = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  expect((await readFunnel(house.deps, { ...period, from: before, to: before })).steps[0]?.players).toBe("0");
  expect((await readFunnel(house.deps, { ...period, countries: ["ZZ"] })).steps[0]?.players).toBe("0");
});
