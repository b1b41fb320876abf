/** How every list goes: a page with the cursor of the next one, or with `--all` every row as it comes. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { type Column, table, tableRow } from "./printer.ts";
import { stop } from "./stop.ts";
import type { World } from "./world.ts";

export interface PageOptions {
  readonly limit: number;
  readonly cursor?: string;
  readonly all?: boolean;
}

interface Page<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

/** The engine gives out no larger page. */
const largestPage = 200;

export function addPageOptions(command: Command): Command {
  return command
    .addOption(new Option("--limit <count>", "rows of the page").default(50).argParser(readLimit))
    .option("--cursor <cursor>", "go on after an earlier page")
    .option("--all", "every row to the end; with --json one line each");
}

export async function runList<T>(
  world: World,
  options: PageOptions,
  columns: readonly Column<T>[],
  read: (page: { readonly limit: number; readonly cursor: string | null }) => Promise<Page<T>>,
): Promise<ExitCode> {
  const { out, talk, signal } = world;
  if (options.all !== true) {
    const { rows, next } = await read({ limit: options.limit, cursor: options.cursor ?? null });
    out.show({ rows, next }, (value, paint) =>
      value.rows.length === 0 ? ["Nothing found."] : table(columns, value.rows, paint),
    );
    if (next !== null) talk.say(`There is more: --cursor ${next}, or --all`);
    return exitCodes.ok;
  }
  let cursor = options.cursor ?? null;
  let title = true;
  do {
    const { rows, next } = await read({ limit: largestPage, cursor });
    for (const row of rows) {
      out.row(row, (value, paint) => [...(title ? table(columns, [], paint) : []), tableRow(columns, value, paint)]);
      title = false;
    }
    cursor = next;
    if (cursor !== null) world.resumeWith(`Go on with --all --cursor ${cursor}`);
    if (signal.aborted && cursor !== null) stop("INTERRUPTED");
  } while (cursor !== null);
  return exitCodes.ok;
}

function readLimit(text: string): number {
  const limit = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > largestPage)
    throw new InvalidArgumentError(`It is a whole number from 1 to ${largestPage}.`);
  return limit;
}
