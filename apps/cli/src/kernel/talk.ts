/** The one way to stderr: what is said to a person while a command works. */
import type { Paint } from "./paint.ts";
import { plain } from "./text.ts";

export interface Talk {
  readonly paint: Paint;
  /** Left out with --quiet. */
  say(text: string): void;
  /** Said in any case. */
  warn(text: string): void;
  /** Lines that are already painted, in any case. */
  lines(lines: readonly string[]): void;
  /** Shows how far long work is; `end` clears it away. */
  progress(what: string, total: number | undefined): Progress;
}

export interface Progress {
  at(done: number, note?: string): void;
  end(): void;
}

/** Without a terminal a line now and then goes to the log, rather than one that is written over. */
const lineEveryMs = 10_000;
const redrawEveryMs = 80;

export function createTalk(
  stream: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number },
  options: { readonly quiet: boolean; readonly paint: Paint; readonly now: () => number },
): Talk {
  const { quiet, paint, now } = options;
  const terminal = stream.isTTY === true;
  let drawn = false;
  const clear = (): void => {
    if (drawn) stream.write("\r\u001b[2K");
    drawn = false;
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  return {
    paint,
    say: (text) => {
      if (!quiet) line(plain(text));
    },
    warn: (text) => line(`${paint.yellow("!")} ${plain(text)}`),
    lines: (lines) => {
      for (const text of lines) line(text);
    },
    progress(what, total) {
      let last = terminal ? 0 : now();
      return {
        at(done, note) {
          if (quiet || now() - last < (terminal ? redrawEveryMs : lineEveryMs)) return;
          last = now();
          const of = total === undefined ? String(done) : `${done} of ${total}`;
          const text = plain(`${what}: ${of}${note === undefined ? "" : `, ${note}`}`);
          if (!terminal) {
            line(text);
            return;
          }
          clear();
          stream.write(paint.dim(text.slice(0, (stream.columns ?? 80) - 1)));
          drawn = true;
        },
        end: clear,
      };
    },
  };
}
