#!/usr/bin/env node
// Checks receipts of the ledger with nothing but Node's own crypto. What is checked, and why, stands in README.md.
// Exit codes: 0 every receipt is valid, 1 one is not (the step that failed is named), 2 the command can't be run so.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const usage = `Usage: node verify-receipt.mjs <receipt.json> --key <public-key.pem|jwks.json> [--seals <seals.json>]

  <receipt.json>  one receipt, a list of receipts, or an object with a list named "receipts"
  --key           the house's public key: PEM (for any kid), a JWK or a JWK set
  --seals         the published seals, a list or an object with a list named "seals": checks as well that they are an
                  unbroken chain from the first one on and that the receipt's seal is one of them`;

class Invalid extends Error {
  constructor(step, detail) {
    super(detail);
    this.step = step;
  }
}

class Misuse extends Error {}

function main() {
  const { file, keyFile, sealsFile } = readArguments();
  const keys = readKeys(keyFile);
  const receipts = listIn(readJson(file), "receipts");
  const chain = sealsFile === undefined ? undefined : readChain(listIn(readJson(sealsFile), "seals"), keys);
  for (const receipt of receipts) {
    for (const line of checkReceipt(receipt, keys, chain)) console.log(`ok  ${line}`);
  }
  console.log(receipts.length === 1 ? "valid" : `valid: all ${receipts.length} receipts`);
}

// ---- the steps ----------------------------------------------------------------------------------------------------

function checkReceipt(receipt, keys, chain) {
  checkForm(receipt);
  const { transaction, leafIndex, path, seal } = receipt;

  const leaf = sha256(Buffer.from([0]), Buffer.from(canonical(transaction), "utf8"));
  const root = rootFromPath(leaf, leafIndex, seal.leafCount, path);
  if (root === undefined) {
    throw new Invalid("inclusion", "the path has not the length that this place in a tree of this size has");
  }
  if (root.toString("hex") !== seal.root) {
    throw new Invalid(
      "inclusion",
      `the transaction and its path lead to ${root.toString("hex")}, not to the seal's root`,
    );
  }

  checkSignature(seal, keys);

  const sums = new Map();
  for (const { currency, amount } of transaction.postings) {
    sums.set(currency, (sums.get(currency) ?? 0n) + in18Places(amount));
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0n) throw new Invalid("postings", `the postings in ${currency} do not sum to zero`);
  }

  const lines = [
    `form       ${transaction.type} ${transaction.id} of ${transaction.occurredAt}`,
    `inclusion  leaf ${leafIndex} of ${seal.leafCount} leads to ${seal.root}`,
    `key        ${seal.kid}`,
    `signature  seal ${seal.number} of ${seal.sealedAt}`,
    `postings   ${transaction.postings.length}, summing to zero in ${[...sums.keys()].join(", ") || "no currency"}`,
  ];
  if (chain === undefined) return lines;
  const published = chain.get(seal.number);
  if (published === undefined) throw new Invalid("chain", `seal ${seal.number} is not among the published ones`);
  if (published !== canonical(seal)) throw new Invalid("chain", `seal ${seal.number} is not as it was published`);
  return [...lines, `chain      seal ${seal.number} is one of ${chain.size} that follow each other from the first`];
}

function checkSignature(seal, keys) {
  const key = keys.get(seal.kid) ?? keys.get(anyKid);
  if (key === undefined) throw new Invalid("key", `there is no key "${seal.kid}" in the file of public keys`);
  const { signature, ...rest } = seal;
  const bytes = Buffer.from(signature, "base64");
  const signed = Buffer.from(`pitboss-ledger-seal-v1\n${canonical(rest)}`, "utf8");
  // The spare bits at the end of base64 would let one signature be written in several ways.
  if (bytes.toString("base64") !== signature || !verify(null, signed, key, bytes)) {
    throw new Invalid("signature", `seal ${seal.number} is not what the key "${seal.kid}" signed`);
  }
}

/** The published seals by number, in canonical text, after a check of each and of how they follow each other. */
function readChain(seals, keys) {
  const chain = new Map();
  let previous = "0".repeat(64);
  let number = 1n;
  let from;
  for (const seal of seals) {
    checkSealForm(seal);
    checkSignature(seal, keys);
    if (BigInt(seal.number) !== number) throw new Invalid("chain", `seal ${number} is missing`);
    if (seal.previous !== previous)
      throw new Invalid("chain", `seal ${number} does not name the hash of the one before`);
    if (from !== undefined && BigInt(seal.fromPosition) !== from) {
      throw new Invalid("chain", `seal ${number} does not begin where the one before ends`);
    }
    chain.set(seal.number, canonical(seal));
    previous = sha256(Buffer.from(canonical(seal), "utf8")).toString("hex");
    from = BigInt(seal.toPosition) + 1n;
    number += 1n;
  }
  return chain;
}

