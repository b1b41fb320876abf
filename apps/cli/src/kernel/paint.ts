/** Colours, and when there are any: on a terminal, unless NO_COLOR, TERM=dumb or --no-color says otherwise. */
import pc from "picocolors";

export type Paint = Pick<
  ReturnType<typeof pc.createColors>,
  "isColorSupported" | "bold" | "dim" | "red" | "green" | "yellow" | "cyan"
>;

export function createPaint(stream: { readonly isTTY?: boolean }, wanted: boolean): Paint {
  return pc.createColors(wanted && stream.isTTY === true);
}

/** Good is green, bad is red, what waits is yellow; the word itself always stands there too. */
export function paintStatus(paint: Paint, status: string): (text: string) => string {
  if (/^(ok|done|active|applied|approved|settled|ready|live)$/i.test(status)) return paint.green;
  if (/^(fail|failed|rejected|suspended|blocked|locked|closed|broken|changed|drift)$/i.test(status)) return paint.red;
  if (/^(warn|proposed|invited|held|expired|behind|voided|withdrawn)$/i.test(status)) return paint.yellow;
  return (text) => text;
}
