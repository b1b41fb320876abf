/** Simulated traffic from a terminal: reads its set-up, plays, says how it goes, and what was wrong. */
import { wireDialects } from "@pitboss/wires/speak";
import { createApiClient } from "@pitboss/wires/traffic/api-client";
import { createChance } from "@pitboss/wires/traffic/chance";
import { type Command, InvalidArgumentError } from "commander";
import { type ExitCode, exitCodes } from "../kernel/exit-codes.ts";
import type { Paint } from "../kernel/paint.ts";
import { fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import { chosenContext } from "../session/contexts.ts";
import { reach } from "../session/reach.ts";
import { readCurrency } from "../simulate/house.ts";
import { runSimulation, type SimulationEnd } from "../simulate/run-simulation.ts";
import { createTally, type Figures } from "../simulate/tally.ts";
import { refuseInProduction } from "./demo.ts";
import { type ProviderSetup, readSetups, readTarget } from "./provider-conformance.ts";

interface SimulateOptions {
  readonly rate: number;
  readonly minutes?: number;
  readonly providers?: readonly string[];
  readonly currency?: string;
  readonly target?: string;
  readonly setup?: string;
}

const ownGames = "built-in";
/** After an interruption, rounds that were begun are brought to their end, but not for longer than this. */
const lastAnswersMs = 15_000;

export function simulateCommand(program: Command, run: Run): void {
  program
    .command("simulate")
    .description(
      "Play at a rate, by players of its own, on the house's games and over the wires of its providers: wins, rollbacks, the same call twice, calls that come late or in the wrong order. Every answer and every balance is looked at; ends with 6 where one is wrong. For demos and tests: refused in production.",
    )
    .option("--rate <rounds>", "rounds that begin in a second, on the average; each is some three calls", readRate, 5)
    .option("--minutes <minutes>", "for how long; without it until Ctrl-C", readMinutes)
    .option(
      "--providers <list>",
      `whose games, parted by commas: ${wireDialects.join(", ")}, a provider's code, or ${ownGames}; all without it`,
      (text: string) => text.split(",").map((one) => one.trim()),
    )
    .option("--currency <currency>", "what is played in; that of the set-up without it")
    .option("--target <url>", "the engine, as in http://127.0.0.1:4000; that of the context without it")
    .option("--setup <file>", "JSON: a list of dialect, provider, game, secret, operatorKey; the demo's own without it")
    .action(run((world, options: SimulateOptions) => simulate(world, options)));
}

async function simulate(world: World, options: SimulateOptions): Promise<ExitCode> {
  if (options.target === undefined) refuseInProduction(world);
  else if (world.config.production) stop("DEMO_ONLY", { detail: "NODE_ENV is production." });
  const target = readTarget(options.target ?? chosenContext(world).url);
  const { path, setups } = readSetups(world, options.setup);
  const { chosen, builtIn } = chooseSources(setups, options.providers);
  const [first] = setups;
  if (first === undefined) stop("CONFIG_UNUSABLE", { detail: `${path} has no provider.` });
  const { operatorKey } = first;
  const currency = readCurrency(options.currency ?? first.currency);
  if (currency === undefined) stop("USAGE", { detail: `There is no currency ${options.currency}.` });
  await makeSureItIsADemo(target, operatorKey, world.signal);

  world.endsWithInterruption();
  const ended = new AbortController();
  world.signal.addEventListener("abort", () => setTimeout(() => ended.abort(), lastAnswersMs).unref(), { once: true });
  const chance = createChance();
  const tally = createTally();
  const api = createApiClient({
    url: target,
    chance,
    operatorKey,
    signal: ended.signal,
    log: { info: (text) => world.talk.say(text), warn: ({ path: at }, text) => world.talk.warn(`${text} (${at})`) },
    onKeyRefused: () => ended.abort(),
  });
  const begunMs = world.now();
  const progress = world.talk.progress("calls", undefined);
  const { rate, minutes } = options;
  const end = await runSimulation({
    api,
    chance,
    tally,
    operatorKey,
    currency,
    dialectGames: chosen,
    builtIn,
    rate,
    untilMs: minutes === undefined ? undefined : begunMs + minutes * 60_000,
    signal: AbortSignal.any([world.signal, ended.signal]),
    now: () => world.now(),
    onProgress: () => progress.at(tally.calls(), progressNote(tally.figures(), world.now() - begunMs)),
  });
  progress.end();
  if (end === undefined) stop("NOTHING_APPLIES", { detail: `No open game of these takes ${currency}.` });
  if (ended.signal.aborted && !world.signal.aborted) {
    stop("CONFIG_UNUSABLE", { detail: "The house does not take this operator key any more." });
  }
  const seconds = Math.max(1, Math.round((world.now() - begunMs) / 1_000));
  const summary = summarise(target, rate, seconds, end, tally.figures());
  world.out.show(summary, describe);
  return summary.right ? exitCodes.ok : exitCodes.drift;
}

function chooseSources(
  setups: readonly ProviderSetup[],
  wanted: readonly string[] | undefined,
): { readonly chosen: readonly ProviderSetup[]; readonly builtIn: boolean } {
  if (wanted === undefined) return { chosen: setups, builtIn: true };
  const known = new Set([ownGames, ...setups.flatMap(({ dialect, provider }) => [dialect, provider])]);
  const unknown = wanted.find((one) => !known.has(one));
  if (unknown !== undefined) {
    stop("USAGE", { detail: `"${unknown}" is none of them.`, hint: `There are ${[...known].join(", ")}.` });
  }
  const chosen = setups.filter(({ dialect, provider }) => wanted.includes(dialect) || wanted.includes(provider));
  return { chosen, builtIn: wanted.includes(ownGames) };
}

/** A house in production has none of the demo's routes, whatever this machine believes it to be. */
async function makeSureItIsADemo(target: string, operatorKey: string, signal: AbortSignal): Promise<void> {
  const headers = { authorization: `Bearer ${operatorKey}` };
  const { status } = await reach(`${target}/v1/demo/players`, { method: "GET", headers }, signal);
  if (status === 404) stop("DEMO_ONLY", { detail: `${target} is not a demo.` });
  if (status === 401 || status === 403) {
    stop("CONFIG_UNUSABLE", {
      detail: `${target} does not take the operator key of the set-up.`,
      hint: "npm start makes a new one each time; --setup says where it is.",
    });
  }
  if (status !== 200) stop("ENGINE_STRANGE", { detail: `It answered ${status}.` });
}

function progressNote({ calls, asExpected, refused, wrong, p50Ms, p95Ms }: Figures, ms: number): string {
  const perSecond = ms > 0 ? ((calls * 1_000) / ms).toFixed(1) : "0";
  return `${perSecond} calls/s, ${asExpected} as expected, ${refused} refused, ${wrong} wrong, p50 ${p50Ms ?? "-"} ms, p95 ${p95Ms ?? "-"} ms`;
}

interface Summary extends Figures, SimulationEnd {
  readonly target: string;
  readonly rate: number;
  readonly seconds: number;
  readonly callsPerSecond: number;
  /** No answer was wrong, and every purse is what the answers came to. */
  readonly right: boolean;
}

function summarise(target: string, rate: number, seconds: number, end: SimulationEnd, figures: Figures): Summary {
  const callsPerSecond = Math.round((figures.calls * 10) / seconds) / 10;
  const right = figures.wrong === 0 && end.purses.wrong.length === 0;
  return { target, rate, seconds, callsPerSecond, right, ...end, ...figures };
}

function describe(summary: Summary, paint: Paint): string[] {
  const { purses, wrongAnswers, wrong } = summary;
  const verdict = summary.right
    ? paint.green("Every answer was as it should be, and every purse is what the answers came to.")
    : paint.red(`${wrong} answers and ${purses.wrong.length} purses are wrong.`);
  return [
    ...table(
      [
        { title: "source", text: ({ source }) => source },
        { title: "call", text: ({ call }) => call },
        { title: "answer", text: ({ verdict: said }) => said },
        {
          title: "",
          text: ({ judged }) => (judged === "AS_EXPECTED" ? "as expected" : judged.toLowerCase()),
          paint: ({ judged }, p) => (judged === "WRONG" ? p.red : judged === "REFUSED" ? p.yellow : p.dim),
        },
        { title: "count", text: ({ count }) => count, align: "right" },
      ],
      summary.answers,
      paint,
    ),
    "",
    ...table(
      [
        { title: "source", text: ({ source }) => source },
        { title: "calls", text: ({ calls }) => calls, align: "right" },
        { title: "repeats", text: ({ repeats }) => repeats, align: "right" },
        { title: "refused", text: ({ refused }) => refused, align: "right" },
        { title: "wrong", text: (row) => row.wrong, align: "right" },
        { title: "p50 ms", text: ({ p50Ms }) => p50Ms, align: "right" },
        { title: "p95 ms", text: ({ p95Ms }) => p95Ms, align: "right" },
      ],
      summary.sources,
      paint,
    ),
    "",
    ...fields(
      [
        ["Rounds", `${summary.rounds} in ${summary.seconds} s, by ${summary.players} players`],
        ["Left out", summary.leftOut === 0 ? null : `${summary.leftOut} rounds: the house was slower than the rate`],
        ["Calls", `${summary.calls}, ${summary.callsPerSecond} a second`],
        ["Answers", `p50 ${summary.p50Ms ?? "-"} ms, p95 ${summary.p95Ms ?? "-"} ms`],
        ["Purses", `${purses.counted} counted`],
      ],
      paint,
    ),
    ...wrongAnswers.flatMap((one) => [
      "",
      `${paint.red("✗")} ${plain(one.source)} ${plain(one.call)} of ${plain(one.playerId)}, round ${plain(one.round)}`,
      `    expected ${plain(one.expected)}, got ${plain(one.got)}`,
      paint.dim(`    ${plain(one.request)}`),
      paint.dim(`    ${plain(one.response)}`),
    ]),
    ...purses.wrong.map(
      ({ playerId, expected, got }) =>
        `${paint.red("✗")} purse of ${plain(playerId)}: expected ${plain(expected)}, got ${plain(got)}`,
    ),
    "",
    verdict,
  ];
}

function readRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate <= 1_000)) throw new InvalidArgumentError("It is a number above 0, and 1000 at most.");
  return rate;
}

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (!(minutes > 0 && minutes <= 10_080))
    throw new InvalidArgumentError("It is a number above 0, and a week at most.");
  return minutes;
}
