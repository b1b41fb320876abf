import { expect, test } from "vitest";
import { createTestWorld, type Given, stopOf, type TestWorld } from "./world.fixture.ts";
import { type AppliedItem, runWrite, type ShownPlan, type Write, type WriteOptions } from "./write.ts";

const hash = "0123456789abcdef";

function planOf(count: number, more: Partial<ShownPlan> = {}): ShownPlan {
  const items = Array.from({ length: count }, (_, index) => ({
    id: `p_${index}`,
    what: `Lock player ${index}`,
    before: { status: "ACTIVE" },
    after: { status: "LOCKED" },
    hash: `${index}`.padStart(16, "0"),
  }));
  return { action: "player.lock", hash, count, items, leftOut: [], production: false, ...more };
}

interface Trial {
  readonly plan?: ShownPlan;
  readonly given?: Given;
  readonly options?: Partial<WriteOptions>;
  readonly production?: boolean;
  /** What becomes of each item; without it all are done. */
  readonly answer?: (id: string) => AppliedItem;
  readonly during?: (world: TestWorld) => void;
}

function attempt({ plan = planOf(2), given, options, production = false, answer, during }: Trial) {
  const world = createTestWorld(given);
  const applied: string[][] = [];
  const reasons = new Set<string>();
  const write: Write = {
    context: { name: "prod-eu", url: "https://engine.example", production, current: true },
    show: () => Promise.resolve(plan),
    apply: (_plan, items, reason) => {
      applied.push(items.map(({ id }) => id));
      reasons.add(reason);
      during?.(world);
      return Promise.resolve(items.map(({ id }) => answer?.(id) ?? { id, done: true, result: {} }));
    },
  };
  const done = runWrite(world, { reason: "ticket 4711", max: 100, ...options }, write);
  return { world, applied, reasons, done };
}

const failed = (id: string): AppliedItem => ({
  id,
  done: false,
  retry: false,
  code: "PLAN_CHANGED",
  sentence: "It is not as it was.",
  detail: null,
});

test("a change without a reason is a usage failure, and nothing is asked of the engine", async () => {
  const { done, applied } = attempt({ options: { reason: " no ", yes: true } });
  expect(await stopOf(done)).toEqual({ code: "USAGE", exit: 2 });
  expect(applied).toEqual([]);
});

test("where nobody sits at a terminal, --yes is needed", async () => {
  const { done, applied } = attempt({});
  expect(await stopOf(done)).toEqual({ code: "USAGE", exit: 2 });
  expect(applied).toEqual([]);
});

test("a dry run prints the plan with its count and hash, needs no reason and changes nothing", async () => {
  const { done, world, applied } = attempt({ options: { dryRun: true, reason: "" }, given: { json: true } });
  expect(await done).toBe(0);
  expect(applied).toEqual([]);
  expect(JSON.parse(world.stdout())).toMatchObject({ plan: hash, count: 2, action: "player.lock", context: "prod-eu" });
});

test("with --yes all items are applied, and the reason in the audit log names the plan", async () => {
  const { done, applied, reasons } = attempt({ options: { yes: true } });
  expect(await done).toBe(0);
  expect(applied).toEqual([["p_0", "p_1"]]);
  expect([...reasons]).toEqual([`ticket 4711 (plan ${hash})`]);
});

test("a plan that is not the one given with --plan is not applied", async () => {
  const { done, applied } = attempt({ options: { yes: true, plan: "fedcba9876543210" } });
  expect(await stopOf(done)).toEqual({ code: "PLAN_CHANGED", exit: 3 });
  expect(applied).toEqual([]);
});

test("the plan that was given is applied", async () => {
  const { done, applied } = attempt({ options: { yes: true, plan: hash } });
  expect(await done).toBe(0);
  expect(applied.flat()).toHaveLength(2);
});

test("--max is a hard stop, whatever was said yes to", async () => {
  const { done, applied } = attempt({ plan: planOf(3), options: { yes: true, max: 2 } });
  expect(await stopOf(done)).toEqual({ code: "PLAN_TOO_LARGE", exit: 3 });
  expect(applied).toEqual([]);
});

test.each([[""], ["n"], ["yep"], [undefined]])("the answer %j is No", async (answer) => {
  const { done, applied } = attempt({ given: { answers: [answer] } });
  expect(await stopOf(done)).toEqual({ code: "SAID_NO", exit: 3 });
  expect(applied).toEqual([]);
});

test("a plain yes applies the plan", async () => {
  const { done, applied } = attempt({ given: { answers: ["y"] } });
  expect(await done).toBe(0);
  expect(applied.flat()).toEqual(["p_0", "p_1"]);
});

test.each([
  ["the context's own mark", { production: true }],
  ["the engine", { plan: planOf(1, { production: true }) }],
])("production, as said by %s, asks for its name, and a yes is not enough", async (_who, trial) => {
  const yes = attempt({ ...trial, given: { answers: ["y"] } });
  expect(await stopOf(yes.done)).toEqual({ code: "SAID_NO", exit: 3 });
  const named = attempt({ ...trial, given: { answers: ["prod-eu"] } });
  expect(await named.done).toBe(0);
});

test("in production --yes counts only where the command line names the context", async () => {
  const silent = attempt({ production: true, options: { yes: true } });
  expect(await stopOf(silent.done)).toEqual({ code: "USAGE", exit: 2 });
  const named = attempt({ production: true, options: { yes: true }, given: { context: "prod-eu" } });
  expect(await named.done).toBe(0);
});

test("what was done in part ends with 5 and lists both", async () => {
  const { done, world } = attempt({
    options: { yes: true },
    given: { json: true },
    answer: (id) => (id === "p_1" ? failed(id) : { id, done: true, result: {} }),
  });
  expect(await done).toBe(5);
  expect(JSON.parse(world.stdout())).toMatchObject({ done: 1, failed: 1, items: [{ done: true }, { done: false }] });
});

test("where every item was refused, it ends with 3", async () => {
  const { done } = attempt({ options: { yes: true }, answer: failed });
  expect(await done).toBe(3);
});

test("nothing to do is fine where it is like that already, and a refusal where it can't be", async () => {
  const leftOut = (code: string) => [{ id: "p_1", code, sentence: "So it is.", detail: null }];
  const same = attempt({ plan: planOf(0, { leftOut: leftOut("NOTHING_CHANGES") }), options: { yes: true } });
  expect(await same.done).toBe(0);
  const refused = attempt({ plan: planOf(0, { leftOut: leftOut("PLAYER_NOT_FOUND") }), options: { yes: true } });
  expect(await stopOf(refused.done)).toEqual({ code: "NOTHING_APPLIES", exit: 3 });
});

test("an interruption lets the part under way end, applies no further one, and says how to go on", async () => {
  const { done, world, applied } = attempt({
    plan: planOf(60),
    options: { yes: true },
    during: (interrupted) => interrupted.interrupt(),
  });
  expect(await stopOf(done)).toEqual({ code: "INTERRUPTED", exit: 130 });
  expect(applied.map((part) => part.length)).toEqual([25]);
  expect(world.stdout()).toContain("25 done, 35 not tried");
  expect(world.resume()).toContain("Give the same command again");
});

test("a plan is shown on stderr when it is applied, so that stdout has the outcome alone", async () => {
  const { done, world } = attempt({ options: { yes: true }, given: { json: true } });
  await done;
  expect(world.stderr()).toContain(hash);
  expect(JSON.parse(world.stdout())).toMatchObject({ done: 2 });
});
