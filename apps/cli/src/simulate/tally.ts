/** What was answered, by who spoke, what was asked, and what was said. */
import type { AnsweredCall, Source, TrafficReport, WrongAnswer } from "@pitboss/wires/traffic/traffic";
import { createLatencies, type Latencies } from "./latencies.ts";

/** Wrong answers that are told whole; all of them are counted. */
const mostTold = 20;

export interface AnswerRow {
  readonly source: Source;
  readonly call: string;
  readonly verdict: string;
  readonly judged: "AS_EXPECTED" | "REFUSED" | "WRONG";
  readonly count: number;
}

export interface SourceRow {
  readonly source: Source;
  readonly calls: number;
  readonly repeats: number;
  readonly refused: number;
  readonly wrong: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

export interface Figures {
  readonly calls: number;
  readonly repeats: number;
  readonly asExpected: number;
  readonly refused: number;
  readonly wrong: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly sources: readonly SourceRow[];
  readonly answers: readonly AnswerRow[];
  readonly wrongAnswers: readonly WrongAnswer[];
}

export interface Tally extends TrafficReport {
  calls(): number;
  figures(): Figures;
}

interface Sum {
  calls: number;
  repeats: number;
  refused: number;
  wrong: number;
  readonly latencies: Latencies;
}

export function createTally(): Tally {
  const all = emptySum();
  const sources = new Map<Source, Sum>();
  const answers = new Map<string, { row: Omit<AnswerRow, "count">; count: number }>();
  const wrongAnswers: WrongAnswer[] = [];
  /** Answers that were wrong in their word were counted with their call; what is found out later is counted here. */
  let wrong = 0;
  return {
    calls: () => all.calls,
    answered(call) {
      const sum = sources.get(call.source) ?? emptySum();
      sources.set(call.source, sum);
      for (const one of [all, sum]) count(one, call);
      const { source, verdict, judged } = call;
      const key = `${source} ${call.call} ${verdict} ${judged}`;
      const row = answers.get(key) ?? { row: { source, call: call.call, verdict, judged }, count: 0 };
      row.count += 1;
      answers.set(key, row);
    },
    wrong(answer) {
      wrong += 1;
      const sum = sources.get(answer.source) ?? emptySum();
      sources.set(answer.source, sum);
      sum.wrong += 1;
      if (wrongAnswers.length < mostTold) wrongAnswers.push(answer);
    },
    figures: () => ({
      calls: all.calls,
      repeats: all.repeats,
      asExpected: Math.max(0, all.calls - all.refused - wrong),
      refused: all.refused,
      wrong,
      ...quantilesOf(all),
      sources: [...sources].map(([source, { latencies, ...sum }]) => ({
        source,
        ...sum,
        ...quantilesOf({ latencies }),
      })),
      answers: [...answers.values()]
        .map(({ row, count: times }) => ({ ...row, count: times }))
        .sort((a, b) => a.source.localeCompare(b.source) || a.call.localeCompare(b.call) || b.count - a.count),
      wrongAnswers,
    }),
  };
}

function emptySum(): Sum {
  return { calls: 0, repeats: 0, refused: 0, wrong: 0, latencies: createLatencies() };
}

function count(sum: Sum, { again, judged, ms }: AnsweredCall): void {
  sum.calls += 1;
  if (again) sum.repeats += 1;
  if (judged === "REFUSED") sum.refused += 1;
  sum.latencies.add(ms);
}

function quantilesOf({ latencies }: Pick<Sum, "latencies">): { p50Ms: number | null; p95Ms: number | null } {
  return { p50Ms: latencies.quantile(0.5), p95Ms: latencies.quantile(0.95) };
}
