#!/usr/bin/env node
// Computes a round of a built-in game again from its seeds and compares. The formulas stand in README.md.
// Exit codes: 0 the proof is valid, 1 it is not (the step that failed is named), 2 the command can't be run so.
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const usage = `Usage: node verify-round.mjs <proof.json> [--seed-hash <sha256>]

  <proof.json>  the proof of a round, as the house hands it out once the server seed is retired, a list of proofs, or
                an object with a list named "proofs"
  --seed-hash   the hash that was shown to you before you bet; without it the one in the proof is taken`;

class Invalid extends Error {
  constructor(step, detail) {
    super(detail);
    this.step = step;
  }
}

class Misuse extends Error {}

function main() {
  const { file, seedHash } = readArguments();
  const proofs = readProofs(file);
  for (const proof of proofs) for (const line of checkProof(proof, seedHash)) console.log(`ok  ${line}`);
  console.log(proofs.length === 1 ? "valid" : `valid: all ${proofs.length} rounds`);
}

function checkProof(proof, seedHash) {
  checkFields("the proof", proof, proofForm);
  checkFields("the stake", proof.stake, stakeForm);
  proof.selection.forEach((placed, index) => checkFields(`position ${index}`, placed, placedForm));

  const hash = createHash("sha256").update(proof.serverSeed, "hex").digest("hex");
  if (hash !== proof.serverSeedHash) {
    throw new Invalid("seed", `the server seed's SHA-256 is ${hash}, not the published one`);
  }
  if (seedHash !== undefined && hash !== seedHash) {
    throw new Invalid("seed", "the proof is of another server seed than the one whose hash you gave");
  }

  const game = games[proof.gameId];
  const decimals = decimalsOf(proof.stake.amount);
  const stake = minorUnits(proof.stake.amount, decimals, "selection");
  const selection = proof.selection.map((placed) => ({
    ...placed,
    stake: minorUnits(placed.stake, decimals, "selection"),
  }));
  checkSelection(proof, game, selection, stake);

  const { result, payout } = game.play(selection, stake, drawsOf(proof));
  if (canonical(result) !== canonical(proof.result)) {
    throw new Invalid("outcome", `the seeds give ${canonical(result)}, and the proof says ${canonical(proof.result)}`);
  }
  if (payout !== minorUnits(proof.payout, decimals, "payout")) {
    throw new Invalid("payout", `the outcome pays ${inUnits(payout, decimals)}, and the proof says ${proof.payout}`);
  }
  const { amount, currency } = proof.stake;
  return [
    `seed     ${hash}${seedHash === undefined ? " (compare it with the hash shown to you before you bet)" : ""}`,
    `outcome  nonce ${proof.nonce}: ${canonical(result)}`,
    `payout   ${proof.payout} ${currency} for ${amount} ${currency}`,
  ];
}

// ---- draws --------------------------------------------------------------------------------------------------------

/** Uniform whole numbers below a bound, from the HMAC blocks of this round, in order. */
function drawsOf({ serverSeed, clientSeed, nonce }) {
  let words = [];
  let cursor = 0;
  const nextWord = () => {
    if (words.length === 0) {
      const hmac = createHmac("sha256", Buffer.from(serverSeed, "hex"));
      const block = hmac.update(`${clientSeed}:${nonce}:${cursor}`, "utf8").digest();
      words = Array.from({ length: 8 }, (_, index) => block.readUInt32BE(4 * index));
      cursor += 1;
    }
    return words.shift();
  };
  return (bound) => {
    const usable = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const word = nextWord();
      if (word < usable) return word % bound;
    }
  };
}

// ---- games --------------------------------------------------------------------------------------------------------
// Each has a check of a position and `play`: from the selection (stakes in minor units) and the draws to what is shown
// and to the gross payout in minor units. Division of BigInts rounds down.

const redNumbers = new Set([1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36]);

