/**
 * Seals and receipts: the domain's own checks and the stand-alone verifier of docs/verify take the same receipts, and
 * refuse the same tampered ones at the same step.
 */
import { execFile } from "node:child_process";
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify as verifySignature,
} from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { canonicalJson, type JsonValue } from "../kernel/json.ts";
import { leafHash } from "./merkle.ts";
import {
  checkSealChain,
  leafBytes,
  makeSeal,
  type Seal,
  sealHash,
  type SealedTransaction,
  signingBytes,
} from "./seal.ts";
import { buildReceipt, type Receipt, type ReceiptStep, verifyReceipt } from "./seal-receipt.ts";

const script = fileURLToPath(new URL("../../../../docs/verify/verify-receipt.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "verify-receipt-"));
afterAll(() => rmSync(folder, { recursive: true }));

const house = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");
const keys = new Map([["2026-a", house.publicKey]]);

const keyFile = save("public-key.pem", house.publicKey.export({ type: "spki", format: "pem" }).toString());
const jwks = (key: KeyObject, kid: string) => JSON.stringify({ keys: [{ ...key.export({ format: "jwk" }), kid }] });
const jwksFile = save("jwks.json", jwks(house.publicKey, "2026-a"));

function save(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function run(...args: readonly string[]): Promise<{ code: number; out: string; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, out, said) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, said });
    });
  });
}

function transaction(number: number): SealedTransaction {
  return {
    id: `tx_${number}`,
    type: "HOLD",
    requestId: `9a7f-${number}`,
    playerId: "p_123",
    references: { bet: "bet_8cd", round: "R-2025-10-17-19:20:05-PRAGM-Table12" },
    traceId: "tr_5f1",
    occurredAt: "2025-10-17T19:20:05.123Z",
    actor: null,
    details: { note: 'é"\\\u2028', deep: [1, 2.5, { z: null, a: true }], empty: {} },
    postings: [
      { account: "p_123:cash:available", currency: "EUR", amount: "-10.00", balanceAfter: "245.30" },
      { account: "p_123:cash:held", currency: "EUR", amount: "10.00", balanceAfter: "10.00" },
    ],
  };
}

function sealOf(transactions: readonly SealedTransaction[], previous: Seal | null = null): Seal {
  const from = previous === null ? 1n : BigInt(previous.toPosition) + 1n;
  return makeSeal({
    previous,
    fromPosition: from,
    toPosition: from + 4n,
    leafHashes: transactions.map((each) => leafHash(leafBytes(each))),
    sealedAt: "2025-10-17T19:20:06.000Z",
    kid: "2026-a",
    privateKey: house.privateKey,
  });
}

function receiptOf(index: number, transactions: readonly SealedTransaction[]): Receipt {
  const each = transactions[index];
  if (each === undefined) throw new Error("there is such a transaction");
  return buildReceipt(
    each,
    index,
    transactions.map((leaf) => leafHash(leafBytes(leaf))),
    sealOf(transactions),
  );
}

const seven = Array.from({ length: 7 }, (_, index) => transaction(index));

test("the bytes of a leaf are the canonical JSON of the transaction's fields", () => {
  const odd: SealedTransaction = {
    ...transaction(7),
    requestId: 'a "quoted" \u2028 \ud800 id',
    playerId: null,
    actor: null,
    references: { round: "R-\u00e9", bet: "bet_1", 10: "ten", 9: "nine" },
    details: { z: [1, { b: null, a: "\u0000" }], 2: true, 10: 0.5, a: {} },
  };
  for (const sealed of [transaction(1), odd, { ...odd, postings: [] }]) {
    const text = canonicalJson(sealed as unknown as JsonValue);
    expect(Buffer.from(leafBytes(sealed)).toString("utf8")).toBe(Buffer.from(text, "utf8").toString("utf8"));
  }
  const withMore = {
    ...transaction(1),
    smuggled: "in",
    postings: transaction(1).postings.map((p) => ({ ...p, x: 1 })),
  };
  expect(leafBytes(withMore)).toEqual(leafBytes(transaction(1)));
});

