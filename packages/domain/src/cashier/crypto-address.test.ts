/** Addresses are those that the texts themselves give as examples: BIP 173, BIP 350, EIP-55, and the first block's. */
import { expect, test } from "vitest";
import { isAddressOf, normaliseAddress } from "./crypto-address.ts";
import { cryptoAssetNames, formatChainAmount, parseChainAmount } from "./crypto-asset.ts";

const bitcoin = [
  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
  "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
  "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
  "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
];
const ethereum = [
  "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
  "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
  "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
];

test.each(bitcoin)("%s is an address of Bitcoin, and of nothing else", (address) => {
  expect(cryptoAssetNames.filter((asset) => isAddressOf(asset, address))).toEqual(["BTC"]);
});

test.each(ethereum)("%s is an address of Ethereum and its tokens", (address) => {
  expect(cryptoAssetNames.filter((asset) => isAddressOf(asset, address))).toEqual(["ETH", "USDT"]);
});

test.each([
  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
  "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLz",
  // The other checksum than the version asks for (BIP 350's own invalid ones), mixed case, and a program of no length.
  "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
  "bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
  "bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
  "bc1gmk9yu",
  "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
  "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed",
  "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
  "",
])("%s is no address", (address) => {
  expect(cryptoAssetNames.filter((asset) => isAddressOf(asset, address))).toEqual([]);
});

test("every single mistyped letter is found out", () => {
  for (const [asset, address] of [
    ["BTC", bitcoin[0]],
    ["BTC", bitcoin[3]],
  ] as const) {
    for (let at = 1; at < (address ?? "").length; at += 1) {
      const other = address?.[at] === "2" ? "3" : "2";
      const typed = `${address?.slice(0, at)}${other}${address?.slice(at + 1)}`;
      expect({ typed, taken: isAddressOf(asset, typed) }).toEqual({ typed, taken: false });
    }
  }
});

test("one address has one spelling", () => {
  expect(normaliseAddress("ETH", ethereum[0] ?? "")).toBe(ethereum[2]);
  expect(normaliseAddress("BTC", bitcoin[2] ?? "")).toBe("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
  expect(normaliseAddress("BTC", bitcoin[0] ?? "")).toBe(bitcoin[0]);
});

test("amounts of a chain are cut to what the ledger holds, and never rounded up", () => {
  expect(parseChainAmount("0.012345678", "ETH")).toEqual({ ok: true, value: { minor: 12_345_678n, dust: false } });
  expect(parseChainAmount("1.000000000999999999", "ETH")).toEqual({
    ok: true,
    value: { minor: 1_000_000_000n, dust: true },
  });
  expect(parseChainAmount("25", "USDT")).toEqual({ ok: true, value: { minor: 25_000_000n, dust: false } });
  for (const wrong of ["1e-7", "-1", "", "0.1234567", ".5", "1,5"]) {
    expect(parseChainAmount(wrong, "USDT").ok).toBe(false);
  }
  expect(formatChainAmount(25_000_000n, "USDT")).toBe("25");
  expect(formatChainAmount(150_000n, "BTC")).toBe("0.0015");
});