/** The pockets of a roulette position, or undefined where there is no such position. */
function pocketsOf(market, value) {
  const all = Array.from({ length: 36 }, (_, index) => index + 1);
  const outside = {
    "dozen 1": (n) => n <= 12,
    "dozen 2": (n) => n > 12 && n <= 24,
    "dozen 3": (n) => n > 24,
    "column 1": (n) => n % 3 === 1,
    "column 2": (n) => n % 3 === 2,
    "column 3": (n) => n % 3 === 0,
    "red_black red": (n) => redNumbers.has(n),
    "red_black black": (n) => !redNumbers.has(n),
    "even_odd even": (n) => n % 2 === 0,
    "even_odd odd": (n) => n % 2 === 1,
    "low_high low": (n) => n <= 18,
    "low_high high": (n) => n > 18,
  };
  const covers = Object.hasOwn(outside, `${market} ${value}`) ? outside[`${market} ${value}`] : undefined;
  if (covers !== undefined) return all.filter(covers);

  if (!/^\d{1,2}(-\d{1,2})*$/.test(value)) return undefined;
  const numbers = value.split("-").map(Number);
  const [first] = numbers;
  const row = first % 3 === 1 ? 3 : 0; // a street starts at 1, 4, 7, …
  const shapes = {
    straight: [[first]],
    split:
      first === 0
        ? [
            [0, 1],
            [0, 2],
            [0, 3],
          ]
        : [[first, first + 3], ...(first % 3 === 0 ? [] : [[first, first + 1]])],
    street:
      first === 0
        ? [
            [0, 1, 2],
            [0, 2, 3],
          ]
        : row === 0
          ? []
          : [[first, first + 1, first + 2]],
    corner: first === 0 ? [[0, 1, 2, 3]] : first % 3 === 0 ? [] : [[first, first + 1, first + 3, first + 4]],
    six_line: row === 0 ? [] : [[first, first + 1, first + 2, first + 3, first + 4, first + 5]],
  };
  if (!Object.hasOwn(shapes, market)) return undefined;
  const pockets = shapes[market].find((shape) => shape.join("-") === value);
  return pockets?.every((number) => number <= 36) ? pockets : undefined;
}

const machine = {
  reels: [
    "jack clover queen king ace chip queen clover king queen jack seven ace clover bell ace queen jack crown bell jack king clover jack king queen bell jack king ace",
    "clover jack wild chip jack king queen seven ace queen king jack ace crown king bell queen jack bell queen clover ace wild king crown clover ace jack bell queen",
    "king queen chip ace bell wild king crown jack clover king wild clover jack chip queen ace jack seven crown queen bell king clover ace bell wild queen ace jack",
    "chip wild ace bell clover king jack crown wild queen bell ace king queen ace bell queen jack king clover seven ace jack wild king crown clover jack queen clover",
    "king ace seven jack bell crown queen ace chip jack clover queen ace clover queen king crown jack bell king queen clover king jack ace queen seven bell jack chip",
  ].map((reel) => reel.split(" ")),
  lines: (
    "11111 00000 22222 01210 21012 00122 22100 10001 12221 01110 " +
    "21112 10121 12101 01010 21212 11011 11211 00200 22022 02120"
  )
    .split(" ")
    .map((rows) => [...rows].map(Number)),
  pays: {
    seven: [50, 300, 10000],
    crown: [40, 150, 1500],
    bell: [30, 100, 500],
    clover: [20, 75, 250],
    ace: [10, 30, 125],
    king: [10, 25, 100],
    queen: [5, 20, 75],
    jack: [5, 15, 50],
  },
  chips: [0, 0, 0, 2, 15, 250],
};

function hundredths(text) {
  if (!/^(0|[1-9]\d{0,4})\.\d\d$/.test(text)) return undefined;
  return BigInt(text.replace(".", ""));
}

const games = {
  pitboss_roulette: {
    positionsMax: 157,
    isPosition: (market, value) => pocketsOf(market, value) !== undefined,
    play(selection, _stake, below) {
      const number = below(37);
      const wins = selection.filter(({ market, value }) => pocketsOf(market, value).includes(number));
      const color = number === 0 ? "green" : redNumbers.has(number) ? "red" : "black";
      return {
        result: { number, color, wins: wins.map(({ market, value }) => ({ market, value })) },
        payout: wins.reduce(
          (sum, { market, value, stake }) => sum + (stake * 36n) / BigInt(pocketsOf(market, value).length),
          0n,
        ),
      };
    },
  },

  pitboss_dice: {
    positionsMax: 1,
    isPosition(market, value) {
      const target = hundredths(value);
      if (target === undefined || (market !== "under" && market !== "over")) return false;
      const winning = market === "under" ? target : 9999n - target;
      return winning >= 1n && winning <= 9800n;
    },
    play([{ market, value }], stake, below) {
      const target = hundredths(value);
      const roll = BigInt(below(10000));
      const won = market === "under" ? roll < target : roll > target;
      const winning = market === "under" ? target : 9999n - target;
      return { result: { roll: inUnits(roll, 2), won }, payout: won ? (stake * 9900n) / winning : 0n };
    },
  },

  pitboss_crash: {
    positionsMax: 1,
    isPosition(market, value) {
      const target = hundredths(value);
      return market === "auto_cashout" && target !== undefined && target >= 101n && target <= 1000000n;
    },
    play([{ value }], stake, below) {
      const target = hundredths(value);
      const reached = 99000000000n / (BigInt(below(1000000000)) + 1n);
      const crashPoint = reached < 100n ? 100n : reached;
      const won = crashPoint >= target;
      return { result: { crashPoint: inUnits(crashPoint, 2), won }, payout: won ? (stake * target) / 100n : 0n };
    },
  },

  pitboss_slot: {
    positionsMax: 1,
    isPosition: (market, value) => market === "lines" && value === "20",
    play(_selection, stake, below) {
      const stops = machine.reels.map((reel) => below(reel.length));
      const window = [0, 1, 2].map((row) =>
        machine.reels.map((reel, index) => reel[(stops[index] + row) % reel.length]),
      );
      const wins = [];
      machine.lines.forEach((line, index) => {
        const symbols = line.map((row, reel) => window[row][reel]);
        const [symbol] = symbols;
        let count = 1;
        while (count < 5 && (symbols[count] === symbol || symbols[count] === "wild")) count += 1;
        const pays = machine.pays[symbol]?.[count - 3];
        if (pays !== undefined) wins.push({ line: index + 1, symbol, count, pays });
      });
      const chips = window.flat().filter((symbol) => symbol === "chip").length;
      const scatterPays = machine.chips[chips];
      const lineStakes = wins.reduce((sum, { pays }) => sum + pays, 20 * scatterPays);
      return { result: { stops, window, wins, chips, scatterPays }, payout: (stake * BigInt(lineStakes)) / 20n };
    },
  },
};

