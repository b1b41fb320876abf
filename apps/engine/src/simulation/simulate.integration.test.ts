import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { faultNames } from "./faults.ts";
import { createRandom } from "./random.ts";
import { simulate } from "./simulate.ts";

const seed = 20_260_302;
const burst = 24;
/** One deck of faults with as many quiet steps between them: every fault comes once. */
const steps = faultNames.length * 2;

test(`every fault once, with play all the while: npm run simulate -- --seed ${seed} --steps ${steps} --burst ${burst}`, {
  timeout: 600_000,
}, async () => {
  const told: string[] = [];
  const report = await simulate({
    seed,
    steps,
    burst,
    checkEvery: 3,
    folder: fileURLToPath(new URL("../../../../.pitboss/simulation", import.meta.url)),
    tell: (line) => told.push(line),
  });
  expect(told).toHaveLength(steps);
  expect(Object.keys(report.faults)).toEqual([...faultNames].sort());
  expect(report.bets).toBeGreaterThan(steps);
  expect(report.checks).toBe(steps / 3 + 1);
});

test("the same seed gives the same numbers, and another one others", () => {
  const draw = (from: number) => {
    const random = createRandom(from);
    return [
      random.int(0, 1_000_000),
      random.pick(["a", "b", "c"]),
      random.chance(0.5),
      random.shuffle([1, 2, 3, 4, 5]),
    ];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("numbers fall evenly, ends included", () => {
  const random = createRandom(1);
  const counts = new Map<number, number>();
  for (let draw = 0; draw < 6_000; draw += 1) {
    const face = random.int(1, 6);
    counts.set(face, (counts.get(face) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const times of counts.values()) expect(Math.abs(times - 1_000)).toBeLessThan(150);
});
