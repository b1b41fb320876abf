/** Every dialect against a running engine, as its provider would speak it. */
import { type DemoProvider, openDemoProviders } from "@pitboss/engine/demo/open-demo-providers";
import { findLedgerFaults } from "@pitboss/engine/testing/check-ledger";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { eventSchemas } from "@pitboss/domain/ops/events";
import { wireDialects } from "@pitboss/wires/speak";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runConformance, scenariosOf } from "./conformance/run-conformance.ts";

let office: Office;
let providers: readonly DemoProvider[];

beforeAll(async () => {
  office = await startOffice();
  const bounds = { min: "0.10", max: "1000.00" };
  providers = await openDemoProviders(office.casino.db, office.deps.vault, {
    EUR: bounds,
    USD: bounds,
    KWD: { min: "0.100", max: "1000.000" },
  });
  await office.casino.restart();
});
afterAll(() => office.close());

describe.each(wireDialects)("%s", (dialect) => {
  test("has thirty scenarios and more", () => {
    expect(scenariosOf(dialect).length).toBeGreaterThanOrEqual(30);
  });

  test.each(["EUR", "KWD"] as const)(
    "is spoken as its provider expects it, in %s",
    { timeout: 120_000 },
    async (currency) => {
      const provider = providers.find((one) => one.dialect === dialect);
      if (provider === undefined) throw new Error("the demo has a provider for each dialect");
      const report = await runConformance({
        dialect,
        target: office.casino.url(),
        setup: { ...provider, currency, operatorKey: office.casino.operatorKey },
        signal: new AbortController().signal,
        now: () => Date.now(),
      });
      const wrong = report.results.flatMap(({ name, passed, steps }) => (passed ? [] : [{ name, last: steps.at(-1) }]));
      expect(wrong).toEqual([]);
      expect(report.failed).toBe(0);
    },
  );
});

test("leaves a ledger in which everything adds up", async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});

test("leaves events that are as they are described, those of wins without a bet among them", async () => {
  const names = new Set<string>();
  for (let after = 0n, more = true; more; ) {
    const slice = await office.deps.events.source.read(after);
    for (const event of slice.batches.flatMap(({ events }) => events)) {
      expect(eventSchemas[event.event].parse(event)).toEqual(event);
      names.add(event.event);
    }
    more = slice.upTo > after;
    after = slice.upTo;
  }
  expect([...names]).toEqual(
    expect.arrayContaining(["round.credited", "round.settled", "bet.corrected", "bet.rolled_back"]),
  );
});
