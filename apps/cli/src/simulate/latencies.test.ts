import { expect, test } from "vitest";
import { createLatencies } from "./latencies.ts";

test("quantiles are told to a twentieth, from a tenth of a millisecond to minutes", () => {
  const latencies = createLatencies();
  expect(latencies.quantile(0.5)).toBeNull();
  for (let ms = 1; ms <= 1_000; ms += 1) latencies.add(ms);
  latencies.add(0);
  latencies.add(90_000);
  for (const [share, ms] of [
    [0.5, 500],
    [0.95, 950],
    [1, 90_000],
  ] as const) {
    const told = latencies.quantile(share) ?? 0;
    expect(told).toBeGreaterThanOrEqual(ms * 0.99);
    expect(told).toBeLessThanOrEqual(ms * 1.06);
  }
  expect(latencies.quantile(0.0001)).toBe(0.1);
});
