import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Counts, countStep, readCounts } from "./counts.ts";
import type { Step } from "./steps.ts";

export interface StepResult {
  readonly step: Step;
  readonly succeeded: boolean;
  readonly seconds: number;
  readonly counts: Counts;
}

/** Runs one step with its output on ours. */
export async function runStep(step: Step, root: string, env: NodeJS.ProcessEnv): Promise<StepResult> {
  const startedAt = performance.now();
  // A report of an earlier run must not be counted for a step that crashed before it wrote its own.
  if (step.report !== undefined) rmSync(step.report, { force: true });
  const [program, ...args] = step.command;
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...env,
      PATH: [join(root, "node_modules", ".bin"), env["PATH"]].join(delimiter),
      PLAYWRIGHT_JSON_OUTPUT_NAME: step.report,
      TURBO_TELEMETRY_DISABLED: "1",
      NEXT_TELEMETRY_DISABLED: "1",
    },
    shell: process.platform === "win32",
  });
  const succeeded = await new Promise<boolean>((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once("close", (code) => {
      resolve(code === 0);
    });
  });
  const counts = countStep(succeeded, step.report === undefined ? undefined : readCounts(step.report));
  return { step, succeeded, seconds: (performance.now() - startedAt) / 1000, counts };
}
