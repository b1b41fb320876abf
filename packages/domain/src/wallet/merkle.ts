/**
 * Merkle trees as Certificate Transparency has them (RFC 6962 §2.1, RFC 9162 §2.1): SHA-256, a leaf hashed behind a zero
 * byte and a node behind a one byte, so that no node can pass for a leaf. A tree of n leaves splits at the largest power
 * of two below n; level by level that is: pair from the left, and an odd one at the end goes up as it is.
 */
import { hash } from "node:crypto";
import { assert } from "../kernel/result.ts";

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export function leafHash(leaf: Uint8Array): Uint8Array {
  return hash("sha256", Buffer.concat([leafPrefix, leaf]), "buffer");
}

/** The root over the leaves' hashes in order; of no leaves, the hash of nothing. */
export function merkleRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  if (leafHashes.length === 0) return hash("sha256", Buffer.alloc(0), "buffer");
  let level = leafHashes;
  while (level.length > 1) level = levelAbove(level);
  const [root] = level;
  assert(root !== undefined, "a tree that has leaves has a root");
  return root;
}

/** The siblings from leaf `index` up to the root: what is needed to compute the root from that leaf. */
export function inclusionPath(leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  assert(Number.isInteger(index) && index >= 0 && index < leafHashes.length, "the tree has a leaf of this index");
  const path: Uint8Array[] = [];
  let level = leafHashes;
  let position = index;
  while (level.length > 1) {
    const sibling = level[position % 2 === 0 ? position + 1 : position - 1];
    if (sibling !== undefined) path.push(sibling);
    level = levelAbove(level);
    position = Math.floor(position / 2);
  }
  return path;
}

/**
 * The root that a leaf's hash, its index and its path lead to in a tree of `leafCount` leaves (RFC 9162 §2.1.3.2), or
 * undefined where the path has not the length that this place in such a tree has.
 */
export function rootFromPath(
  leaf: Uint8Array,
  index: number,
  leafCount: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(leafCount) || index < 0 || index >= leafCount)
    return undefined;
  let position = index;
  let last = leafCount - 1;
  let node = leaf;
  let used = 0;
  while (last > 0) {
    // A node that stands at the end of its level without a sibling goes up as it is.
    if (position % 2 === 1 || position < last) {
      const sibling = path[used];
      if (sibling === undefined) return undefined;
      node = position % 2 === 1 ? nodeHash(sibling, node) : nodeHash(node, sibling);
      used += 1;
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return used === path.length ? node : undefined;
}

function levelAbove(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const [left, right] = [level[index], level[index + 1]];
    assert(left !== undefined, "a level has no gaps");
    above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash("sha256", Buffer.concat([nodePrefix, left, right]), "buffer");
}
