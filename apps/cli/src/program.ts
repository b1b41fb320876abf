/** The tree of commands. What holds everywhere is said here once: global options, usage failures, the shape of help. */
import { Command, type CommanderError, Option } from "commander";
import { commandGroups } from "./commands/registry.ts";
import type { ExitCode } from "./kernel/exit-codes.ts";
import type { Action, GlobalOptions } from "./kernel/world.ts";
import { version } from "./version.ts";

/** Wraps a command's work for commander, which hands it the arguments, the options and the command itself. */
export type Run = <A extends unknown[]>(action: Action<A>) => (...given: [...A, Command]) => Promise<void>;

export interface ProgramParts {
  /** The words after the program's name. */
  readonly words: readonly string[];
  readonly run: Run;
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
}

export async function buildProgram({ words, run, writeOut, writeErr }: ProgramParts): Promise<Command> {
  const program = emptyProgram(writeOut, writeErr);
  const wanted = firstWords(words);
  for (const [name, group] of Object.entries(commandGroups)) {
    if (wanted.includes(name)) (await group.load())(program, run, buildWholeProgram);
    else program.command(name).description(group.summary);
  }
  return program;
}

/** With every command loaded: what completion and the reference are made from. */
export async function buildWholeProgram(): Promise<Command> {
  const program = emptyProgram(
    () => undefined,
    () => undefined,
  );
  for (const { load } of Object.values(commandGroups)) {
    (await load())(program, () => async () => undefined, buildWholeProgram);
  }
  return program;
}

export function readGlobalOptions(program: Command): GlobalOptions {
  const { context, json, quiet, color } = program.opts<{
    context?: string;
    json?: boolean;
    quiet?: boolean;
    color: boolean;
  }>();
  return { context, json: json === true, quiet: quiet === true, color };
}

/** The exit code of a failure that commander itself reports: asked-for help is fine, everything else is usage. */
export function exitOfCommander({ exitCode }: CommanderError): ExitCode {
  return exitCode === 0 ? 0 : 2;
}

function emptyProgram(writeOut: (text: string) => void, writeErr: (text: string) => void): Command {
  const program = new Command("pitboss")
    .description("The back office of the house, from a terminal. Whatever it does, the engine decides and records.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addOption(new Option("-c, --context <name>", "the engine to work with; see `pitboss context`"))
    .option("--json", "print data as JSON; streams as one line of JSON each")
    .option("-q, --quiet", "leave out what is said along the way")
    .option("--no-color", "no colours, wherever it prints to")
    .showHelpAfterError("Add --help to see what can be given.")
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .configureOutput({ writeOut, writeErr })
    .exitOverride()
    .addHelpText(
      "after",
      `
Exit codes: 0 done · 1 failed · 2 usage · 3 refused · 4 not signed in or not allowed · 5 partly done · 6 drift found · 130 interrupted`,
    );
  return program;
}

/** Words that may name a command: not options, and not the value of the one global option that takes one. */
function firstWords(words: readonly string[]): string[] {
  const named: string[] = [];
  let skip = false;
  for (const word of words) {
    if (skip) skip = false;
    else if (word === "-c" || word === "--context") skip = true;
    else if (!word.startsWith("-")) named.push(word);
    if (named.length > 0 && named[0] !== "help") break;
    if (named.length > 1) break;
  }
  return named;
}