describe("the leaf of a transaction", () => {
  test("is its canonical JSON: keys in order, no white space, every field", () => {
    expect(Buffer.from(leafBytes({ ...transaction(1), details: null })).toString()).toBe(
      '{"actor":null,"details":null,"id":"tx_1","occurredAt":"2025-10-17T19:20:05.123Z","playerId":"p_123","postings":[' +
        '{"account":"p_123:cash:available","amount":"-10.00","balanceAfter":"245.30","currency":"EUR"},' +
        '{"account":"p_123:cash:held","amount":"10.00","balanceAfter":"10.00","currency":"EUR"}],' +
        '"references":{"bet":"bet_8cd","round":"R-2025-10-17-19:20:05-PRAGM-Table12"},"requestId":"9a7f-1","traceId":"tr_5f1","type":"HOLD"}',
    );
  });

  test("does not depend on the order of keys, nor on what else an object carries", () => {
    const usual = transaction(1);
    const turned = Object.fromEntries(
      Object.entries({ ...usual, version: 3 }).reverse(),
    ) as unknown as SealedTransaction;
    expect(leafBytes(turned)).toEqual(leafBytes(usual));
  });
});

describe("a seal", () => {
  test("is signed over all its other fields behind words of its own", () => {
    const seal = sealOf(seven);
    const { signature, ...rest } = seal;
    expect(Buffer.from(signingBytes(rest)).toString()).toBe(
      `pitboss-ledger-seal-v1\n{"fromPosition":"1","kid":"2026-a","leafCount":7,"number":"1","previous":"${"0".repeat(64)}",` +
        `"root":"${seal.root}","sealedAt":"2025-10-17T19:20:06.000Z","toPosition":"5"}`,
    );
    expect(verifySignature(null, signingBytes(seal), house.publicKey, Buffer.from(signature, "base64"))).toBe(true);
  });

  test("names the hash of the one before, signature included", () => {
    const first = sealOf(seven);
    const second = sealOf([transaction(8)], first);
    const text = JSON.stringify(Object.fromEntries(Object.entries(first).sort(([a], [b]) => (a < b ? -1 : 1))));
    expect(second.previous).toBe(createHash("sha256").update(text).digest("hex"));
    const loaded = { ...first, loadedFrom: "a row with more columns" };
    expect(sealHash(loaded)).toBe(second.previous);
    expect(second).toMatchObject({ number: "2", fromPosition: "6", toPosition: "10" });
  });

  test("is not made with a gap, of nothing, or with another kind of key", () => {
    const base = {
      previous: null,
      fromPosition: 1n,
      toPosition: 1n,
      leafHashes: [leafHash(leafBytes(transaction(0)))],
      sealedAt: "2025-10-17T19:20:06Z",
      kid: "k",
      privateKey: house.privateKey,
    };
    expect(() => makeSeal(base)).not.toThrow();
    expect(() => makeSeal({ ...base, leafHashes: [] })).toThrow();
    expect(() => makeSeal({ ...base, previous: sealOf(seven), fromPosition: 7n, toPosition: 8n })).toThrow();
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    expect(() => makeSeal({ ...base, privateKey: rsa })).toThrow();
  });

  test("follows in a chain that shows a seal changed, left out, or put in by another", () => {
    const first = sealOf(seven);
    const second = sealOf([transaction(8)], first);
    const third = sealOf([transaction(9)], second);
    expect(checkSealChain([first, second, third], keys)).toEqual({ ok: true });
    expect(checkSealChain([second, third], keys)).toEqual({ ok: true });
    expect(checkSealChain([], keys)).toEqual({ ok: true });
    expect(checkSealChain([first, third], keys)).toEqual({ ok: false, number: "3", step: "number" });
    expect(checkSealChain([first, { ...second, leafCount: 2 }, third], keys)).toEqual({
      ok: false,
      number: "2",
      step: "signature",
    });
    // Even the house can't replace a published seal by another one that it signs itself.
    const otherSecond = sealOf([transaction(99)], first);
    expect(checkSealChain([first, otherSecond, third], keys)).toEqual({ ok: false, number: "3", step: "previous" });
    const overlapping = { ...second, fromPosition: "5" };
    const signature = sign(null, signingBytes(overlapping), house.privateKey).toString("base64");
    expect(checkSealChain([first, { ...overlapping, signature }], keys)).toEqual({
      ok: false,
      number: "2",
      step: "positions",
    });
    expect(checkSealChain([first], new Map())).toEqual({ ok: false, number: "1", step: "key" });
  });
});

