import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inclusionPath, leafHash, merkleRoot, rootFromPath } from "./merkle.ts";

const hex = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Buffer.from(bytes).toString("hex"));
const sha256 = (...parts: readonly Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** RFC 6962 §2.1 as it is written, by recursion on the largest power of two below n. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

/** RFC 6962 §2.1.1 as it is written. */
function pathByDefinition(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  if (index < split) return [...pathByDefinition(index, left), rootByDefinition(right)];
  return [...pathByDefinition(index - split, right), rootByDefinition(left)];
}

const leafList = fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 70 });

describe("the Merkle tree", () => {
  test("has the roots of Certificate Transparency's own test leaves", () => {
    const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf, "hex")));
    expect(leaves.map((_, index) => hex(merkleRoot(hashes.slice(0, index + 1))))).toEqual([
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]);
    expect(hex(merkleRoot([]))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  test("is the tree of RFC 6962's definition, at every size", () => {
    fc.assert(
      fc.property(leafList, (leaves) => {
        const hashes = leaves.map(leafHash);
        expect(hex(merkleRoot(hashes))).toBe(hex(rootByDefinition(leaves)));
        for (const index of leaves.keys()) {
          expect(inclusionPath(hashes, index).map(hex)).toEqual(pathByDefinition(index, leaves).map(hex));
        }
      }),
      { numRuns: 40 },
    );
  });

  test("leads from every leaf by its path to the root", () => {
    fc.assert(
      fc.property(leafList, (leaves) => {
        const hashes = leaves.map(leafHash);
        const root = hex(merkleRoot(hashes));
        for (const [index, leaf] of hashes.entries()) {
          expect(hex(rootFromPath(leaf, index, hashes.length, inclusionPath(hashes, index)))).toBe(root);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("does not get to the root from another leaf, place or path", () => {
    const changes = fc.constantFrom("leaf", "index", "path", "shorter", "longer");
    fc.assert(
      fc.property(leafList, fc.nat(), fc.nat(), changes, (leaves, at, bit, change) => {
        // Equal leaves would make an index ambiguous, so each one carries its place.
        const hashes = leaves.map((leaf, index) => leafHash(Uint8Array.of(index, ...leaf)));
        const index = at % hashes.length;
        const path = inclusionPath(hashes, index);
        if (change === "shorter" && path.length === 0) return;
        if ((change === "index" || change === "path") && hashes.length === 1) return;
        const flip = (bytes: Uint8Array | undefined) =>
          Uint8Array.from(bytes ?? [], (byte, place) => (place === bit % 32 ? byte ^ (1 << (bit % 8)) : byte));
        const leaf = change === "leaf" ? flip(hashes[index]) : (hashes[index] ?? new Uint8Array());
        const place = change === "index" ? (index + 1 + (bit % (hashes.length - 1))) % hashes.length : index;
        const changed =
          change === "path"
            ? path.with(bit % path.length, flip(path[bit % path.length]))
            : change === "shorter"
              ? path.slice(1)
              : change === "longer"
                ? [...path, hashes[0] ?? new Uint8Array()]
                : path;
        expect(hex(rootFromPath(leaf, place, hashes.length, changed))).not.toBe(hex(merkleRoot(hashes)));
      }),
      { numRuns: 300 },
    );
  });

  test("takes no index outside the tree", () => {
    const hashes = [leafHash(Uint8Array.of(1)), leafHash(Uint8Array.of(2))];
    const leaf = hashes[0] ?? new Uint8Array();
    for (const [index, size] of [
      [-1, 2],
      [2, 2],
      [0.5, 2],
      [0, 0],
      [Number.NaN, 2],
    ] as const) {
      expect(rootFromPath(leaf, index, size, inclusionPath(hashes, 0))).toBeUndefined();
    }
    expect(() => inclusionPath(hashes, 2)).toThrow();
  });
});
