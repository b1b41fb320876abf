/**
 * The chain that seals the audit log. Each entry has a hash of its own text; the chain hash of a position covers the
 * entry, its position and everything before it; a checkpoint signs one chain hash. Whoever has the rows and the public
 * key checks it all without us: docs/verify/verify-audit.mjs does the same in one file.
 */
import { createHash } from "node:crypto";
import { canonicalJson, type JsonObject } from "../kernel/json.ts";
import type { AuditEntry } from "./audit-entry.ts";

/** The chain hash before the first entry. */
export const chainStart = "0".repeat(64);

/** Hex SHA-256 of the entry's canonical JSON (RFC 8785). */
export function hashAuditEntry(entry: AuditEntry): string {
  return sha256(`pitboss-audit-entry-1\n${canonicalJson(entry as unknown as JsonObject)}`);
}

export function nextChainHash(previous: string, position: bigint, entryHash: string): string {
  return sha256(`pitboss-audit-chain-1\n${previous}\n${position}\n${entryHash}`);
}

export interface Checkpoint {
  readonly number: bigint;
  readonly position: bigint;
  readonly chainHash: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly sealedAt: string;
  readonly kid: string;
}

/** The text that is signed (Ed25519 over its UTF-8 bytes). */
export function checkpointText({ number, position, chainHash, sealedAt, kid }: Checkpoint): string {
  return `pitboss-audit-checkpoint-1\n${number}\n${position}\n${chainHash}\n${sealedAt}\n${kid}\n`;
}

export interface ChainLink {
  readonly position: bigint;
  readonly entryHash: string;
  readonly chainHash: string;
}

export type ChainBreak =
  | { readonly kind: "gap"; readonly position: bigint }
  | { readonly kind: "entry-missing"; readonly position: bigint }
  | { readonly kind: "entry-changed"; readonly position: bigint }
  | { readonly kind: "link-changed"; readonly position: bigint };

export interface ChainPoint {
  readonly position: bigint;
  readonly chainHash: string;
}

/**
 * Walks links in order from `from` and says where the first thing is wrong. `entries` gives the entry behind each link,
 * undefined where it is gone.
 */
export function walkChain(
  from: ChainPoint,
  links: readonly (ChainLink & { readonly entry: AuditEntry | undefined })[],
): { readonly end: ChainPoint; readonly broken?: ChainBreak } {
  let end = from;
  for (const link of links) {
    const position = end.position + 1n;
    if (link.position !== position) return { end, broken: { kind: "gap", position } };
    if (link.entry === undefined) return { end, broken: { kind: "entry-missing", position } };
    if (hashAuditEntry(link.entry) !== link.entryHash) return { end, broken: { kind: "entry-changed", position } };
    const chainHash = nextChainHash(end.chainHash, position, link.entryHash);
    if (chainHash !== link.chainHash) return { end, broken: { kind: "link-changed", position } };
    end = { position, chainHash };
  }
  return { end };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
