/** The edge of the process: arguments in, an exit code out, nothing thrown past this file. */
import { type Command, CommanderError } from "commander";
import { readConfig } from "./config.ts";
import { createAsker } from "./kernel/ask.ts";
import { type ExitCode, exitCodes } from "./kernel/exit-codes.ts";
import { createPaint } from "./kernel/paint.ts";
import { createPrinter } from "./kernel/printer.ts";
import { type CliFailure, Stop } from "./kernel/stop.ts";
import { createTalk, type Talk } from "./kernel/talk.ts";
import { plain, safeJson } from "./kernel/text.ts";
import type { Action, GlobalOptions, World } from "./kernel/world.ts";
import { buildProgram, exitOfCommander, readGlobalOptions, type Run } from "./program.ts";

const interruption = new AbortController();
let resumeHint: string | undefined;
let interruptionIsTheEnd = false;

// `pitboss … | head` ends the pipe: nobody reads on, so there is nothing to say.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // The first lets what is under way come to an end that can be told; the second does not wait for it.
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
  });
}

process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<ExitCode> {
  let outcome: ExitCode = exitCodes.ok;
  // Options are known once the words are read; what goes wrong before goes by the words themselves.
  let options: GlobalOptions = {
    context: undefined,
    json: words.includes("--json"),
    quiet: false,
    color: !words.includes("--no-color"),
  };
  try {
    const act: Run =
      <A extends unknown[]>(action: Action<A>) =>
      async (...given: [...A, Command]) => {
        options = readGlobalOptions(rootOf(given.at(-1) as Command));
        const done = await action(createWorld(options), ...(given.slice(0, -1) as A));
        if (done !== undefined) outcome = done;
      };
    const program = await buildProgram({
      words,
      run: act,
      writeOut: (text) => void process.stdout.write(text),
      writeErr: (text) => void process.stderr.write(text),
    });
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return exitOfCommander(error);
    return report(error, options);
  }
  if (interruption.signal.aborted && !interruptionIsTheEnd) return report(interrupted(), options);
  return outcome;
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}

function createWorld(options: GlobalOptions): World {
  const config = readConfig();
  const { signal } = interruption;
  return {
    config,
    options,
    out: createPrinter(
      (text) => void process.stdout.write(text),
      options.json,
      createPaint(process.stdout, options.color && !config.noColor),
    ),
    talk: talkOf(options),
    asker: createAsker(process.stdin, process.stderr, signal),
    readInput: async () => {
      let text = "";
      for await (const chunk of process.stdin) text += String(chunk);
      return text;
    },
    signal,
    resumeWith: (how) => {
      resumeHint = how;
    },
    endsWithInterruption: () => {
      interruptionIsTheEnd = true;
    },
    now: () => Date.now(),
  };
}

function talkOf(options: GlobalOptions): Talk {
  const paint = createPaint(process.stderr, options.color && !readConfig().noColor);
  return createTalk(process.stderr, { quiet: options.quiet, paint, now: () => Date.now() });
}

function interrupted(): Stop {
  return new Stop({ exit: exitCodes.interrupted, code: "INTERRUPTED", sentence: "Interrupted." });
}

/** Says what went wrong: to a person in sentences, to a program as one line of JSON. stdout stays untouched. */
function report(error: unknown, options: GlobalOptions): ExitCode {
  const stopped = interruption.signal.aborted && !isOwnFailure(error) ? interrupted() : error;
  if (!(stopped instanceof Stop)) {
    process.stderr.write(`${stopped instanceof Error ? (stopped.stack ?? stopped.message) : String(stopped)}\n`);
    return exitCodes.failed;
  }
  const failure =
    stopped.failure.exit === exitCodes.interrupted && resumeHint !== undefined
      ? { ...stopped.failure, hint: resumeHint }
      : stopped.failure;
  if (options.json) {
    const { exit, code, sentence, detail, hint, retry, traceId, data } = failure;
    process.stderr.write(`${safeJson({ error: { exit, code, sentence, detail, hint, retry, traceId, data } })}\n`);
  } else {
    for (const line of describe(failure, options)) process.stderr.write(`${line}\n`);
  }
  return failure.exit;
}

/** An interruption makes requests fail in ways of their own; what the engine answered before still counts. */
function isOwnFailure(error: unknown): boolean {
  return error instanceof Stop;
}

function describe({ code, sentence, detail, hint, traceId }: CliFailure, options: GlobalOptions): string[] {
  const { paint } = talkOf(options);
  const first = detail === undefined ? plain(sentence) : `${plain(sentence)} ${plain(detail)}`;
  return [
    `${paint.red("✗")} ${first}  ${paint.dim(`[${code}]`)}`,
    ...(hint === undefined ? [] : [`  ${plain(hint)}`]),
    ...(traceId === undefined ? [] : [paint.dim(`  trace ${plain(traceId)}`)]),
  ];
}