/** Every way in which one field of a receipt can be another, with the step that has to catch it. */
function tamperings(receipt: Receipt): [name: string, step: ReceiptStep, content: unknown][] {
  const { transaction: sealed, seal } = receipt;
  const [first, ...postings] = sealed.postings;
  const inTransaction = (change: object) => ({ ...receipt, transaction: { ...sealed, ...change } });
  const inPosting = (change: object) => inTransaction({ postings: [{ ...first, ...change }, ...postings] });
  const inSeal = (change: object) => ({ ...receipt, seal: { ...seal, ...change } });
  const digest = "ab".repeat(32);
  return [
    ["format", "form", { ...receipt, format: "pitboss-receipt-v2" }],
    ["id", "inclusion", inTransaction({ id: "tx_99" })],
    ["type", "inclusion", inTransaction({ type: "PAYOUT" })],
    ["requestId", "inclusion", inTransaction({ requestId: null })],
    ["playerId", "inclusion", inTransaction({ playerId: "p_124" })],
    ["references", "inclusion", inTransaction({ references: { ...sealed.references, bet: "bet_8ce" } })],
    ["references, one more", "inclusion", inTransaction({ references: { ...sealed.references, grant: "g_1" } })],
    ["traceId", "inclusion", inTransaction({ traceId: "tr_5f2" })],
    ["occurredAt", "inclusion", inTransaction({ occurredAt: "2025-10-17T19:20:05.124Z" })],
    ["actor", "inclusion", inTransaction({ actor: "staff_1" })],
    ["details", "inclusion", inTransaction({ details: { ...(sealed.details as object), note: "" } })],
    ["details, left out", "form", inTransaction({ details: undefined })],
    ["a posting's account", "inclusion", inPosting({ account: "p_124:cash:available" })],
    ["a posting's currency", "inclusion", inPosting({ currency: "USD" })],
    ["a posting's amount", "inclusion", inPosting({ amount: "-9.00" })],
    ["a posting's amount, spelled otherwise", "inclusion", inPosting({ amount: "-10.0" })],
    ["a posting's amount as a number", "form", inPosting({ amount: -10 })],
    ["a posting's balance", "inclusion", inPosting({ balanceAfter: "245.31" })],
    ["a posting's field more", "form", inPosting({ note: "x" })],
    ["a posting less", "inclusion", inTransaction({ postings: [first] })],
    ["the postings' order", "inclusion", inTransaction({ postings: [...postings, first] })],
    ["a field more", "form", inTransaction({ bonus: "100.00" })],
    ["leafIndex", "inclusion", { ...receipt, leafIndex: (receipt.leafIndex + 1) % seal.leafCount }],
    ["leafIndex outside", "inclusion", { ...receipt, leafIndex: seal.leafCount }],
    ["leafIndex not whole", "form", { ...receipt, leafIndex: 0.5 }],
    ["path", "inclusion", { ...receipt, path: receipt.path.with(0, digest) }],
    ["path, shorter", "inclusion", { ...receipt, path: receipt.path.slice(1) }],
    ["path, longer", "inclusion", { ...receipt, path: [...receipt.path, digest] }],
    ["path, upper case", "form", { ...receipt, path: receipt.path.with(0, "AB".repeat(32)) }],
    ["root", "inclusion", inSeal({ root: digest })],
    ["leafCount", "inclusion", inSeal({ leafCount: 17 })],
    ["number", "signature", inSeal({ number: "2" })],
    ["number, padded", "form", inSeal({ number: "01" })],
    ["fromPosition", "signature", inSeal({ fromPosition: "0" })],
    ["toPosition", "signature", inSeal({ toPosition: "6" })],
    ["previous", "signature", inSeal({ previous: digest })],
    ["sealedAt", "signature", inSeal({ sealedAt: "2025-10-17T19:20:07.000Z" })],
    [
      "signature",
      "signature",
      inSeal({ signature: `${seal.signature.startsWith("A") ? "B" : "A"}${seal.signature.slice(1)}` }),
    ],
    ["signature, its spare bits", "signature", inSeal({ signature: withSpareBit(seal.signature) })],
    ["signature, shorter", "form", inSeal({ signature: seal.signature.slice(4) })],
    ["a seal's field more", "form", inSeal({ note: "x" })],
    ["a receipt's field more", "form", { ...receipt, verified: true }],
    [
      "__proto__ in references",
      "inclusion",
      JSON.parse(JSON.stringify(receipt).replace('"references":{', '"references":{"__proto__":"x",')),
    ],
    ["no receipt", "form", null],
  ];
}

