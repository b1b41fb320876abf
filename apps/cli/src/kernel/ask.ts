/** Questions to whoever sits at the terminal. They go to stderr, so that stdout stays data. */
import { createInterface } from "node:readline/promises";
import { stop } from "./stop.ts";

export interface Asker {
  /** Whether somebody can be asked at all. */
  readonly possible: boolean;
  /** What was typed; undefined at the end of input. */
  ask(question: string): Promise<string | undefined>;
}

export function createAsker(input: NodeJS.ReadStream, output: NodeJS.WriteStream, signal: AbortSignal): Asker {
  return {
    possible: input.isTTY && output.isTTY,
    async ask(question) {
      const reader = createInterface({ input, output });
      const ended = new Promise<undefined>((resolve) => reader.once("close", () => resolve(undefined)));
      try {
        return await Promise.race([reader.question(question, { signal }), ended]);
      } catch (error) {
        if (signal.aborted) stop("INTERRUPTED");
        throw error;
      } finally {
        reader.close();
      }
    },
  };
}

/** The default answer is No, and anything but a plain yes is No. */
export async function askYes(asker: Asker, question: string): Promise<boolean> {
  const answer = await asker.ask(`${question} [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}
