#!/usr/bin/env node
// Checks an audit bundle with nothing but Node's own crypto. What is checked, and why, stands in README.md.
// Exit codes: 0 everything holds, 1 something does not (the step and the place are named), 2 it can't be run so.
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";

const usage = `Usage: node verify-audit.mjs <bundle.tar.gz> [--key <public-key.pem|jwks.json>]

  <bundle.tar.gz>  as \`pitboss audit bundle\` wrote it
  --key            the house's public keys, got from somewhere else than the bundle: PEM (for any kid), a JWK or a JWK
                   set, as https://<engine>/.well-known/audit-jwks.json has it. Without it the keys of the bundle itself
                   are used, which shows that the bundle is whole, and not whose it is`;

class Invalid extends Error {
  constructor(step, detail) {
    super(detail);
    this.step = step;
  }
}

class Misuse extends Error {}

const format = "pitboss-audit-bundle-1";
// In this order: what is needed to check the entries lies before them, so that the archive is read once, front to back.
const names = [
  "manifest.json",
  "manifest.sig",
  "README.txt",
  "bundle.json",
  "keys.json",
  "checkpoints.ndjson",
  "entries.ndjson",
  "entries.csv",
];
const anyKid = "*";
const chainStart = "0".repeat(64);
const largestSmallFile = 16 * 1024 * 1024;

async function main() {
  const { values, positionals } = readArguments();
  const [path] = positionals;
  const outside = values.key === undefined ? undefined : readKeys(readFileSync(values.key, "utf8"), values.key);
  const lines = await checkBundle(path, outside);
  for (const line of lines) console.log(`ok  ${line}`);
  console.log("valid");
}

// ---- the steps ----------------------------------------------------------------------------------------------------

async function checkBundle(path, outside) {
  const state = { outside, files: new Map(), small: new Map(), checkpoints: new Map(), report: [] };
  let index = 0;
  for await (const file of filesOf(path)) {
    if (index >= names.length) throw new Invalid("form", `after entries.csv comes one more file, "${file.name}"`);
    if (file.name !== names[index]) {
      throw new Invalid("form", `file ${index + 1} of the archive is "${file.name}", and should be "${names[index]}"`);
    }
    await takeFile(state, file);
    index += 1;
  }
  if (index < names.length) throw new Invalid("form", `"${names[index]}" is missing from the archive`);
  return state.report;
}

async function takeFile(state, { name, size, chunks }) {
  const hash = createHash("sha256");
  const lined =
    name === "entries.ndjson"
      ? checkEntries(state)
      : name === "checkpoints.ndjson"
        ? takeCheckpoints(state)
        : undefined;
  const kept = [];
  if (lined === undefined && name !== "entries.csv" && size > largestSmallFile) {
    throw new Invalid("form", `"${name}" is larger than such a file can be`);
  }
  const reader = lined === undefined ? undefined : lineReader(name, lined.line);
  for await (const chunk of chunks) {
    hash.update(chunk);
    if (reader !== undefined) reader.push(chunk);
    else if (name !== "entries.csv") kept.push(Buffer.from(chunk));
  }
  const digest = hash.digest("hex");
  if (name === "manifest.json") return takeManifest(state, Buffer.concat(kept).toString("utf8"));
  if (name === "manifest.sig") return takeSignature(state, Buffer.concat(kept).toString("utf8"));
  const listed = state.files.get(name);
  // The hash is looked at before what is in the file: a changed byte is named as that.
  if (listed.size !== size)
    throw new Invalid("files", `"${name}" has ${size} bytes, and the manifest says ${listed.size}`);
  if (listed.sha256 !== digest) throw new Invalid("files", `"${name}" is not the file that the manifest names`);
  if (reader !== undefined) reader.end();
  lined?.end();
  if (name === "bundle.json") takeHeader(state, Buffer.concat(kept).toString("utf8"));
  if (name === "keys.json") takeKeys(state, Buffer.concat(kept).toString("utf8"));
  if (name === "entries.csv") state.report.push(`files      ${state.files.size}, as the manifest names them`);
}