/** The same 64 bytes in base64 that is not canonical: the last digit before the padding has four unused bits. */
function withSpareBit(signature: string): string {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const last = digits.indexOf(signature.charAt(85));
  return `${signature.slice(0, 85)}${digits.charAt(last + 1)}==`;
}

describe("a receipt", () => {
  test("proves every transaction of a seal of any size, to the domain and to the stand-alone verifier", async () => {
    const receipts: Receipt[] = [];
    for (const size of [1, 2, 3, 7, 8, 13]) {
      const transactions = Array.from({ length: size }, (_, index) => transaction(index));
      for (let index = 0; index < size; index += 1) receipts.push(receiptOf(index, transactions));
    }
    for (const receipt of receipts) {
      expect(verifyReceipt(JSON.parse(JSON.stringify(receipt)), keys)).toMatchObject({ ok: true });
    }
    const file = save("receipts.json", { receipts });
    for (const key of [keyFile, jwksFile]) {
      const { code, out, said } = await run(file, "--key", key);
      expect([code, said]).toEqual([0, ""]);
      expect(out).toMatch(/\nvalid: all 34 receipts\n$/);
    }
  });

  test("is refused at the step that a change of any one field breaks, by both", { timeout: 60_000 }, async () => {
    const receipt = receiptOf(2, seven);
    const cases = tamperings(receipt);
    await Promise.all(
      cases.map(async ([name, step, content], index) => {
        expect([name, verifyReceipt(content, keys)]).toEqual([
          name,
          { ok: false, step, detail: expect.any(String) as string },
        ]);
        const { code, out, said } = await run(save(`tampered-${index}.json`, content), "--key", jwksFile);
        expect([name, code, said.split(": ")[1], out]).toEqual([name, 1, step, ""]);
      }),
    );
  });

  test("is refused without the key that signed it", async () => {
    const receipt = receiptOf(0, seven);
    const file = save("receipt.json", receipt);
    expect(verifyReceipt(receipt, new Map([["2026-b", house.publicKey]]))).toMatchObject({ ok: false, step: "key" });
    expect(verifyReceipt(receipt, new Map([["2026-a", stranger.publicKey]]))).toMatchObject({
      ok: false,
      step: "signature",
    });
    const otherKid = { ...receipt, seal: { ...receipt.seal, kid: "2026-b" } };
    expect(verifyReceipt(otherKid, keys)).toMatchObject({ ok: false, step: "key" });

    const unknown = await run(file, "--key", save("other-kid.json", jwks(house.publicKey, "2026-b")));
    expect(unknown).toMatchObject({ code: 1, said: expect.stringMatching(/^invalid: key: /) as string });
    const strange = await run(
      file,
      "--key",
      save("stranger.pem", stranger.publicKey.export({ type: "spki", format: "pem" }).toString()),
    );
    expect(strange).toMatchObject({ code: 1, said: expect.stringMatching(/^invalid: signature: /) as string });
  });

  test("is refused where the house sealed postings that do not sum to zero", async () => {
    const base = transaction(0);
    const unbalanced = { ...base, postings: base.postings.map((posting) => ({ ...posting, amount: "10.00" })) };
    const receipt = receiptOf(0, [unbalanced, transaction(1)]);
    expect(verifyReceipt(receipt, keys)).toMatchObject({ ok: false, step: "postings" });
    const { code, said } = await run(save("unbalanced.json", receipt), "--key", keyFile);
    expect([code, said]).toEqual([1, "invalid: postings: the postings in EUR do not sum to zero\n"]);
  });

  test("sums each currency of a conversion on its own", () => {
    const posting = (currency: string, amount: string) => ({
      account: `a:${currency}`,
      currency,
      amount,
      balanceAfter: "0",
    });
    const conversion = {
      ...transaction(0),
      type: "CONVERSION",
      postings: [posting("EUR", "-1.10"), posting("EUR", "1.10"), posting("JPY", "180"), posting("JPY", "-180")],
    };
    expect(verifyReceipt(receiptOf(0, [conversion]), keys)).toMatchObject({ ok: true });
    const mixed = { ...conversion, postings: [posting("EUR", "-1"), posting("USD", "1")] };
    expect(verifyReceipt(receiptOf(0, [mixed]), keys)).toMatchObject({ ok: false, step: "postings" });
  });

  test("is not built for another transaction than the leaf's", () => {
    const hashes = seven.map((each) => leafHash(leafBytes(each)));
    expect(() => buildReceipt(transaction(1), 2, hashes, sealOf(seven))).toThrow();
    expect(() => buildReceipt(transaction(1), 1, hashes.slice(1), sealOf(seven))).toThrow();
  });
});

