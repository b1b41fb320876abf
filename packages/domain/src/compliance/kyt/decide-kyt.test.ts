import { expect, test } from "vitest";
import { alertLevels, type ChainAlert, decideKyt } from "./decide-kyt.ts";

const alert = (change: Partial<ChainAlert>): ChainAlert => ({
  level: "MEDIUM",
  category: "mixing",
  exposure: "DIRECT",
  service: null,
  ...change,
});

test("an address on a list of sanctions is blocked, whatever the analyst says", () => {
  const listed = [{ address: "bc1qbad", source: "OFAC_SDN", ref: "12", name: "SOMEBODY" }];
  expect(decideKyt({ listed, alerts: [] })).toEqual({
    decision: "BLOCK",
    score: 100,
    reasons: ["bc1qbad stands on OFAC_SDN as SOMEBODY (12)."],
  });
});

test("nothing known is nothing held against it", () => {
  expect(decideKyt({ listed: [], alerts: [] })).toEqual({ decision: "CLEAR", score: 0, reasons: [] });
});

test.each([
  [[alert({ level: "LOW" })], "CLEAR"],
  [[alert({ level: "MEDIUM", exposure: "INDIRECT" })], "CLEAR"],
  [[alert({})], "REVIEW"],
  [[alert({ level: "SEVERE", exposure: "INDIRECT" })], "REVIEW"],
  [[alert({ level: "SEVERE" })], "BLOCK"],
  [[alert({ level: "LOW", category: "Sanctions" })], "BLOCK"],
  [[alert({ level: "MEDIUM", category: "sanctions", exposure: "INDIRECT" })], "CLEAR"],
  [[alert({ level: "SEVERE", category: "sanctions", exposure: "INDIRECT" })], "BLOCK"],
] as const)("%j is %s", (alerts, decision) => {
  expect(decideKyt({ listed: [], alerts }).decision).toBe(decision);
});

test("another alert never makes it better", () => {
  const weight = { CLEAR: 0, REVIEW: 1, BLOCK: 2 } as const;
  const all = alertLevels.flatMap((level) =>
    (["DIRECT", "INDIRECT"] as const).map((exposure) => alert({ level, exposure })),
  );
  for (const one of all) {
    for (const other of all) {
      const alone = decideKyt({ listed: [], alerts: [one] });
      const both = decideKyt({ listed: [], alerts: [one, other] });
      expect(weight[both.decision]).toBeGreaterThanOrEqual(weight[alone.decision]);
      expect(both.score).toBeGreaterThanOrEqual(alone.score);
    }
  }
});