function takeManifest(state, text) {
  const manifest = parse(text, "manifest", "manifest.json");
  const wanted = names.slice(2);
  const listed = Array.isArray(manifest.files) ? manifest.files : [];
  if (manifest.format !== format) throw new Invalid("manifest", `the format is not "${format}"`);
  if (`${canonical(manifest)}\n` !== text) throw new Invalid("manifest", "manifest.json is not written canonically");
  exactly(manifest, ["files", "format", "kid", "signedAt"], "manifest", "manifest.json");
  for (const file of listed) {
    exactly(file, ["name", "sha256", "size"], "manifest", "a file of manifest.json");
    if (!/^[0-9a-f]{64}$/.test(file.sha256) || !Number.isSafeInteger(file.size)) {
      throw new Invalid("manifest", `what it says of "${file.name}" is not of its form`);
    }
    state.files.set(file.name, file);
  }
  if (listed.length !== wanted.length || !wanted.every((name) => state.files.has(name))) {
    throw new Invalid("manifest", "it does not name exactly the files of a bundle");
  }
  state.manifest = { ...manifest, text };
}

function takeSignature(state, text) {
  const signature = text.replace(/\n$/, "");
  if (!/^[A-Za-z0-9_-]{86}$/.test(signature)) throw new Invalid("signature", "manifest.sig is not a signature");
  state.signature = signature;
  if (state.outside !== undefined) checkManifest(state, state.outside);
}

function takeKeys(state, text) {
  const inside = readKeys(text, "keys.json");
  state.keys = state.outside ?? inside;
  if (state.outside === undefined) checkManifest(state, inside);
}

function checkManifest({ manifest, signature, outside, report }, keys) {
  const signed = `pitboss-audit-manifest-1\n${manifest.text}`;
  checkSignature(keys, manifest.kid, signed, signature, "signature", "the manifest's signature is wrong");
  const whose = outside === undefined ? "a key that came with the bundle" : "the key that was given";
  report.push(`signature  of the manifest, ${manifest.signedAt}, by ${manifest.kid}, ${whose}`);
}

function takeHeader(state, text) {
  const header = parse(text, "header", "bundle.json");
  if (header.format !== format) throw new Invalid("header", `the format is not "${format}"`);
  for (const field of ["operator", "timeZone", "reason"]) {
    if (typeof header[field] !== "string") throw new Invalid("header", `"${field}" is missing`);
  }
  const { chain } = header;
  if (chain !== null) {
    for (const field of ["first", "last", "upTo"]) {
      if (!/^[1-9][0-9]{0,18}$/.test(chain?.[field])) throw new Invalid("header", `"chain.${field}" is no position`);
    }
    if (!/^[0-9a-f]{64}$/.test(chain.hashBefore)) throw new Invalid("header", '"chain.hashBefore" is no digest');
    if (chain.first === "1" && chain.hashBefore !== chainStart) {
      throw new Invalid("header", "the chain's first link does not begin with zeros");
    }
    if (BigInt(chain.first) > BigInt(chain.last) || BigInt(chain.last) > BigInt(chain.upTo)) {
      throw new Invalid("header", "the stretch of the chain ends before it begins");
    }
  }
  state.header = header;
  const range = `${header.from?.local} to ${header.to?.local} (${header.timeZone})`;
  state.report.unshift(`bundle     of ${header.operator}, ${range}`);
}

function takeCheckpoints(state) {
  let number = 0n;
  let count = 0;
  return {
    line(text, place) {
      const one = parse(text, "checkpoints", place);
      exactly(one, ["chainHash", "kid", "number", "position", "sealedAt", "signature"], "checkpoints", place);
      if (state.checkpoints.has(one.position))
        throw new Invalid("checkpoints", `${place}: position ${one.position} twice`);
      if (count > 0 && BigInt(one.number) !== number + 1n) {
        throw new Invalid("checkpoints", `${place}: checkpoint ${number + 1n} is missing before ${one.number}`);
      }
      number = BigInt(one.number);
      count += 1;
      const signed = `pitboss-audit-checkpoint-1\n${one.number}\n${one.position}\n${one.chainHash}\n${one.sealedAt}\n${one.kid}\n`;
      const wrong = `${place}: the signature of checkpoint ${one.number} is wrong`;
      checkSignature(state.keys, one.kid, signed, one.signature, "checkpoints", wrong);
      state.checkpoints.set(one.position, one);
    },
    end() {},
  };
}

