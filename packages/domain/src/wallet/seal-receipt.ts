/**
 * Receipts: the proof that a transaction, with every one of its fields, is in the ledger that the house sealed. Whoever
 * has the house's public key can check one with no connection to anything (`docs/verify/verify-receipt.mjs`).
 */
import { z } from "zod";
import { assert } from "../kernel/result.ts";
import { inclusionPath, leafHash, rootFromPath } from "./merkle.ts";
import {
  checkSignature,
  leafBytes,
  type PublicKeys,
  type Seal,
  type SealedPosting,
  type SealedTransaction,
  sealSchema,
} from "./seal.ts";

const text = z.string();
const decimal = z.string().regex(/^-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/);

const receiptSchema = z.strictObject({
  format: z.literal("pitboss-receipt-v1"),
  transaction: z.strictObject({
    id: text,
    type: text,
    requestId: text.nullable(),
    playerId: text.nullable(),
    references: z.record(text, text),
    traceId: text,
    occurredAt: z.iso.datetime(),
    actor: text.nullable(),
    details: z.json(),
    postings: z.array(z.strictObject({ account: text, currency: text, amount: decimal, balanceAfter: decimal })),
  }),
  /** The transaction's place among the seal's leaves, from 0. */
  leafIndex: z.int().min(0),
  /** Hashes from the leaf's sibling up to a child of the root, hexadecimal. */
  path: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(64),
  seal: sealSchema,
});

export interface Receipt {
  readonly format: "pitboss-receipt-v1";
  readonly transaction: SealedTransaction;
  readonly leafIndex: number;
  readonly path: readonly string[];
  readonly seal: Seal;
}

/** `leafHashes` are those that the seal was made of, in order; the transaction has to be the one at `leafIndex`. */
export function buildReceipt(
  transaction: SealedTransaction,
  leafIndex: number,
  leafHashes: readonly Uint8Array[],
  seal: Seal,
): Receipt {
  const own = leafHashes[leafIndex];
  assert(leafHashes.length === seal.leafCount, "the leaves are those of the seal");
  assert(
    own !== undefined && Buffer.compare(own, leafHash(leafBytes(transaction))) === 0,
    "the leaf is the transaction's",
  );
  return {
    format: "pitboss-receipt-v1",
    transaction,
    leafIndex,
    path: inclusionPath(leafHashes, leafIndex).map((sibling) => Buffer.from(sibling).toString("hex")),
    seal,
  };
}

/**
 * `form`: not a receipt, or one with fields that a receipt has not. `inclusion`: the transaction does not lead to the
 * seal's root. `key`: no such public key. `signature`: the seal is not what the key signed. `postings`: sealed, and yet
 * the transaction's postings do not sum to zero in each currency.
 */
export type ReceiptStep = "form" | "inclusion" | "key" | "signature" | "postings";

export type ReceiptCheck =
  | { readonly ok: true; readonly receipt: Receipt }
  | { readonly ok: false; readonly step: ReceiptStep; readonly detail: string };

/** Checks in the order of the steps and stops at the first that fails. Never throws, whatever it is given. */
export function verifyReceipt(raw: unknown, publicKeys: PublicKeys): ReceiptCheck {
  const read = receiptSchema.safeParse(raw);
  if (!read.success) return failed("form", z.prettifyError(read.error));
  // People are shown what was sent, so that is what is hashed, and not the schema's copy: zod drops a key that is named
  // __proto__ from a record.
  const receipt = raw as Receipt;
  const { transaction, leafIndex, path, seal } = receipt;
  const leaf = leafHash(leafBytes(transaction));
  const siblings = path.map((sibling) => Buffer.from(sibling, "hex"));
  const root = rootFromPath(leaf, leafIndex, seal.leafCount, siblings);
  if (root === undefined) return failed("inclusion", "The path has not the length of this place in such a tree.");
  if (Buffer.from(root).toString("hex") !== seal.root) {
    return failed("inclusion", "The transaction and its path do not lead to the seal's root.");
  }
  const step = checkSignature(seal, publicKeys);
  if (step === "key") return failed("key", `There is no Ed25519 key "${seal.kid}" among the public keys.`);
  if (step === "signature") return failed("signature", "The signature is not the key's over this seal.");
  const unbalanced = unbalancedCurrency(transaction.postings);
  if (unbalanced !== undefined) return failed("postings", `The postings in ${unbalanced} do not sum to zero.`);
  return { ok: true, receipt };
}

function failed(step: ReceiptStep, detail: string): ReceiptCheck {
  return { ok: false, step, detail };
}

function unbalancedCurrency(postings: readonly SealedPosting[]): string | undefined {
  const sums = new Map<string, bigint>();
  for (const { currency, amount } of postings) sums.set(currency, (sums.get(currency) ?? 0n) + scaled(amount));
  for (const [currency, sum] of sums) if (sum !== 0n) return currency;
  return undefined;
}

/** A decimal as a whole number of its 18th places, which is as many as the form allows. */
function scaled(amount: string): bigint {
  const [whole = "", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(18, "0"));
}
