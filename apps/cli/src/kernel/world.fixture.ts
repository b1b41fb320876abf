/** A world without a terminal: what is written is kept, and questions get the answers that the test has in store. */
import { createPaint } from "./paint.ts";
import { createPrinter } from "./printer.ts";
import { createTalk } from "./talk.ts";
import type { World } from "./world.ts";

export interface TestWorld extends World {
  stdout(): string;
  stderr(): string;
  /** Questions that were asked. */
  readonly asked: readonly string[];
  interrupt(): void;
  resume(): string | undefined;
}

export interface Given {
  readonly configDir?: string;
  readonly json?: boolean;
  readonly context?: string;
  /** What is typed at each question; with this there is a terminal. */
  readonly answers?: readonly (string | undefined)[];
  readonly input?: string;
}

export function createTestWorld(given: Given = {}): TestWorld {
  const written = { out: "", err: "" };
  const asked: string[] = [];
  const answers = [...(given.answers ?? [])];
  const paint = createPaint({}, false);
  const interruption = new AbortController();
  let resume: string | undefined;
  const json = given.json === true;
  return {
    config: {
      configDir: given.configDir ?? "",
      contextName: undefined,
      dataDir: undefined,
      noColor: true,
      production: false,
    },
    options: { context: given.context, json, quiet: false, color: false },
    out: createPrinter((text) => (written.out += text), json, paint),
    talk: createTalk({ write: (text: string) => (written.err += text) }, { quiet: false, paint, now: () => 0 }),
    asker: {
      possible: given.answers !== undefined,
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(answers.shift());
      },
    },
    readInput: () => Promise.resolve(given.input ?? ""),
    signal: interruption.signal,
    resumeWith: (how) => {
      resume = how;
    },
    endsWithInterruption: () => undefined,
    now: () => 0,
    stdout: () => written.out,
    stderr: () => written.err,
    asked,
    interrupt: () => interruption.abort(),
    resume: () => resume,
  };
}

/** The code and exit code of what a command ended early with. */
export async function stopOf(work: Promise<unknown>): Promise<{ code: string; exit: number }> {
  try {
    await work;
  } catch (error) {
    const { failure } = error as { failure: { code: string; exit: number } };
    return { code: failure.code, exit: failure.exit };
  }
  throw new Error("it was expected to stop");
}
