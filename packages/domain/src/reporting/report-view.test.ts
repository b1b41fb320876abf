import { expect, test } from "vitest";
import { figuresInput } from "./report-contract.ts";
import { readReportView } from "./report-view.ts";

test("an empty view is the last thirty days by day, with every measure", () => {
  expect(readReportView({}, "2026-03-31")).toMatchObject({
    from: "2026-03-02",
    to: "2026-03-31",
    zone: "UTC",
    by: ["day"],
    inCurrency: "reporting",
    measures: null,
  });
});

test("a view names its dimensions, measures, filters and deductions, and the engine takes it", () => {
  const state = {
    from: "2026-03-01",
    to: "2026-03-10",
    zone: "Europe/Malta",
    by: "provider",
    then: "game",
    last: "provider",
    amounts: "own",
    without: "jackpot",
    country: "MT",
    columns: ["by-provider", "ngr", "ggr", "before"],
  };
  const input = readReportView(state, "2026-03-31");
  expect(input).toMatchObject({
    by: ["provider", "game"],
    inCurrency: null,
    deductions: ["bonus", "payment", "chargeback", "provider", "tax"],
    countries: ["MT"],
    measures: ["ggr", "ngr"],
  });
  expect(figuresInput.parse(input)).toEqual(input);
});

test("what an older page wrote and nobody knows any more does not stand in the way", () => {
  expect(readReportView({ by: "moon", columns: 7, currency: "XYZ", from: "2026-03-01" }, "2026-03-31")).toMatchObject({
    by: ["day"],
    currencies: null,
    measures: null,
    from: "2026-03-01",
  });
});
