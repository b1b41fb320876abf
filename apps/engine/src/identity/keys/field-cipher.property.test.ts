import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openField, sealField } from "./field-cipher.ts";

const key = { id: "k1", key: randomBytes(32) };

test("what was sealed opens in its place, and nothing of it shows", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), fc.string(), (text, place) => {
      const sealed = sealField(key, place, Buffer.from(text));
      expect(openField(key, place, sealed).toString()).toBe(Buffer.from(text).toString());
      expect(sealed.includes(Buffer.from(text))).toBe(false);
      expect(sealField(key, place, Buffer.from(text)).equals(sealed)).toBe(false);
    }),
  );
});

test("it opens in no other place, under no other key, and not with one bit changed", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(), (plain, at) => {
      const sealed = sealField(key, "player_details:email:1", plain);
      expect(() => openField(key, "player_details:email:2", sealed)).toThrow();
      expect(() => openField({ ...key, id: "k2" }, "player_details:email:1", sealed)).toThrow();
      expect(() => openField({ id: "k1", key: randomBytes(32) }, "player_details:email:1", sealed)).toThrow();
      const bent = Buffer.from(sealed);
      const index = at % bent.length;
      bent[index] = (bent[index] ?? 0) ^ 1;
      expect(() => openField(key, "player_details:email:1", bent)).toThrow();
    }),
  );
});
