import { expect, test } from "vitest";
import { plainText } from "./plain-text.ts";

const text = plainText(1, 20);

test.each(["a", "Straight 17", "Rot/Schwarz – 17", "赤 17", "🎲 17", "ö\u0308"])("%j is plain text", (value) => {
  expect(text.safeParse(value).success).toBe(true);
});

test.each(["", "a\u0000b", "a\nb", "a\tb", "a\u001bb", "a\u007fb", "a\ud800b", "\udc00", "x".repeat(21)])(
  "%j is not",
  (value) => {
    expect(text.safeParse(value).success).toBe(false);
  },
);
