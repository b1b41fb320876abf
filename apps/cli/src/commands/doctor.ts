import type { Command } from "commander";
import { type Finding, judgeHealth } from "../doctor/judge-health.ts";
import { exitCodes } from "../kernel/exit-codes.ts";
import { paintStatus } from "../kernel/paint.ts";
import { Stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import { chosenContext } from "../session/contexts.ts";
import { connect } from "../session/engine.ts";
import { reach } from "../session/reach.ts";
import { version } from "../version.ts";

export function doctorCommand(program: Command, run: Run): void {
  program
    .command("doctor")
    .description(
      "Look whether the engine can be reached and all that follows it keeps up. Ends with 1 where something is broken.",
    )
    .action(
      run(async (world) => {
        const { name, url } = chosenContext(world);
        const findings: Finding[] = [];
        const skewMs = await lookFromOutside(world, url, findings);
        if (findings.every(({ state }) => state !== "fail")) await lookFromInside(world, skewMs, findings);
        const worst = findings.some(({ state }) => state === "fail")
          ? "fail"
          : findings.some(({ state }) => state === "warn")
            ? "warn"
            : "ok";
        world.out.show({ context: name, url, state: worst, findings }, (value, paint) =>
          value.findings.flatMap(({ check, state, found, advice }) => [
            `${paintStatus(paint, state)(state.padEnd(4))}  ${plain(check)}: ${plain(found)}`,
            ...(advice === undefined ? [] : [`      ${plain(advice)}`]),
          ]),
        );
        return worst === "fail" ? exitCodes.failed : exitCodes.ok;
      }),
    );
}

/** What anybody can see. The answer is how far this machine's clock is from the engine's, to about a second. */
async function lookFromOutside(world: World, url: string, findings: Finding[]): Promise<number> {
  const began = world.now();
  const answer = await settled(reach(`${url}/healthz`, {}, world.signal));
  if (answer instanceof Stop) {
    const { sentence, detail } = answer.failure;
    findings.push({
      check: "engine",
      state: "fail",
      found: `${sentence} ${detail ?? ""}`.trim(),
      advice: "Is it running, and is this its address? pitboss context list",
    });
    return 0;
  }
  const took = world.now() - began;
  const lives = answer.status === 200;
  findings.push({
    check: "engine",
    state: lives ? "ok" : "fail",
    found: lives ? `answers in ${took} ms` : `answers with ${answer.status}`,
  });
  const ready = await settled(reach(`${url}/readyz`, {}, world.signal));
  const isReady = !(ready instanceof Stop) && ready.status === 200;
  findings.push({
    check: "ready for bets",
    state: isReady ? "ok" : "fail",
    found: isReady ? "yes" : "no",
    ...(isReady
      ? {}
      : { advice: "It has lost its database, or starts or stops just now: look into the engine's log." }),
  });
  const date = answer.headers.get("date");
  // The header has whole seconds: the middle of that second is the best guess.
  return date === null ? 0 : began + took / 2 - (Date.parse(date) + 500);
}

/** What a signed-in person sees. Without a sign-in that is said, and what was found stands. */
async function lookFromInside(world: World, skewMs: number, findings: Finding[]): Promise<void> {
  const began = world.now();
  const health = await settled(Promise.resolve().then(() => connect(world).call((api) => api.system.health.query())));
  if (health instanceof Stop) {
    const { code, sentence, hint } = health.failure;
    findings.push({
      check: "inside",
      state: code === "NOT_SIGNED_IN" ? "warn" : "fail",
      found: code === "NOT_SIGNED_IN" ? "not looked at: you are not signed in" : sentence,
      ...(hint === undefined ? {} : { advice: hint }),
    });
    return;
  }
  // The engine's own words for its time are finer than the header, unless the way there took long.
  const took = world.now() - began;
  const fine = began + took / 2 - Date.parse(health.time);
  findings.push(...judgeHealth(health, version, took < 1_000 ? fine : skewMs));
}

async function settled<T>(work: Promise<T>): Promise<T | Stop> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Stop && error.failure.exit !== exitCodes.interrupted) return error;
    throw error;
  }
}
