/** The figures as a table, and the ratios that the project holds itself to. */
import type { Figures } from "./bench-world.ts";
import type { LoadResult } from "./load.ts";
import type { MemoryFigures } from "./memory.ts";

export interface Report {
  readonly tpcb: { readonly best: number } | undefined;
  readonly tpcbAfter: { readonly best: number } | undefined;
  readonly plain: LoadResult;
  readonly worlds: readonly { readonly name: string; readonly figures: Figures }[];
  readonly memory: MemoryFigures | undefined;
}

export function printReport(report: Report): void {
  const lines: string[] = [
    "",
    "| measured | bets/s | p50 ms | p95 ms | p99 ms |",
    "| --- | ---: | ---: | ---: | ---: |",
  ];
  const row = (name: string, result: LoadResult): void => {
    const ms = [result.p50Ms, result.p95Ms, result.p99Ms].map((value) => value.toFixed(1)).join(" | ");
    lines.push(`| ${name} | ${result.perSecond.toFixed(0)} | ${ms} |`);
  };
  const yardstick =
    report.tpcb === undefined ? Number.NaN : (report.tpcb.best + (report.tpcbAfter?.best ?? report.tpcb.best)) / 2;
  lines.push(
    `| TPC-B, best of 16–64 clients, before and after | ${report.tpcb?.best.toFixed(0) ?? "–"}, ${report.tpcbAfter?.best.toFixed(0) ?? "–"} | | | |`,
  );
  row("a transaction per bet, plain", report.plain);
  for (const { name, figures } of report.worlds) {
    for (const [inFlight, result] of Object.entries(figures.lanes))
      row(`${name}: lanes, ${inFlight} in flight`, result);
    for (const [inFlight, result] of Object.entries(figures.http)) row(`${name}: HTTP, ${inFlight} in flight`, result);
    row(`${name}: HTTP, 20 bets a request`, figures.bulk);
    row(`${name}: HTTP, 100 bets a request`, figures.bulk100);
    row(`${name}: HTTP, all on one game`, figures.oneGame);
    row(`${name}: HTTP, one at a time`, figures.lone);
    row(`${name}: HTTP, at half the peak rate`, figures.halfPeak);
  }
  lines.push("", ...goals(report, yardstick));
  process.stdout.write(`${lines.join("\n")}\n`);
}

function goals(report: Report, tpcb: number): string[] {
  const [first] = report.worlds;
  if (first === undefined) return [];
  const { figures } = first;
  const http = figures.http["256"];
  const lanes = figures.lanes["256"];
  if (http === undefined || lanes === undefined) return [];
  const best = Math.max(...Object.values(figures.http).map(({ perSecond }) => perSecond));
  const lines = ["| goal | reached | |", "| --- | --- | --- |"];
  const goal = (name: string, value: number, unit: string, met: boolean): void => {
    lines.push(`| ${name} | ${value.toFixed(2)}${unit} | ${Number.isNaN(value) ? "–" : met ? "met" : "MISSED"} |`);
  };
  goal("HTTP ≥ 3 × TPC-B", best / tpcb, " ×", best >= 3 * tpcb);
  goal(
    "HTTP ≥ 4 × a plain transaction per bet",
    best / report.plain.perSecond,
    " ×",
    best >= 4 * report.plain.perSecond,
  );
  const bestLanes = Math.max(...Object.values(figures.lanes).map(({ perSecond }) => perSecond));
  goal("lanes ≥ 6 × TPC-B", bestLanes / tpcb, " ×", bestLanes >= 6 * tpcb);
  const bulk = Math.max(figures.bulk.perSecond, figures.bulk100.perSecond);
  goal("bulk over HTTP ≥ 8 × TPC-B", bulk / tpcb, " ×", bulk >= 8 * tpcb);
  goal("p99 at 256 in flight ≤ 75 ms", http.p99Ms, " ms", http.p99Ms <= 75);
  goal("p99 at half the peak ≤ 30 ms", figures.halfPeak.p99Ms, " ms", figures.halfPeak.p99Ms <= 30);
  goal("a lone bet p50 ≤ 5 ms", figures.lone.p50Ms, " ms", figures.lone.p50Ms <= 5);
  const slower = (other: number): number => (1 - other / http.perSecond) * 100;
  goal("one game at most 5 % slower", slower(figures.oneGame.perSecond), " %", slower(figures.oneGame.perSecond) <= 5);
  for (const world of report.worlds.slice(1)) {
    const value = slower(world.figures.http["256"]?.perSecond ?? 0);
    goal(`${world.name}: at most 15 % slower`, value, " %", value <= 15);
  }
  goal("WAL ≤ 1,200 bytes a bet", figures.walBytesPerBet, "", figures.walBytesPerBet <= 1_200);
  goal("stored ≤ 600 bytes a bet", figures.storedBytesPerBet, "", figures.storedBytesPerBet <= 600);
  goal("engine ready in ≤ 1,500 ms", figures.startMs, " ms", figures.startMs <= 1_500);
  if (figures.cpuMicrosPerBet !== undefined)
    lines.push(`| engine CPU per bet | ${figures.cpuMicrosPerBet.toFixed(0)} µs | |`);
  if (report.memory !== undefined) lines.push(memoryLine(report.memory));
  return lines;
}

/** Flat: the last minute holds at most a tenth more than the second, when caches and the heap have settled. */
function memoryLine({ minutes, residentMb }: MemoryFigures): string {
  const settled = residentMb[1] ?? 0;
  const last = residentMb.at(-1) ?? 0;
  return `| memory flat over ${minutes} minutes | ${settled} → ${last} MB | ${last <= settled * 1.1 ? "met" : "MISSED"} |`;
}
