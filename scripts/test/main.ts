/** `npm test`, once everything is installed: runs all steps up to the first that fails, and says how it went. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasConsole, markConsoleBuilt } from "../start/build-console.ts";
import { addCounts, noCounts } from "./counts.ts";
import { runStep, type StepResult } from "./run-step.ts";
import { listSteps, type Step } from "./steps.ts";
import { findMissingTools, installTools } from "./tools.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const isCi = process.env["CI"] === "true";

process.exitCode = await main(process.argv.slice(2));

async function main(wanted: readonly string[]): Promise<number> {
  const reports = join(root, ".pitboss", "test-reports");
  mkdirSync(reports, { recursive: true });
  const all = listSteps(root, reports);
  const unknown = wanted.filter((name) => !all.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`✗ There is no step ${unknown.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  const steps = wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));

  const missing = provideTools(steps);
  const results: StepResult[] = [];
  const left: Step[] = [];
  for (const step of steps) {
    const cannotRun = missing.includes(step.needs ?? "");
    if (cannotRun || results.some(({ succeeded }) => !succeeded)) {
      left.push(step);
      continue;
    }
    console.log(`\n━━ ${step.name}: ${step.what}`);
    const result = await runStep(step, root, process.env);
    // The end-to-end tests start the casino as a user does, which builds the console unless it was built.
    if (step.name === "build" && result.succeeded && hasConsole(root)) markConsoleBuilt(root);
    results.push(result);
  }
  return summarize(results, left, missing);
}

/** Sees to it that the system's programs are there, where it may; returns the names of those that are not. */
function provideTools(steps: readonly Step[]): readonly string[] {
  const wantsTools = steps.some(({ name }) => name === "integration" || name === "e2e");
  const path = process.env["PATH"] ?? "";
  const before = wantsTools ? findMissingTools(path) : [];
  if (before.length === 0) return [];
  console.log(`━━ tools: ${before.map(({ program }) => program).join(", ")} not found`);
  console.log(`  ${installTools(before, { isRoot: process.getuid?.() === 0, isCi }, process.env)}`);
  return findMissingTools(path).map(({ program, without }) => {
    console.log(`  ${isCi ? "✗" : "!"} without ${program}, this is not tested: ${without}`);
    return program;
  });
}

function summarize(results: readonly StepResult[], left: readonly Step[], missing: readonly string[]): number {
  console.log("\n━━ summary");
  for (const { step, succeeded, seconds, counts } of results) {
    const tests = step.report === undefined ? "" : `  ${counts.passed} passed, ${counts.failed} failed`;
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
    console.log(
      `  ${succeeded ? "✓" : "✗"} ${step.name.padEnd(13)} ${seconds.toFixed(1).padStart(7)} s${tests}${skipped}`,
    );
    for (const name of counts.skippedNames) console.log(`      skipped: ${name}`);
  }
  for (const { name, needs } of left) {
    console.log(`  - ${name.padEnd(13)} not run${missing.includes(needs ?? "") ? `: ${needs} is missing` : ""}`);
  }
  let total = results.map(({ counts }) => counts).reduce(addCounts, noCounts);
  if (isCi && missing.length > 0) {
    console.log(`  ✗ tools         CI must test everything, and ${missing.join(", ")} could not be had`);
    total = addCounts(total, { ...noCounts, failed: 1 });
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}
