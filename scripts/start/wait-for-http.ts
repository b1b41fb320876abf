import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "./child.ts";

const patienceMs = 120_000;

/** Waits until the program answers at the address; throws with its last words when it ends before that. */
export async function waitForHttp(url: string, child: Child, signal: AbortSignal): Promise<void> {
  let end: string | undefined;
  void child.ended.then(({ report }) => {
    end = report;
  });
  const giveUpAt = performance.now() + patienceMs;
  while (!(await answers(url))) {
    signal.throwIfAborted();
    if (end !== undefined) throw new Error(end);
    if (performance.now() > giveUpAt) throw new Error(`${child.name} did not answer at ${url} within two minutes`);
    await sleep(50);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
