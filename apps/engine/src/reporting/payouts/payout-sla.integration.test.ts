/** Times of payouts against a computation of their own from the same events, one payout after the other. */
import { formatId } from "@pitboss/domain/kernel/public-id";
import { slaInput } from "@pitboss/domain/reporting/payout-sla";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRandom } from "../../simulation/random.ts";
import { createFactWriter } from "../facts/write-facts.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { readPayoutSla } from "./show-payout-sla.ts";

const minute = 60_000;
/** The policy that the house begins with: 240 minutes to look, 240 more for the second, 5 to send, 4320 to be paid. */
const policy = { review: 240, second: 240, send: 5, paid: 4_320, twoFrom: 500_000 };

interface Told {
  readonly asked: number;
  readonly decided: number | null;
  readonly rule: boolean;
  readonly sent: number | null;
  readonly paid: number | null;
  readonly rejected: boolean;
  readonly amount: number;
  readonly psp: string;
}

let house: TestReports;
const day = "2026-10-05";
const begin = Date.parse(day);
const now = begin + 40 * 24 * 60 * minute;
const told: Told[] = [];

beforeAll(async () => {
  house = await openTestReports();
  await house.stopFacts();
  const players = await Promise.all(["MT", "DE", "GB"].map((country) => house.addPlayer(country)));
  const random = createRandom(77);
  const events: DomainEvent[] = [];
  for (let index = 0; index < 300; index += 1) {
    const one = makeUp(random);
    told.push(one);
    events.push(...eventsOf(one, index, players[index % 3] ?? 0n));
  }
  const writer = createFactWriter(house.reports.store, "EUR");
  // Twice and out of order, as after a kill: steps that are written again are the same steps.
  await writer.write(events, house.db);
  await writer.write(events.toReversed(), house.db);
});
afterAll(() => house.close());

function makeUp(random: ReturnType<typeof createRandom>): Told {
  const asked = begin + random.int(0, 3 * 24 * 60) * minute + random.int(0, 999);
  const rule = random.chance(0.4);
  const amount = random.int(1_000, 900_000);
  const rejected = random.chance(0.1);
  const decided =
    rejected || random.chance(0.1) ? null : asked + random.int(0, rule ? 8 : 700) * minute + random.int(0, 999);
  const sent = decided === null || random.chance(0.1) ? null : decided + random.int(0, 9) * minute;
  const paid = sent === null || random.chance(0.1) ? null : sent + random.int(1, 6_000) * minute;
  return { asked, decided, rule, sent, paid, rejected, amount, psp: random.pick(["cardium", "banco"]) };
}

function eventsOf(one: Told, index: number, playerId: bigint): DomainEvent[] {
  const payout = {
    version: 1,
    traceId: `tr_${"0".repeat(32)}`,
    playerId: formatId("player", playerId),
    subject: formatId("payout", BigInt(index + 1)),
    payoutId: formatId("payout", BigInt(index + 1)),
    currency: "EUR",
    amount: (one.amount / 100).toFixed(2),
    method: one.psp === "banco" ? "bank" : "card",
    psp: one.psp,
    requestId: null,
  };
  const at = (ms: number | null, event: string, place: number, more: object = {}): DomainEvent[] =>
    ms === null
      ? []
      : [
          {
            ...payout,
            ...more,
            event,
            eventId: `${formatId("event", BigInt(index + 1) * 1_024n)}.${place}`,
            ts: new Date(ms).toISOString(),
          } as unknown as DomainEvent,
        ];
  return [
    ...at(one.asked, "payout.requested", 0),
    ...at(one.decided, "payout.approved", 1, { by: one.rule ? "RULE" : "PEOPLE" }),
    ...at(one.sent, "payout.submitted", 2),
    // Asked again after the provider did not answer: the first time counts.
    ...at(one.sent === null || index % 4 !== 0 ? null : one.sent + minute, "payout.submitted", 3),
    ...at(one.paid, "payout.paid", 4, { reference: "ref" }),
    ...at(one.rejected ? one.asked + minute : null, "payout.rejected", 5, { by: "STAFF" }),
  ];
}

