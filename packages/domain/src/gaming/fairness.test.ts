import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fairDraw, hashServerSeed, isServerSeed, parseClientSeed } from "./fairness.ts";

const serverSeed = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const words = 2 ** 32;

/** The whole stream of 32-bit words by another road: all blocks in one piece of hex, cut into eights. */
function wordStream(input: { serverSeed: string; clientSeed: string; nonce: number }, blocks: number): number[] {
  let hex = "";
  for (let cursor = 0; cursor < blocks; cursor += 1) {
    const hmac = createHmac("sha256", Uint8Array.from(Buffer.from(input.serverSeed, "hex")));
    hex += hmac.update([input.clientSeed, input.nonce, cursor].join(":"), "utf8").digest("hex");
  }
  return (hex.match(/.{8}/g) ?? []).map((digits) => Number.parseInt(digits, 16));
}

describe("the server seed", () => {
  test("is hashed as its 32 bytes, as sha256sum does", () => {
    expect(hashServerSeed(serverSeed)).toBe("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
  });

  test("is exactly 64 lower-case hexadecimal digits", () => {
    expect(isServerSeed(serverSeed)).toBe(true);
    for (const bad of [
      "",
      serverSeed.slice(1),
      `${serverSeed}0`,
      serverSeed.toUpperCase(),
      `${serverSeed}\n`,
      "g".repeat(64),
    ]) {
      expect(isServerSeed(bad)).toBe(false);
      expect(() => hashServerSeed(bad)).toThrow();
    }
  });
});

describe("the client seed", () => {
  test("is taken as it was typed, from 1 to 64 printable ASCII characters", () => {
    for (const good of ["a", " ", "a:b:3", "~".repeat(64)])
      expect(parseClientSeed(good)).toEqual({ ok: true, value: good });
    for (const bad of ["", "a".repeat(65), "tab\t", "line\n", "é", "\u0000"]) {
      expect(parseClientSeed(bad)).toMatchObject({
        ok: false,
        error: { code: "REQUEST_INVALID" },
      });
    }
  });
});

describe("the draws", () => {
  test("are the big-endian words of HMAC-SHA256 with the seed's bytes as key, as openssl computes it", () => {
    const draw = fairDraw({ serverSeed, clientSeed: "lucky seven", nonce: 42 });
    const drawn = Array.from({ length: 16 }, () => draw.below(words).toString(16).padStart(8, "0")).join("");
    expect(drawn).toBe(
      "78adefc763d0bc15d383f688ead7c443f12a021b69de36c7d8959d5aa6b05db4" +
        "74eba743a91555571f120ac8bd363d322d36331d19baa01638897d76649151e3",
    );
  });

  test("throw words away exactly where a modulus would be biased", () => {
    const bounds = fc.oneof(
      fc.integer({ min: 1, max: 2 ** 32 }),
      fc.constantFrom(37, 10_000, 3 * 2 ** 30, 2 ** 31 + 1),
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9a-f]{64}$/),
        fc.nat(),
        fc.array(bounds, { minLength: 1, maxLength: 12 }),
        (seed, nonce, list) => {
          const input = { serverSeed: seed, clientSeed: "c", nonce };
          const draw = fairDraw(input);
          const stream = wordStream(input, 40);
          for (const bound of list) {
            // Kept are the words below the largest multiple of the bound that fits into 32 bits.
            const multiple = (2n ** 32n / BigInt(bound)) * BigInt(bound);
            let word = stream.shift();
            while (word !== undefined && BigInt(word) >= multiple) word = stream.shift();
            expect(draw.below(bound)).toBe(Number(BigInt(word ?? 0) % BigInt(bound)));
          }
        },
      ),
    );
  });

  test("are uniform where taking a modulus would give the lower half twice as often", () => {
    const bound = 3 * 2 ** 30;
    const count = 60_000;
    let low = 0;
    let lowBiased = 0;
    const draw = fairDraw({ serverSeed, clientSeed: "uniform", nonce: 0 });
    for (let index = 0; index < count; index += 1) {
      if (draw.below(bound) < 2 ** 30) low += 1;
      if (draw.below(words) % bound < 2 ** 30) lowBiased += 1;
    }
    // Five standard deviations of a binomial with a chance of one third.
    const tolerance = 5 * Math.sqrt(count * (1 / 3) * (2 / 3));
    expect(Math.abs(low - count / 3)).toBeLessThan(tolerance);
    expect(Math.abs(lowBiased - count / 3)).toBeGreaterThan(tolerance);
  });

  test("give each of 37 pockets its share", () => {
    const counts = Array.from({ length: 37 }, () => 0);
    const total = 37_000;
    for (let nonce = 0; nonce < total; nonce += 1) {
      const pocket = fairDraw({ serverSeed, clientSeed: "chi", nonce }).below(37);
      counts[pocket] = (counts[pocket] ?? 0) + 1;
    }
    const expected = total / 37;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 36 degrees of freedom: above 86 by chance once in about 200,000 seeds.
    expect(chiSquare).toBeLessThan(86);
    expect(chiSquare).toBeGreaterThan(10);
  });

  test("change with every one of the three inputs", () => {
    const base = { serverSeed, clientSeed: "a", nonce: 1 };
    const first = fairDraw(base).below(words);
    expect(fairDraw(base).below(words)).toBe(first);
    expect(fairDraw({ ...base, nonce: 2 }).below(words)).not.toBe(first);
    expect(fairDraw({ ...base, clientSeed: "b" }).below(words)).not.toBe(first);
    expect(fairDraw({ ...base, serverSeed: "1".repeat(64) }).below(words)).not.toBe(first);
  });

  test("refuse a bound or a nonce that is not a whole number in range", () => {
    const draw = fairDraw({ serverSeed, clientSeed: "a", nonce: 0 });
    for (const bound of [0, -1, 1.5, Number.NaN, words + 1]) expect(() => draw.below(bound)).toThrow();
    for (const nonce of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => fairDraw({ serverSeed, clientSeed: "a", nonce })).toThrow();
  });
});
