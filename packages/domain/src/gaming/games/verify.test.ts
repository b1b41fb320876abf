/**
 * The stand-alone verifier of docs/verify against proofs made by the domain: two programs that share no code agree on
 * every round, and the verifier names the step at which a tampered proof fails.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Currency } from "../../wallet/currency.ts";
import { fairDraw } from "../fairness.ts";
import { findBuiltInGame } from "./built-in-games.ts";
import { buildRoundProof, type RoundProof } from "./round-proof.ts";
import { roulettePositions } from "./roulette-positions.ts";

const script = fileURLToPath(new URL("../../../../../docs/verify/verify-round.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "verify-round-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

function run(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, out, said) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, said });
    });
  });
}

function verify(content: unknown, ...args: readonly string[]): Promise<Run> {
  files += 1;
  const file = join(folder, `${files}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return run(file, ...args);
}

function prove(gameId: string, raw: unknown, nonce: number, stake = 1000n, currency: Currency = "EUR"): RoundProof {
  const game = findBuiltInGame(gameId);
  const selection = game?.parseSelection(raw, stake, currency);
  if (game === undefined || selection?.ok !== true) throw new Error(`${gameId} takes this selection`);
  const seeds = { serverSeed: "c0ffee".padEnd(64, "0123456789abcdef"), clientSeed: "my: own seed", nonce };
  return buildRoundProof(game, seeds, selection.value, currency, game.play(selection.value, fairDraw(seeds)));
}

const rounds: readonly (readonly [string, unknown])[] = [
  [
    "pitboss_roulette",
    [
      { market: "straight", value: "17" },
      { market: "red_black", value: "red" },
      { market: "low_high", value: "high" },
    ],
  ],
  ["pitboss_dice", [{ market: "under", value: "61.37" }]],
  ["pitboss_dice", [{ market: "over", value: "23.5" }]],
  ["pitboss_crash", [{ market: "auto_cashout", value: "1.33" }]],
  ["pitboss_slot", undefined],
];

describe("verify-round", { timeout: 60_000 }, () => {
  test.each(rounds)("agrees with the domain on 1,000 rounds of %s", async (gameId, raw) => {
    const proofs = Array.from({ length: 1_000 }, (_, nonce) => prove(gameId, raw, nonce, BigInt(3 + nonce)));
    const won = proofs.filter((proof) => !/^[0.]+$/.test(proof.payout)).length;
    expect(won).toBeGreaterThan(100);
    expect(won).toBeLessThan(950);
    const { code, out, said } = await verify({ proofs }, "--seed-hash", proofs[0]?.serverSeedHash ?? "");
    expect([code, said]).toEqual([0, ""]);
    expect(out).toMatch(/\nvalid: all 1000 rounds\n$/);
  });

  test("agrees on a chip on every position of the roulette table", async () => {
    const raw = roulettePositions.map(({ market, value }) => ({ market, value }));
    const { code, said } = await verify(prove("pitboss_roulette", raw, 3, 100_003n));
    expect([code, said]).toEqual([0, ""]);
  });

  test("agrees in currencies without decimals and with eight", async () => {
    for (const currency of ["JPY", "KWD", "BTC"] as const) {
      const { code, said } = await verify(prove("pitboss_slot", undefined, 7, 777n, currency));
      expect([currency, code, said]).toEqual([currency, 0, ""]);
    }
  });

  test.each(rounds)("names the step at which a tampered proof of %s fails", async (gameId, raw) => {
    // A won round, so that a changed outcome and a changed payout are changes of what the player got.
    const nonce = Array.from({ length: 40 }, (_, index) => index).find(
      (index) => prove(gameId, raw, index).payout !== "0.00",
    );
    const proof = prove(gameId, raw, nonce ?? 0);
    const [first, ...others] = proof.selection;
    if (first === undefined) throw new Error("a proof has a selection");
    const other = gameId === "pitboss_dice" ? "pitboss_crash" : "pitboss_dice";
    const tampered: (readonly [string, unknown])[] = [
      ["form", { ...proof, format: "pitboss-round-v2" }],
      ["form", { ...proof, gameId: "pitboss_bingo" }],
      ["selection", { ...proof, gameId: other }],
      ["form", { ...proof, rulesVersion: 2 }],
      ["seed", { ...proof, serverSeedHash: "0".repeat(64) }],
      ["seed", { ...proof, serverSeed: proof.serverSeed.replace("c0ffee", "c0ffef") }],
      ["form", { ...proof, serverSeed: proof.serverSeed.toUpperCase() }],
      ["outcome", { ...proof, clientSeed: `${proof.clientSeed}!` }],
      ["form", { ...proof, clientSeed: "" }],
      ["outcome", { ...proof, nonce: proof.nonce + 1_000 }],
      ["form", { ...proof, nonce: `${proof.nonce}` }],
      ["selection", { ...proof, stake: { ...proof.stake, amount: "20.00" } }],
      ["selection", { ...proof, stake: { ...proof.stake, amount: "10" } }],
      ["form", { ...proof, stake: { ...proof.stake, currency: "euro" } }],
      ["selection", { ...proof, selection: [{ ...first, market: "corner" }, ...others] }],
      ["selection", { ...proof, selection: [{ ...first, value: "9-9" }, ...others] }],
      ["selection", { ...proof, selection: [{ ...first, stake: "0.01" }, ...others] }],
      ["selection", { ...proof, selection: [...proof.selection, first] }],
      ["selection", { ...proof, selection: [] }],
      ["outcome", { ...proof, result: { ...proof.result, extra: 1 } }],
      ["outcome", { ...proof, result: {} }],
      ["payout", { ...proof, payout: "0.00" }],
      ["payout", { ...proof, payout: `${proof.payout}0` }],
      ["form", { ...proof, payout: Number(proof.payout) }],
      ["form", { ...proof, note: "won" }],
    ];
    for (const key of Object.keys(proof.result)) {
      const value = proof.result[key];
      const changed = typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : "changed";
      tampered.push(["outcome", { ...proof, result: { ...proof.result, [key]: changed } }]);
    }
    expect((await verify(proof)).code).toBe(0);
    await Promise.all(
      tampered.map(async ([step, content]) => {
        const { code, out, said } = await verify(content);
        expect([code, said.split(":")[1]?.trim(), out, content]).toEqual([1, step, "", content]);
      }),
    );
  });

  test("fails where one proof of a list does", async () => {
    const proofs = [0, 1, 2].map((nonce) => prove("pitboss_dice", rounds[1]?.[1], nonce));
    const { code, said } = await verify(
      proofs.map((proof) => (proof.nonce === 1 ? { ...proof, payout: "1.00" } : proof)),
    );
    expect([code, said]).toEqual([1, expect.stringMatching(/^invalid: payout: /)]);
    expect(await verify([])).toMatchObject({ code: 1, said: expect.stringContaining("invalid: form") as string });
  });

  test("fails where the seed is not the one whose hash the player was shown", async () => {
    const { code, said } = await verify(prove("pitboss_dice", rounds[1]?.[1], 0), "--seed-hash", "1".repeat(64));
    expect([code, said]).toEqual([1, expect.stringMatching(/^invalid: seed: /)]);
  });

  test("finds the example of its folder valid", async () => {
    const example = new URL("../../../../../docs/verify/examples/round.json", import.meta.url);
    expect(await run(fileURLToPath(example))).toMatchObject({ code: 0, said: "" });
  });

  test("says how it is used where it can't be run so", async () => {
    const missing = join(folder, "missing.json");
    for (const args of [[], [missing], [missing, missing], [missing, "--seed-hash", "xyz"], ["--what"]]) {
      const { code, said } = await run(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(said).toContain("Usage: node verify-round.mjs");
    }
    expect(await verify("{")).toMatchObject({ code: 1, said: expect.stringContaining("invalid: form") as string });
    expect(await verify("null")).toMatchObject({ code: 1, said: expect.stringContaining("invalid: form") as string });
  });
});
