/** The laboratory from a terminal: reads its set-up, plays, prints and saves the report. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type WireDialect, wireDialects } from "@pitboss/wires/speak";
import { isWireDialect } from "@pitboss/wires/speakers";
import { z } from "zod";
import { type ConformanceReport, runConformance } from "../conformance/run-conformance.ts";
import { type Setup, setupSchema } from "../conformance/stage.ts";
import { type ExitCode, exitCodes } from "../kernel/exit-codes.ts";
import type { Paint } from "../kernel/paint.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import { connect } from "../session/engine.ts";
import { findDataDir } from "./demo.ts";

export interface ConformanceOptions {
  readonly target: string;
  readonly setup?: string;
  readonly out?: string;
  readonly keep?: boolean;
  readonly steps?: boolean;
}

const demoSetups = z.array(setupSchema.extend({ dialect: z.string().refine(isWireDialect, "Nobody here speaks it.") }));
export type ProviderSetup = z.infer<typeof demoSetups>[number];

export async function tryConformance(
  world: World,
  dialect: WireDialect,
  options: ConformanceOptions,
): Promise<ExitCode> {
  if (!wireDialects.includes(dialect)) stop("USAGE", { detail: `The dialects are ${wireDialects.join(", ")}.` });
  const target = readTarget(options.target);
  const setup = readSetup(world, dialect, options.setup);
  const progress = world.talk.progress(`conformance of ${dialect}`, 1);
  const report = await runConformance({
    dialect,
    target,
    setup,
    signal: world.signal,
    now: () => world.now(),
    onScenario: (done, of) => progress.at(done / of),
  });
  progress.end();
  const file = options.out ?? `conformance-${dialect}.json`;
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  world.out.show(report, (value, paint) => describe(value, paint, options.steps === true));
  world.talk.say(`The report is in ${file}.`);
  if (options.keep === true) {
    const { results, ...rest } = report;
    const { reportId } = await connect(world).call((api) =>
      api.provider.keepReport.mutate({ provider: setup.provider, report: { ...rest, results: [...results] } }),
    );
    world.talk.say(`It is kept as ${reportId}.`);
  }
  return report.failed === 0 ? exitCodes.ok : exitCodes.drift;
}

export function readTarget(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    stop("USAGE", { detail: "--target is an address of http or https." });
  return url.href.replace(/\/+$/, "");
}

function readSetup(world: World, dialect: WireDialect, given: string | undefined): Setup {
  if (given !== undefined) {
    const parsed = setupSchema.safeParse(readJson(given));
    return parsed.success
      ? parsed.data
      : stop("CONFIG_UNUSABLE", { detail: `${given}: ${z.prettifyError(parsed.error)}` });
  }
  const { path, setups } = readSetups(world, undefined);
  const found = setups.find((one) => one.dialect === dialect);
  return found ?? stop("CONFIG_UNUSABLE", { detail: `${path} has no provider that speaks ${dialect}.` });
}

/** Several providers in one file: the one that is given, or the demo's own. */
export function readSetups(
  world: World,
  given: string | undefined,
): { readonly path: string; readonly setups: readonly ProviderSetup[] } {
  const dataDir = world.config.dataDir ?? findDataDir();
  const path = given ?? (dataDir === undefined ? undefined : join(dataDir, "demo", "providers.json"));
  if (path === undefined || (given === undefined && !existsSync(path))) {
    stop("CONFIG_UNUSABLE", { detail: "There is no demo here.", hint: "npm start makes one; or give --setup." });
  }
  const all = demoSetups.safeParse(readJson(path));
  return all.success
    ? { path, setups: all.data }
    : stop("CONFIG_UNUSABLE", { detail: `${path}: ${z.prettifyError(all.error)}` });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as unknown;
  } catch (error) {
    return stop("CONFIG_UNUSABLE", { detail: `${path}: ${error instanceof Error ? error.message : String(error)}` });
  }
}

/** What failed with all that went over the wire; every step so, where that is asked for. */
function describe(report: ConformanceReport, paint: Paint, everyStep: boolean): string[] {
  const { currency } = report;
  const lines = report.results.flatMap(({ name, passed, steps }) => [
    `${passed ? paint.green("✓") : paint.red("✗")} ${plain(name)}`,
    ...steps
      .filter((step) => everyStep || !step.passed)
      .flatMap((step) => [
        `    ${step.passed ? "" : `${paint.red("✗")} `}${plain(step.step)}`,
        `      answer    expected ${plain(step.expected)}, got ${plain(step.got)}`,
        `      balance   expected ${step.balanceExpected} ${currency}, got ${step.balanceGot} ${currency}`,
        ...(step.note === null ? [] : [`      besides   ${plain(step.note)}`]),
        paint.dim(`      request   ${step.request.method} ${plain(step.request.path)} ${plain(step.request.body)}`),
        paint.dim(`      response  ${step.response.status} ${plain(JSON.stringify(step.response.body))}`),
      ]),
  ]);
  const verdict = `${report.scenarios - report.failed} of ${report.scenarios} scenarios of ${report.dialect} are as they should be.`;
  return [...lines, "", report.failed === 0 ? paint.green(verdict) : paint.red(verdict)];
}