function checkEntries(state) {
  const { header } = state;
  const chain = header?.chain ?? null;
  let position = chain === null ? 0n : BigInt(chain.first) - 1n;
  let chainHash = chain === null ? chainStart : chain.hashBefore;
  const counts = { entries: 0, masked: 0, links: 0, checkpoints: 0 };
  return {
    line(text, place) {
      if (chain === null) throw new Invalid("chain", `${place}: the header names no chain, and here is an entry`);
      const line = parse(text, "chain", place);
      position += 1n;
      const at = `${place}, position ${position}`;
      if (line.position !== String(position)) {
        throw new Invalid("chain", `${place}: position ${position} is missing, here is ${line.position}`);
      }
      if (line.entry !== undefined) {
        counts.entries += 1;
        if (line.masked !== undefined) counts.masked += 1;
        else {
          const hash = sha256(`pitboss-audit-entry-1\n${canonical(line.entry)}`);
          if (hash !== line.entryHash)
            throw new Invalid("chain", `${at}: the entry ${line.entry.id} is not as it was sealed`);
        }
        if (position > BigInt(chain.last)) throw new Invalid("chain", `${at}: an entry after the end of the range`);
      } else counts.links += 1;
      chainHash = sha256(`pitboss-audit-chain-1\n${chainHash}\n${position}\n${line.entryHash}`);
      if (chainHash !== line.chainHash) {
        throw new Invalid("chain", `${at}: the chain does not follow from what is before it`);
      }
      const checkpoint = state.checkpoints.get(line.position);
      if (checkpoint === undefined) return;
      counts.checkpoints += 1;
      if (checkpoint.chainHash !== chainHash) {
        throw new Invalid("checkpoints", `${at}: checkpoint ${checkpoint.number} signs another chain hash`);
      }
    },
    end() {
      if (chain !== null) {
        if (position !== BigInt(chain.upTo)) {
          throw new Invalid("chain", `it ends with position ${position}, and the header says ${chain.upTo}`);
        }
        if (!state.checkpoints.has(String(position))) {
          throw new Invalid("checkpoints", `no checkpoint signs the end of the chain, position ${position}`);
        }
      }
      if (counts.checkpoints !== state.checkpoints.size) {
        throw new Invalid("checkpoints", "a checkpoint lies outside of the stretch");
      }
      if (counts.entries !== header.entries || counts.masked !== header.masked) {
        throw new Invalid(
          "header",
          `it says ${header.entries} entries, ${header.masked} masked; there are ${counts.entries}, ${counts.masked}`,
        );
      }
      state.report.push(
        `chain      ${counts.entries} entries and ${counts.links} links between them follow each other`,
        `checkpoints ${counts.checkpoints}, each signed, the last one over position ${position}`,
      );
      if (counts.masked > 0) {
        state.report.push(
          `masked     ${counts.masked} entries: their hashes are in the chain, their fields are not provable from here`,
        );
      }
    },
  };
}

// ---- the archive --------------------------------------------------------------------------------------------------

// A ustar archive is blocks of 512 bytes: a header, the file's bytes filled up to a block, and two empty blocks at the
// end. Files are handed out as they come; whoever takes one reads it whole before the next.
async function* filesOf(path) {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  const blocks = blockReader(source.pipe(gunzip), path);
  try {
    for (;;) {
      const header = await blocks.take(512);
      if (header === undefined) throw new Invalid("form", "the archive ends without an end");
      if (header.every((byte) => byte === 0)) break;
      const { name, size } = readHeader(header);
      const padded = Math.ceil(size / 512) * 512 - size;
      yield { name, size, chunks: blocks.stream(size, name) };
      await blocks.take(padded);
    }
    if ((await blocks.rest()) > 0) throw new Invalid("form", "something follows the end of the archive");
  } finally {
    source.destroy();
  }
}

function readHeader(block) {
  const text = (from, length) => block.toString("utf8", from, from + length).replace(/\0.*$/s, "");
  let sum = 0;
  for (let index = 0; index < 512; index += 1) sum += index >= 148 && index < 156 ? 32 : block[index];
  if (parseInt(text(148, 8).trim(), 8) !== sum) throw new Invalid("form", "a header of the archive is damaged");
  const type = text(156, 1);
  if (type !== "" && type !== "0") throw new Invalid("form", `the archive has something that is no plain file`);
  // Sizes above 8 GB are written in base 256 (the GNU form), with the first bit set.
  const size =
    (block[124] & 0x80) === 0
      ? parseInt(text(124, 12).trim() || "0", 8)
      : Number(block.subarray(125, 136).reduce((value, byte) => value * 256n + BigInt(byte), 0n));
  return { name: text(0, 100), size };
}

