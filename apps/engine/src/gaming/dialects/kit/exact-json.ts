/**
 * JSON whose numbers are kept as they were written. An amount that went through a float is an amount that may have
 * changed, so numbers stay text until a dialect reads them.
 */
import { z } from "zod";

export class WireNumber {
  /** A JSON number, as it stands on the wire. */
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;
// A way to write a number's digits as they are; the language has it, its type library not yet.
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** Where a number may stand; in text that has none of these there is nothing to keep. */
const maybeNumber = /(?:^|[:[,])\s*-?[0-9]/;

/** Throws a SyntaxError where the text is no JSON. Looking at every value takes five times what reading takes. */
export function parseExact(text: string): unknown {
  if (!maybeNumber.test(text)) return JSON.parse(text);
  return parseWithSource(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined ? new WireNumber(source) : value,
  );
}

export function writeExact(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => (one instanceof WireNumber ? rawJSON(one.text) : one));
}

export const wireNumber = z.instanceof(WireNumber);

/** A whole number that is not below zero; anything else of a number is not one of these. */
export const wireInteger = wireNumber.refine(
  ({ text }) => /^(0|[1-9][0-9]{0,18})$/.test(text),
  "is not a whole number",
);
