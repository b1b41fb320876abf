import { expect, test } from "vitest";
import { createLog } from "../kernel/log.ts";
import { startLoop } from "./loop.ts";

const log = createLog("silent");
const hour = 3_600_000;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test("it runs at once, again while there is more, and then only when it is nudged", async () => {
  let runs = 0;
  const loop = startLoop({ name: "t", everyMs: hour, gapMs: 0, log, run: async () => (runs += 1) < 3 });
  await until(() => runs === 3);
  loop.nudge();
  await until(() => runs === 4);
  await loop.stop();
  expect(runs).toBe(4);
});

test("a nudge during a run leads to another one", async () => {
  const release = Promise.withResolvers<undefined>();
  let runs = 0;
  const loop = startLoop({
    name: "t",
    everyMs: hour,
    gapMs: 0,
    log,
    run: async () => {
      runs += 1;
      if (runs === 1) await release.promise;
      return false;
    },
  });
  await until(() => runs === 1);
  loop.nudge();
  release.resolve(undefined);
  await until(() => runs === 2);
  await loop.stop();
});

test("runs never overlap, and one that fails is tried again by itself", async () => {
  let running = 0;
  let runs = 0;
  const loop = startLoop({
    name: "t",
    everyMs: hour,
    gapMs: 0,
    log,
    run: async () => {
      running += 1;
      runs += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (runs < 3) throw new Error("not yet");
      return false;
    },
  });
  await until(() => runs === 3);
  await loop.stop();
});

test("what is behind does not rest for its gap", async () => {
  let runs = 0;
  const run = async () => ((runs += 1) < 3 ? ("behind" as const) : false);
  const loop = startLoop({ name: "t", everyMs: hour, gapMs: hour, log, run });
  await until(() => runs === 3);
  await loop.stop();
});

test("stopping waits for the run that is under way, and cuts a pause short", async () => {
  let done = false;
  let runs = 0;
  const loop = startLoop({
    name: "t",
    everyMs: hour,
    gapMs: hour,
    log,
    run: async () => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      done = true;
      return true;
    },
  });
  await until(() => runs === 1);
  await loop.stop();
  expect(done).toBe(true);
  expect(runs).toBe(1);
});