/** RFC 9162 §2.1.3.2: from a leaf's hash up to the root. */
function rootFromPath(leaf, index, leafCount, path) {
  if (index >= leafCount) return undefined;
  let position = index;
  let last = leafCount - 1;
  let node = leaf;
  const siblings = path.map((sibling) => Buffer.from(sibling, "hex"));
  while (last > 0) {
    const isRight = position % 2 === 1;
    if (isRight || position < last) {
      const sibling = siblings.shift();
      if (sibling === undefined) return undefined;
      node = isRight ? sha256(Buffer.from([1]), sibling, node) : sha256(Buffer.from([1]), node, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return siblings.length === 0 ? node : undefined;
}

/** RFC 8785: no white space, keys in the order of their UTF-16 code units, scalars as JSON.stringify writes them. */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function in18Places(amount) {
  const [whole, fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(18, "0"));
}

// ---- the form -----------------------------------------------------------------------------------------------------

const isText = (value) => typeof value === "string";
const isTextOrNull = (value) => value === null || isText(value);
const isTime = (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(value);
const isDigest = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isPosition = (value) => isText(value) && /^(0|[1-9][0-9]{0,18})$/.test(value);
const isAmount = (value) => isText(value) && /^-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/.test(value);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const receiptForm = {
  format: (value) => value === "pitboss-receipt-v1",
  transaction: isObject,
  leafIndex: (value) => Number.isSafeInteger(value) && value >= 0,
  path: (value) => Array.isArray(value) && value.length <= 64 && value.every(isDigest),
  seal: isObject,
};
const transactionForm = {
  id: isText,
  type: isText,
  requestId: isTextOrNull,
  playerId: isTextOrNull,
  references: (value) => isObject(value) && Object.values(value).every(isText),
  traceId: isText,
  occurredAt: isTime,
  actor: isTextOrNull,
  details: (value) => value !== undefined,
  postings: Array.isArray,
};
const postingForm = { account: isText, currency: isText, amount: isAmount, balanceAfter: isAmount };
const sealForm = {
  number: isPosition,
  fromPosition: isPosition,
  toPosition: isPosition,
  leafCount: (value) => Number.isSafeInteger(value) && value >= 1,
  root: isDigest,
  previous: isDigest,
  sealedAt: isTime,
  kid: (value) => isText(value) && value.length >= 1 && value.length <= 128,
  signature: (value) => isText(value) && /^[A-Za-z0-9+/]{86}==$/.test(value),
};

function checkForm(receipt) {
  checkFields("the receipt", receipt, receiptForm);
  checkFields("transaction", receipt.transaction, transactionForm);
  receipt.transaction.postings.forEach((posting, index) => checkFields(`posting ${index}`, posting, postingForm));
  checkSealForm(receipt.seal);
}

function checkSealForm(seal) {
  checkFields("the seal", seal, sealForm);
}

/** Every field of the form and no other: what nobody checks must not stand beside what is checked. */
function checkFields(name, value, form) {
  if (!isObject(value)) throw new Invalid("form", `${name} is not an object`);
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(form, key))
      throw new Invalid("form", `${name} has a field "${key}", which is none of the format's`);
  }
  for (const [key, isRight] of Object.entries(form)) {
    if (!Object.hasOwn(value, key)) throw new Invalid("form", `${name} has no field "${key}"`);
    if (!isRight(value[key])) throw new Invalid("form", `the field "${key}" of ${name} is not of its form`);
  }
}

// ---- arguments and files ------------------------------------------------------------------------------------------

const anyKid = Symbol("any kid");

function readArguments() {
  const options = { key: { type: "string" }, seals: { type: "string" }, help: { type: "boolean" } };
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (cause) {
    throw new Misuse(cause.message);
  }
  if (parsed.values.help) {
    console.log(usage);
    process.exit(0);
  }
  const [file, ...more] = parsed.positionals;
  if (file === undefined || more.length > 0) throw new Misuse("one file is checked at a time");
  if (parsed.values.key === undefined)
    throw new Misuse("--key is needed: a receipt is worth nothing without the public key");
  return { file, keyFile: parsed.values.key, sealsFile: parsed.values.seals };
}

function readKeys(file) {
  const text = readText(file);
  const keys = new Map();
  try {
    if (text.includes("-----BEGIN")) {
      keys.set(anyKid, createPublicKey(text));
    } else {
      const read = JSON.parse(text);
      for (const jwk of read.keys ?? [read]) {
        if (jwk.kty === "OKP" && jwk.crv === "Ed25519")
          keys.set(jwk.kid ?? anyKid, createPublicKey({ key: jwk, format: "jwk" }));
      }
    }
  } catch (cause) {
    throw new Misuse(`${file} is no public key that can be read: ${cause.message}`);
  }
  for (const key of keys.values()) {
    if (key.asymmetricKeyType !== "ed25519") throw new Misuse(`the key in ${file} is not an Ed25519 key`);
  }
  if (keys.size === 0) throw new Misuse(`there is no Ed25519 key in ${file}`);
  return keys;
}

function readJson(file) {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid("form", `${file} is not JSON`);
  }
}

function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Misuse(`${file} can't be read: ${cause.code ?? cause.message}`);
  }
}

function listIn(value, name) {
  const list = Array.isArray(value) ? value : isObject(value) && Array.isArray(value[name]) ? value[name] : [value];
  if (list.length === 0) throw new Invalid("form", `the list of ${name} is empty`);
  return list;
}

try {
  main();
} catch (error) {
  if (error instanceof Misuse) console.error(`${error.message}\n\n${usage}`);
  else if (error instanceof Invalid) console.error(`invalid: ${error.step}: ${error.message}`);
  else throw error;
  process.exitCode = error instanceof Misuse ? 2 : 1;
}