function percentile(values: readonly number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = level * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

/** The same figures by another way: one payout after the other, in TypeScript. */
function expected(all: readonly Told[]) {
  const took = (from: number | null, to: number | null): number => ((to ?? 0) - (from ?? 0)) / 1_000;
  const look = ({ rule, amount, decided }: Told): number =>
    rule && decided !== null ? policy.send : policy.review + (amount >= policy.twoFrom ? policy.second : 0);
  const may = (one: Told): number => (look(one) + policy.send + policy.paid) * 60;
  const open = all.filter(({ paid, rejected }) => paid === null && !rejected);
  const paid = all.filter((one) => one.paid !== null);
  const decisions = all.filter(({ decided }) => decided !== null);
  return {
    requested: `${all.length}`,
    paid: `${paid.length}`,
    open: `${open.length}`,
    rejected: `${all.filter(({ rejected }) => rejected).length}`,
    openLate: `${open.filter((one) => took(one.asked, now) > may(one)).length}`,
    decisionLate: `${
      decisions.filter((one) => took(one.asked, one.decided) > look(one) * 60).length +
      open.filter((one) => one.decided === null && took(one.asked, now) > look(one) * 60).length
    }`,
    p50: percentile(
      paid.map((one) => took(one.asked, one.paid)),
      0.5,
    ),
    p95: percentile(
      paid.map((one) => took(one.asked, one.paid)),
      0.95,
    ),
    late: `${[...paid.filter((one) => took(one.asked, one.paid) > may(one)), ...open.filter((one) => took(one.asked, now) > may(one))].length}`,
  };
}

function ask(more: object) {
  const deps = { db: house.db, reports: house.reports, clock: { now: () => now } };
  return readPayoutSla(deps, slaInput.parse({ from: day, to: "2026-10-07", ...more }));
}

test("counts, percentiles and broken promises are those of the payouts one by one", async () => {
  const { total, rows } = await ask({ by: "psp" });
  const groups = [
    { row: total, all: told },
    { row: rows.find(({ key }) => key === "banco"), all: told.filter(({ psp }) => psp === "banco") },
    { row: rows.find(({ key }) => key === "cardium"), all: told.filter(({ psp }) => psp === "cardium") },
  ];
  for (const { row, all } of groups) {
    const { p50, p95, late, decisionLate, ...counts } = expected(all);
    expect(row).toMatchObject(counts);
    expect(row?.total.late).toBe(late);
    expect(row?.stages.decision.late).toBe(decisionLate);
    expect(row?.total.p50).toBeCloseTo(p50, 3);
    expect(row?.total.p95).toBeCloseTo(p95, 3);
    expect(Number(late)).toBeGreaterThan(0);
  }
});

test("stages follow each other without a gap, and filters narrow down", async () => {
  const { total, trend } = await ask({ by: "day" });
  const { decision, sending, paying } = total.stages;
  expect(BigInt(decision.passed)).toBeGreaterThan(BigInt(sending.passed));
  expect(BigInt(sending.passed)).toBeGreaterThan(BigInt(paying.passed));
  expect(paying.passed).toBe(total.paid);
  expect(trend.map(({ key }) => key)).toEqual(["2026-10-05", "2026-10-06", "2026-10-07"]);
  expect(trend.reduce((sum, row) => sum + Number(row.requested), 0)).toBe(300);
  const one = await ask({ by: "method", psps: ["banco"], countries: ["MT"] });
  expect(one.rows.map(({ key }) => key)).toEqual(["bank"]);
  const none = await ask({ currencies: ["USD"] });
  expect(none.rows).toEqual([]);
  expect(none.total).toMatchObject({ requested: "0", kept: null, total: { p50: null, p95: null } });
});
