/**
 * JSON as a value, and the one spelling of it that is hashed and signed.
 */
import { assert } from "./result.ts";

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * The canonical text of a JSON value (RFC 8785, JSON Canonicalization Scheme): no white space, the keys of every object
 * in the order of their UTF-16 code units, numbers and strings as ECMAScript's `JSON.stringify` writes them. Two equal
 * values have one text, so that the text can be hashed. A number that JSON can't hold is a bug of the caller.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "number") assert(Number.isFinite(value), "a number in canonical JSON is finite");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${canonicalJson(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${fields.join(",")}}`;
}

// `Array.isArray` does not narrow a readonly array by itself.
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