function checkSelection(proof, game, selection, stake) {
  const names = new Set();
  for (const { market, value, stake: part } of selection) {
    if (!game.isPosition(market, value))
      throw new Invalid("selection", `${proof.gameId} has no position ${market} ${value}`);
    if (part <= 0n) throw new Invalid("selection", `there is no stake on ${market} ${value}`);
    names.add(`${market} ${value}`);
  }
  if (names.size !== selection.length) throw new Invalid("selection", "a position is named twice");
  if (selection.length < 1 || selection.length > game.positionsMax)
    throw new Invalid("selection", "there are too many positions, or none");
  if (selection.reduce((sum, placed) => sum + placed.stake, 0n) !== stake) {
    throw new Invalid("selection", "the stakes on the positions do not sum to the stake of the bet");
  }
}

// ---- amounts ------------------------------------------------------------------------------------------------------

function decimalsOf(amount) {
  return amount.split(".")[1]?.length ?? 0;
}

/** All amounts of a proof are written with all decimals of the currency, so they have the same number of them. */
function minorUnits(amount, decimals, step) {
  if (decimalsOf(amount) !== decimals) throw new Invalid(step, `${amount} has not as many decimals as the stake`);
  return BigInt(amount.replace(".", ""));
}

function inUnits(minor, decimals) {
  const digits = minor.toString().padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Equal values have one text: keys in order, no white space. */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

// ---- the form -----------------------------------------------------------------------------------------------------

const isText = (value) => typeof value === "string";
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isDigest = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isAmount = (value) => isText(value) && /^(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/.test(value);

const proofForm = {
  format: (value) => value === "pitboss-round-v1",
  gameId: (value) => isText(value) && Object.hasOwn(games, value),
  rulesVersion: (value) => value === 1,
  serverSeedHash: isDigest,
  serverSeed: isDigest,
  clientSeed: (value) => isText(value) && /^[\x20-\x7e]{1,64}$/.test(value),
  nonce: (value) => Number.isSafeInteger(value) && value >= 0,
  stake: isObject,
  selection: Array.isArray,
  result: isObject,
  payout: isAmount,
};
const stakeForm = { amount: isAmount, currency: (value) => isText(value) && /^[A-Z]{3,5}$/.test(value) };
const placedForm = { market: isText, value: isText, stake: isAmount };

/** Every field of the form and no other: what nobody checks must not stand beside what is checked. */
function checkFields(name, value, form) {
  if (!isObject(value)) throw new Invalid("form", `${name} is not an object`);
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(form, key))
      throw new Invalid("form", `${name} has a field "${key}", which is none of the format's`);
  }
  for (const [key, isRight] of Object.entries(form)) {
    if (!Object.hasOwn(value, key)) throw new Invalid("form", `${name} has no field "${key}"`);
    if (!isRight(value[key]))
      throw new Invalid("form", `the field "${key}" of ${name} is not of its form, or not known here`);
  }
}

// ---- arguments and files ------------------------------------------------------------------------------------------

function readArguments() {
  const options = { "seed-hash": { type: "string" }, help: { type: "boolean" } };
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
  const seedHash = parsed.values["seed-hash"]?.toLowerCase();
  if (seedHash !== undefined && !isDigest(seedHash)) throw new Misuse("--seed-hash takes 64 hexadecimal digits");
  return { file, seedHash };
}

function readProofs(file) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Misuse(`${file} can't be read: ${cause.code ?? cause.message}`);
  }
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Invalid("form", `${file} is not JSON`);
  }
  const proofs = Array.isArray(read) ? read : isObject(read) && Array.isArray(read.proofs) ? read.proofs : [read];
  if (proofs.length === 0) throw new Invalid("form", "the list of proofs is empty");
  return proofs;
}

try {
  main();
} catch (error) {
  if (error instanceof Misuse) console.error(`${error.message}\n\n${usage}`);
  else if (error instanceof Invalid) console.error(`invalid: ${error.step}: ${error.message}`);
  else throw error;
  process.exitCode = error instanceof Misuse ? 2 : 1;
}
