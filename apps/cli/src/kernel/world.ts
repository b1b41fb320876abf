/** What every command is handed: where to write, whom to ask, which options hold everywhere. */
import type { CliConfig } from "../config.ts";
import type { Asker } from "./ask.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Printer } from "./printer.ts";
import type { Talk } from "./talk.ts";

export interface GlobalOptions {
  readonly context: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

export interface World {
  readonly config: CliConfig;
  readonly options: GlobalOptions;
  readonly out: Printer;
  readonly talk: Talk;
  readonly asker: Asker;
  /** All of stdin, for lists that are piped in. */
  readInput(): Promise<string>;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Says how to go on after an interruption; the newest one is printed. */
  resumeWith(how: string): void;
  /** Says that this command goes on until it is interrupted: that is its end then, and its own exit code counts. */
  endsWithInterruption(): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** What a command does. Without a code of its own it ended well. */
export type Action<A extends unknown[]> = (world: World, ...given: A) => Promise<ExitCode | undefined>;