function blockReader(stream, path) {
  const iterator = stream[Symbol.asyncIterator]();
  let rest = Buffer.alloc(0);
  async function more() {
    const { value, done } = await iterator.next().catch((error) => {
      if (/^E(NOENT|ISDIR|ACCES)$/.test(error.code)) throw new Misuse(`${path}: ${error.message}`);
      throw new Invalid("form", `the archive can't be read: ${error.message}`);
    });
    if (done) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  }
  return {
    async take(length) {
      while (rest.length < length) if (!(await more())) return undefined;
      const taken = rest.subarray(0, length);
      rest = rest.subarray(length);
      return taken;
    },
    async *stream(length, name) {
      let left = length;
      while (left > 0) {
        if (rest.length === 0 && !(await more())) throw new Invalid("form", `the archive ends within "${name}"`);
        const part = rest.subarray(0, left);
        rest = rest.subarray(part.length);
        left -= part.length;
        yield part;
      }
    },
    /** How many bytes other than zero follow. */
    async rest() {
      let found = 0;
      do {
        for (const byte of rest) if (byte !== 0) found += 1;
        rest = Buffer.alloc(0);
      } while (await more());
      return found;
    },
  };
}

function lineReader(name, take) {
  let rest = "";
  let number = 0;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const failures = [];
  // What a line says is judged once the file's hash was: until then the first failure waits.
  const line = (text) => {
    number += 1;
    if (failures.length > 0) return;
    try {
      take(text, `${name} line ${number}`);
    } catch (error) {
      failures.push(error);
    }
  };
  return {
    push(chunk) {
      try {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
        rest = lines.pop();
        for (const one of lines) line(one);
      } catch {
        failures.push(new Invalid("form", `${name} is not UTF-8 after line ${number}`));
      }
    },
    end() {
      if (rest !== "") failures.push(new Invalid("form", `the last line of ${name} has no end`));
      if (failures.length > 0) throw failures[0];
    },
  };
}

// ---- the forms ----------------------------------------------------------------------------------------------------

function checkSignature(keys, kid, text, signature, step, wrong) {
  const key = keys.get(kid) ?? keys.get(anyKid);
  if (key === undefined) throw new Invalid("key", `there is no key "${kid}" among the public keys`);
  const bytes = Buffer.from(String(signature), "base64url");
  const written = bytes.toString("base64url") === signature;
  if (!written || !verify(null, Buffer.from(text, "utf8"), key, bytes)) throw new Invalid(step, wrong);
}

function readKeys(text, where) {
  if (text.includes("BEGIN PUBLIC KEY")) return new Map([[anyKid, ed25519(createPublicKey(text), where)]]);
  const json = parse(text, "key", where);
  const jwks = Array.isArray(json) ? json : Array.isArray(json.keys) ? json.keys : [json];
  return new Map(
    jwks.map((jwk) => {
      try {
        return [String(jwk.kid ?? anyKid), ed25519(createPublicKey({ key: jwk, format: "jwk" }), where)];
      } catch (error) {
        throw error instanceof Invalid ? error : new Invalid("key", `${where}: ${error.message}`);
      }
    }),
  );
}

function ed25519(key, where) {
  if (key.asymmetricKeyType !== "ed25519") throw new Invalid("key", `${where}: a key is not of Ed25519`);
  return key;
}

function parse(text, step, where) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Invalid(step, `${where} is not JSON`);
  }
  if (value === null || typeof value !== "object") throw new Invalid(step, `${where} is no JSON object`);
  return value;
}

function exactly(value, fields, step, where) {
  const found = Object.keys(value).sort();
  if (found.join() !== [...fields].sort().join()) {
    throw new Invalid(step, `${where} has the fields ${found.join(", ")}, and should have ${fields.join(", ")}`);
  }
}

// RFC 8785: keys in the order of their UTF-16 code units, numbers and strings as JSON.stringify writes them.
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${fields.join(",")}}`;
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

function readArguments() {
  try {
    const parsed = parseArgs({ allowPositionals: true, options: { key: { type: "string" } } });
    if (parsed.positionals.length === 1) return parsed;
  } catch (error) {
    throw new Misuse(error.message);
  }
  throw new Misuse("Name one bundle.");
}

main().catch((error) => {
  if (error instanceof Misuse || error.code === "ENOENT") {
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  if (!(error instanceof Invalid)) throw error;
  console.error(`not valid: ${error.step}: ${error.message}`);
  process.exitCode = 1;
});