describe("verify-receipt", () => {
  test("checks that the receipt's seal is one of an unbroken chain of published ones", {
    timeout: 20_000,
  }, async () => {
    const first = sealOf(seven);
    const second = sealOf([transaction(8)], first);
    const file = save("chained.json", receiptOf(3, seven));
    const check = (seals: unknown) => run(file, "--key", keyFile, "--seals", save("seals.json", seals));
    expect(await check({ seals: [first, second] })).toMatchObject({
      code: 0,
      out: expect.stringContaining("ok  chain") as string,
    });
    for (const seals of [
      [second],
      [second, first],
      [sealOf([transaction(8)])],
      [first, { ...second, ...{ previous: first.root } }],
    ]) {
      const { code, said } = await check(seals);
      expect(code).toBe(1);
      expect(said).toMatch(/^invalid: (chain|signature): /);
    }
  });

  test("finds the example of its folder valid", async () => {
    const example = (name: string) =>
      fileURLToPath(new URL(`../../../../docs/verify/examples/${name}`, import.meta.url));
    const args = [example("receipt.json"), "--key", example("public-key.pem"), "--seals", example("seals.json")];
    expect(await run(...args)).toMatchObject({ code: 0, said: "" });
  });

  test("says how it is used where it can't be run so", { timeout: 20_000 }, async () => {
    const file = save("fine.json", receiptOf(0, seven));
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 })
      .publicKey.export({ type: "spki", format: "pem" })
      .toString();
    const misuses = [
      [],
      [file],
      [file, file, "--key", keyFile],
      [join(folder, "missing.json"), "--key", keyFile],
      [file, "--key", join(folder, "missing.pem")],
      [file, "--key", file],
      [file, "--key", save("rsa.pem", rsa)],
      [file, "--what"],
    ];
    for (const args of misuses) {
      const { code, said } = await run(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(said).toContain("Usage: node verify-receipt.mjs");
    }
    const broken = await run(save("broken.json", "{"), "--key", keyFile);
    expect(broken).toMatchObject({ code: 1, said: expect.stringMatching(/^invalid: form: /) as string });
    expect(await run("--help")).toMatchObject({ code: 0, out: expect.stringContaining("Usage") as string });
  });

  test("takes the PEM that openssl and Node write, and a lone JWK", async () => {
    const file = save("keys.json", receiptOf(0, seven));
    const jwk = save("jwk.json", { ...house.publicKey.export({ format: "jwk" }) });
    expect((await run(file, "--key", jwk)).code).toBe(0);
    expect(createPublicKey(house.publicKey.export({ type: "spki", format: "pem" })).asymmetricKeyType).toBe("ed25519");
  });
});
