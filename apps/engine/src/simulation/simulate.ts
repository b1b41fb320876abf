/**
 * The simulation: players and game servers who repeat, reorder and hang up, on real engines and a real PostgreSQL that
 * are killed, cut off and stopped meanwhile. After every few steps the whole ledger is checked; at the end every command
 * is answered for good, and the answers are held against the ledger.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Broken, checkLedger } from "./check-ledger.ts";
import { compareBalances, compareBets } from "./compare-answers.ts";
import { openPost, type Post } from "./deliver.ts";
import { type FaultName, faultNames, faults } from "./faults.ts";
import { createRandom, type Random } from "./random.ts";
import { type Op, type Script, writeScript } from "./script.ts";
import { openWorld, type World } from "./world.ts";

export interface SimulationOptions {
  readonly seed: number;
  readonly steps: number;
  /** Commands that are under way at once in a step. */
  readonly burst: number;
  /** The whole ledger is checked after this many steps, and at the end. */
  readonly checkEvery: number;
  readonly folder: string;
  /** Told one line after each step. */
  readonly tell: (line: string) => void;
}

export interface SimulationReport {
  readonly seed: number;
  readonly steps: number;
  readonly commands: number;
  readonly bets: number;
  readonly checks: number;
  readonly faults: Readonly<Record<string, number>>;
  /** How often a command had to be sent again, by why. */
  readonly retries: Readonly<Record<string, number>>;
}

/** Carries what is wrong, in words and rows. */
export class SimulationFailedError extends Error {}

const players = { players: 8, cash: 60_000n, bonus: 5_000n } as const;
const operatorScope = "machine:1";

interface Run {
  readonly options: SimulationOptions;
  readonly world: World;
  readonly script: Script;
  readonly post: Post;
  readonly random: Random;
  checks: number;
  readonly faulted: Map<string, number>;
}

export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const world = await openWorld({ folder: options.folder, engines: 2, casino: players });
  try {
    const run: Run = {
      options,
      world,
      script: writeScript(world.casino, createRandom(options.seed), options.seed),
      post: openPost(world),
      random: createRandom(options.seed ^ 0x5eed),
      checks: 0,
      faulted: new Map(),
    };
    let deck: (FaultName | undefined)[] = [];
    for (let step = 1; step <= options.steps; step += 1) {
      // Each fault comes once in a while, in an order of the seed's, with quiet steps in between.
      if (deck.length === 0) deck = run.random.shuffle([...faultNames, ...faultNames.map(() => undefined)]);
      await takeStep(run, step, deck.pop());
    }
    await finish(run);
    return reportOf(run);
  } finally {
    await world.close();
  }
}

async function takeStep(run: Run, step: number, fault: FaultName | undefined): Promise<void> {
  const { options, world, script, post, random } = run;
  const waiting = script.ops.filter(({ number }) => !post.answers.has(number));
  const burst = [...script.burst(options.burst), ...waiting.slice(-options.burst)];
  const repeated = Array.from({ length: Math.ceil(options.burst / 8) }, () => random.pick(script.ops));
  const afterMs = random.int(0, 150);
  // Spread over a while, so that a fault finds commands before it, in it and behind it.
  const delivered = [...burst, ...repeated].map(async (op, index) => {
    await sleep((index * (fault === undefined ? 50 : 600)) / burst.length);
    await post.deliver(op, createRandom(options.seed * 31 + op.number + step));
  });
  if (fault !== undefined) {
    run.faulted.set(fault, (run.faulted.get(fault) ?? 0) + 1);
    await sleep(afterMs);
    await faults[fault](world, random);
  }
  await Promise.all(delivered);
  await post.misuse(random.pick(script.ops), random);
  if (step % options.checkEvery === 0) await check(run, step);
  else failOn(post.complaints, run, step);
  const open = script.ops.length - post.answers.size;
  options.tell(
    `step ${step}: ${fault ?? "quiet"}; ${post.answers.size} of ${script.ops.length} commands answered, ${open} open`,
  );
}

async function check(run: Run, step: number): Promise<void> {
  const { world, script, post } = run;
  run.checks += 1;
  // Taken before the database is looked at, so that whatever is in here must be found there.
  const told = new Map(post.answers);
  const complaints = await world.withDatabase(async (client) => [
    ...(await checkLedger(client)).map(describe),
    ...(await compareBets(client, script.ops, told, operatorScope)),
  ]);
  failOn([...post.complaints, ...complaints], run, step);
}

function describe({ broken, rows }: Broken): string {
  const text = JSON.stringify(rows, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  return `${broken}: ${text.slice(0, 1_000)}`;
}

function failOn(complaints: readonly string[], run: Run, step: number): void {
  if (complaints.length === 0) return;
  const logs = run.world.engines.map(
    (engine, index) => `--- engine ${index} said last:\n${engine.log().slice(-3_000)}`,
  );
  throw new SimulationFailedError(
    [`seed ${run.options.seed}, step ${step}:`, ...complaints.slice(0, 20), ...logs].join("\n"),
  );
}

/** How often all that is open is sent again at the end; every fault is over by then. */
const lastRounds = 12;

/** Sends until everything is answered for good; then the answers alone must explain every balance. */
async function finish(run: Run): Promise<void> {
  const { world, script, post, options } = run;
  await world.untilReady();
  for (let round = 1; round <= lastRounds; round += 1) {
    const open = script.ops.filter(({ number }) => !post.answers.has(number));
    if (open.length === 0) break;
    await deliverAll(open, post, options.seed + round);
  }
  const silent = script.ops.filter((op) => !post.answers.has(op.number) && !isAboutNothing(op, script, post));
  failOn(
    silent.map((op) => `${op.path} ${op.number} was never answered for good: ${JSON.stringify(op.body)}`),
    run,
    options.steps,
  );
  // Every answer once more, from whichever engine: it is the first one still.
  await deliverAll(run.random.shuffle(script.ops).slice(0, 400), post, options.seed);
  await check(run, options.steps);
  const opening = new Map(
    world.casino.players.map(({ id }, index) => [
      index,
      { id, cash: players.cash + (index % 2 === 0 ? 0n : players.bonus) },
    ]),
  );
  const balances = await world.withDatabase((client) => compareBalances(client, script.ops, post.answers, opening));
  failOn(balances, run, options.steps);
}

async function deliverAll(ops: readonly Op[], post: Post, seed: number): Promise<void> {
  for (let from = 0; from < ops.length; from += 64) {
    await Promise.all(ops.slice(from, from + 64).map((op) => post.deliver(op, createRandom(seed * 17 + op.number))));
  }
}

/** A command about a bet that was refused, or rolled back before it came, is told for ever that there is no such bet. */
function isAboutNothing(op: Op, script: Script, post: Post): boolean {
  const taken = new Set(
    script.ops
      .filter(({ kind, number }) => kind === "place" && post.answers.get(number)?.status === 200)
      .map(({ body }) => body["requestId"]),
  );
  const bets = (op.body["bets"] ?? [op.body]) as { placeRequestId?: string }[];
  return op.kind !== "place" && bets.some(({ placeRequestId }) => !taken.has(placeRequestId));
}

function reportOf({ options, script, post, checks, faulted }: Run): SimulationReport {
  const bets = script.ops.filter(({ kind, number }) => kind === "place" && post.answers.get(number)?.status === 200);
  return {
    seed: options.seed,
    steps: options.steps,
    commands: script.ops.length,
    bets: bets.length,
    checks,
    faults: Object.fromEntries([...faulted].sort()),
    retries: Object.fromEntries([...post.retries].sort()),
  };
}
