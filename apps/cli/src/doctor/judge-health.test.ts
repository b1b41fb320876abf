import { expect, test } from "vitest";
import { type Health, judgeHealth } from "./judge-health.ts";

const at = Date.parse("2026-11-23T03:00:00.000Z");
const iso = (offsetMs: number): string => new Date(at + offsetMs).toISOString();
const day = 86_400_000;

const well: Health = {
  version: "0.1.0",
  node: "24.21.0",
  production: true,
  time: iso(0),
  database: { version: "18.4", time: iso(3) },
  events: {
    head: "120000",
    unnumbered: 1,
    consumers: [{ consumer: "archive", position: "119990", behind: "10", movedAt: iso(-50) }],
  },
  seals: { newest: "seal_4", sealedAt: iso(-900), behind: "30" },
  audit: { checkpointAt: iso(-5_000), unsealed: 2, waitsSince: iso(-2_000) },
  work: { approvedSince: iso(-500), exportSince: null },
  keys: { auditSigns: true, waitingForRewrap: "0" },
  partitionsUntil: iso(330 * day),
};

function statesOf(health: Health, skewMs = 20, cli = "0.1.0"): Record<string, string> {
  const findings = judgeHealth(health, cli, skewMs);
  return Object.fromEntries(findings.filter(({ state }) => state !== "ok").map(({ check, state }) => [check, state]));
}

test("a house that is well has nothing to look at", () => {
  expect(statesOf(well)).toEqual({});
});

test.each([
  ["the CLI of another version", () => statesOf(well, 0, "0.2.0"), { versions: "warn" }],
  ["a clock that is off by five seconds", () => statesOf(well, -5_000), { "clock of this machine": "warn" }],
  ["a clock that is off by a minute", () => statesOf(well, 60_000), { "clock of this machine": "fail" }],
  [
    "a database whose clock is off",
    () => statesOf({ ...well, database: { ...well.database, time: iso(30_000) } }),
    { "clock of the database": "fail" },
  ],
  [
    "batches that nobody numbers",
    () => statesOf({ ...well, events: { ...well.events, unnumbered: 10_000 } }),
    { "numbering of events": "fail" },
  ],
  [
    "a consumer that stands still",
    () =>
      statesOf({
        ...well,
        events: {
          ...well.events,
          consumers: [{ consumer: "archive", position: "0", behind: "120000", movedAt: iso(-day) }],
        },
      }),
    { "consumer archive": "fail" },
  ],
  [
    "seals that fall behind",
    () => statesOf({ ...well, seals: { ...well.seals, behind: "6000" } }),
    { "seals of the ledger": "warn" },
  ],
  [
    "an audit log that is not sealed",
    () => statesOf({ ...well, audit: { ...well.audit, waitsSince: iso(-3_600_000) } }),
    { "sealing of the audit log": "fail" },
  ],
  [
    "what was approved an hour ago and not applied",
    () => statesOf({ ...well, work: { approvedSince: iso(-3_600_000), exportSince: null } }),
    { "approved proposals": "warn" },
  ],
  [
    "an export that nobody writes",
    () => statesOf({ ...well, work: { approvedSince: null, exportSince: iso(-600_000) } }),
    { exports: "warn" },
  ],
  [
    "an audit log that no key signs",
    () => statesOf({ ...well, keys: { auditSigns: false, waitingForRewrap: "0" } }),
    { keys: "fail" },
  ],
  [
    "partitions for two months",
    () => statesOf({ ...well, partitionsUntil: iso(60 * day) }),
    { "partitions ahead": "warn" },
  ],
  [
    "partitions for ten days",
    () => statesOf({ ...well, partitionsUntil: iso(10 * day) }),
    { "partitions ahead": "fail" },
  ],
])("%s is found, and nothing else", (_what, states, expected) => {
  expect(states()).toEqual(expected);
});

test("whatever is not well comes with advice", () => {
  const ill = judgeHealth(
    { ...well, seals: { ...well.seals, behind: "1000000" }, partitionsUntil: iso(-day) },
    "0.2.0",
    90_000,
  );
  for (const { state, advice } of ill) expect(advice === undefined).toBe(state === "ok");
});
