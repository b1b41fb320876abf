/**
 * Calls that have to be made whatever happens, because bets are held until they are: settlements and voids. Each keeps its
 * request id until it was answered, and those that could not be made are left to the next run in a file.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import { type ApiAnswer, type ApiClient, problemCode } from "@pitboss/wires/traffic/api-client";
import type { Tally } from "./tally.ts";

const owedCall = z.object({ path: z.string(), body: z.record(z.string(), z.unknown()) });
export type OwedCall = z.infer<typeof owedCall>;

export interface OwedCalls {
  /** Makes the call after a while, and hands on what was answered. */
  owe(call: OwedCall, delayMs: number, then?: (answer: ApiAnswer) => void): void;
  /** Tries once more what is owed, without any more waiting, and keeps the rest in the file. */
  settleUp(): Promise<void>;
}

export interface OwedCallsContext {
  readonly api: ApiClient;
  readonly tally: Tally;
  readonly operatorKey: string;
  readonly file: string;
}

const lastTryMs = 2_000;

export async function openOwedCalls({ api, tally, operatorKey, file }: OwedCallsContext): Promise<OwedCalls> {
  const owed = new Map<OwedCall, NodeJS.Timeout | undefined>();

  async function make(call: OwedCall, then?: (answer: ApiAnswer) => void): Promise<void> {
    owed.set(call, undefined);
    const answer = await api.send({ method: "POST", token: operatorKey, ...call });
    if (answer === undefined) return;
    owed.delete(call);
    tally.count(problemCode(answer) ?? call.path);
    then?.(answer);
  }

  function owe(call: OwedCall, delayMs: number, then?: (answer: ApiAnswer) => void): void {
    owed.set(
      call,
      setTimeout(() => void make(call, then), delayMs),
    );
  }

  for (const call of await readFileOf(file)) owe(call, 0);
  await rm(file, { force: true });
  return {
    owe,
    async settleUp() {
      for (const timer of owed.values()) clearTimeout(timer);
      const calls = [...owed.keys()];
      const made = await Promise.all(
        calls.map((call) => api.sendOnce({ method: "POST", token: operatorKey, ...call }, lastTryMs)),
      );
      const left = calls.filter((_, index) => made[index] === undefined);
      if (left.length > 0) await writeFile(file, JSON.stringify(left));
    },
  };
}

async function readFileOf(file: string): Promise<OwedCall[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return [];
  }
  // A file that was cut off by a crash is worth nothing; its bets are stale rounds, which have a job of their own.
  try {
    return z.array(owedCall).parse(JSON.parse(text));
  } catch {
    return [];
  }
}
