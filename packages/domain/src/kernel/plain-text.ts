import { z } from "zod";

/** Anything but control characters, which includes the null byte that PostgreSQL can't store, and halves of characters. */
const plain = /^[^\u0000-\u001f\u007f\ud800-\udfff]*$/u;

/** A line of text from outside that every database, log and page can hold; lengths are in UTF-16 code units. */
export function plainText(least: number, most: number) {
  return z.string().min(least).max(most).regex(plain, "no control characters or broken ones");
}
