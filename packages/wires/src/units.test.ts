import { createVerify, generateKeyPairSync } from "node:crypto";
import { type Currency, exponentOf } from "@pitboss/domain/wallet/currency";
import { describe, expect, test } from "vitest";
import { wireDialects } from "./speak.ts";
import { speakers } from "./speakers.ts";
import { minorOfDecimal, minorOfUnits, unitsOf } from "./units.ts";
import { wireOf } from "./wire-of.ts";

describe("amounts on a wire of five decimals", () => {
  test.each([
    ["EUR", 1_234n, 1_234_000n],
    ["JPY", 1_234n, 123_400_000n],
    ["KWD", 1_234n, 123_400n],
    ["BTC", 5_000n, 5n],
  ] as const)("in %s are whole 100,000ths", (currency, minor, units) => {
    expect(unitsOf(minor, 5, currency)).toBe(units);
    expect(minorOfUnits(units, 5, currency)).toBe(minor);
  });

  test("can't be finer than the wire", () => {
    expect(() => unitsOf(5_001n, 5, "BTC")).toThrow("no more decimals");
  });
});

test("a decimal is read with the currency's own decimals, below zero too", () => {
  expect(minorOfDecimal("12.3", "EUR")).toBe(1_230n);
  expect(minorOfDecimal("-0.050", "KWD")).toBe(-50n);
  expect(minorOfDecimal("12", "JPY")).toBe(12n);
  expect(minorOfDecimal("12.5", "JPY")).toBeNull();
  expect(minorOfDecimal("", "EUR")).toBeNull();
});

const amounts = {
  hub88: { path: "transaction/bet", EUR: '"amount":1250000', JPY: '"amount":125000000', KWD: '"amount":125000' },
  softswiss: { path: "play", EUR: '"amount":1250', JPY: '"amount":1250', KWD: '"amount":1250' },
  evolution: { path: "debit", EUR: '"amount":12.50', JPY: '"amount":1250', KWD: '"amount":1.250' },
  "signed-json": { path: "bet", EUR: '"amount":"12.50"', JPY: '"amount":"1250"', KWD: '"amount":"1.250"' },
} as const;

describe.each(wireDialects)("%s", (dialect) => {
  test.each(["EUR", "JPY", "KWD"] as const)("says 1250 minor units of %s as its providers do", (currency) => {
    const scene = { game: "g", currency, named: (id: string) => id };
    const said = speakers[dialect].say(
      { do: "bet", id: "b1", round: "r1", amount: 1_250n },
      { playerId: "p_1", session: "s" },
      scene,
    );
    expect(said.path).toBe(amounts[dialect].path);
    expect(said.body).toContain(amounts[dialect][currency]);
  });

  test.each(["EUR", "JPY", "KWD"] as const)("hears a balance of 1250 minor units of %s", (currency: Currency) => {
    const decimals = exponentOf(currency);
    const balance = {
      hub88: 1_250 * 10 ** (5 - decimals),
      softswiss: 1_250,
      evolution: Number((1_250 / 10 ** decimals).toFixed(decimals)),
      "signed-json": (1_250 / 10 ** decimals).toFixed(decimals),
    }[dialect];
    expect(speakers[dialect].hear(200, { status: "OK", balance }, currency).balance).toBe(1_250n);
  });
});

test("a call goes out with its query, its signature and the bytes that were signed", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const secret = String(privateKey.export({ type: "pkcs8", format: "pem" }));
  const play = { playerId: "p_1", session: "s", currency: "EUR", game: "g" } as const;
  const bet = { do: "bet", id: "b1", round: "r1", amount: 100n } as const;
  const { body, headers } = wireOf({ dialect: "hub88", secret }, play, bet);
  const signature = headers["x-hub88-signature"] ?? "";
  expect(createVerify("sha256").update(body).verify(publicKey, signature, "base64")).toBe(true);
  expect(wireOf({ dialect: "evolution", secret: "a b" }, play, bet).path).toBe("debit?authToken=a%20b");
  expect(() => wireOf({ dialect: "latin", secret }, play, bet)).toThrow("known here");
});
