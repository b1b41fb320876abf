/**
 * Seals: every so often the house makes a Merkle tree over the transactions committed since the last seal, signs its
 * root with Ed25519 and publishes the result. Each seal names the hash of the one before, so that no transaction can be
 * changed, added or left out later without all seals since then being different from the published ones.
 *
 * The formats are those of `docs/verify/README.md`, where a stand-alone verifier reads them; a change here that alters a
 * byte of them needs a new format name.
 */
import { hash, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import { canonicalJson, type JsonValue } from "../kernel/json.ts";
import { assert } from "../kernel/result.ts";
import { merkleRoot } from "./merkle.ts";

/** A committed transaction with all its fields, as text: ids as people see them, amounts as decimal strings. */
export interface SealedTransaction {
  readonly id: string;
  readonly type: string;
  readonly requestId: string | null;
  readonly playerId: string | null;
  /** What the transaction is about, by kind: `{ "bet": "bet_8cd", "round": "…" }`. */
  readonly references: Readonly<Record<string, string>>;
  readonly traceId: string;
  /** ISO 8601 in UTC with `Z`. It is sealed as this text, so it has to be written the same way each time. */
  readonly occurredAt: string;
  readonly actor: string | null;
  readonly details: JsonValue;
  readonly postings: readonly SealedPosting[];
}

export interface SealedPosting {
  readonly account: string;
  readonly currency: string;
  /** Signed, in units of the currency; the postings of a transaction sum to zero in each. */
  readonly amount: string;
  readonly balanceAfter: string;
}

const digestForm = z.string().regex(/^[0-9a-f]{64}$/);
const positionForm = z.string().regex(/^(0|[1-9][0-9]{0,18})$/);

/** A seal as it is published. Numbers that can outgrow 53 bits are decimal strings. */
export const sealSchema = z.strictObject({
  /** From 1, without a gap. */
  number: positionForm,
  /** Places in the ledger's commit order, both included; the next seal begins where this one ends. */
  fromPosition: positionForm,
  toPosition: positionForm,
  leafCount: z.int().min(1),
  /** Root of the Merkle tree over `leafBytes` of the transactions in commit order, hexadecimal. */
  root: digestForm,
  /** `sealHash` of the seal before; 64 zeros in the first. */
  previous: digestForm,
  sealedAt: z.iso.datetime(),
  /** The key that signed; the house publishes its public part under this name. */
  kid: z.string().min(1).max(128),
  /** Ed25519 over `signingBytes`, in base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});

export type Seal = Readonly<z.infer<typeof sealSchema>>;
export type UnsignedSeal = Omit<Seal, "signature">;

const firstPrevious = "0".repeat(64);

// What is signed starts with words of its own, so that no other document signed by the same key can pass for a seal.
const signingPrefix = "pitboss-ledger-seal-v1\n";

/**
 * The bytes that stand for a transaction in the tree: its canonical JSON (RFC 8785) in UTF-8. The keys are written here
 * in their order, which takes a quarter of the time of sorting them anew for each transaction; a test holds that the
 * text is the same.
 */
export function leafBytes(transaction: SealedTransaction): Uint8Array {
  return Buffer.from(leafText(transaction), "utf8");
}

function leafText(transaction: SealedTransaction): string {
  const { id, type, requestId, playerId, references, traceId, occurredAt, actor, details } = transaction;
  const postings = transaction.postings.map(
    ({ account, currency, amount, balanceAfter }) =>
      `{"account":${text(account)},"amount":${text(amount)},"balanceAfter":${text(balanceAfter)},"currency":${text(currency)}}`,
  );
  return (
    `{"actor":${text(actor)},"details":${canonicalJson(details)},"id":${text(id)},"occurredAt":${text(occurredAt)},` +
    `"playerId":${text(playerId)},"postings":[${postings.join(",")}],"references":${canonicalJson(references)},` +
    `"requestId":${text(requestId)},"traceId":${text(traceId)},"type":${text(type)}}`
  );
}

function text(value: string | null): string {
  return value === null ? "null" : JSON.stringify(value);
}

export function signingBytes(seal: UnsignedSeal): Uint8Array {
  return Buffer.from(signingPrefix + canonicalJson(signedFields(seal)), "utf8");
}

/** SHA-256 over the canonical JSON of the whole seal, its signature included; what the next seal names. */
export function sealHash(seal: Seal): string {
  return hash("sha256", canonicalJson({ ...signedFields(seal), signature: seal.signature }));
}

export interface SealInput {
  /** The seal before this one, or null for the first. */
  readonly previous: Seal | null;
  readonly fromPosition: bigint;
  readonly toPosition: bigint;
  /** `leafHash(leafBytes(transaction))` of the transactions in commit order. */
  readonly leafHashes: readonly Uint8Array[];
  readonly sealedAt: string;
  readonly kid: string;
  /** Ed25519. */
  readonly privateKey: KeyObject;
}

export function makeSeal(input: SealInput): Seal {
  assert(input.privateKey.asymmetricKeyType === "ed25519", "seals are signed with Ed25519");
  assert(input.fromPosition <= input.toPosition, "a seal covers at least one position");
  assert(input.leafHashes.length > 0, "a seal covers at least one transaction");
  const { previous } = input;
  if (previous !== null) {
    assert(BigInt(previous.toPosition) + 1n === input.fromPosition, "a seal begins where the one before it ends");
  }
  const unsigned: UnsignedSeal = {
    number: previous === null ? "1" : `${BigInt(previous.number) + 1n}`,
    fromPosition: `${input.fromPosition}`,
    toPosition: `${input.toPosition}`,
    leafCount: input.leafHashes.length,
    root: Buffer.from(merkleRoot(input.leafHashes)).toString("hex"),
    previous: previous === null ? firstPrevious : sealHash(previous),
    sealedAt: input.sealedAt,
    kid: input.kid,
  };
  return { ...unsigned, signature: sign(null, signingBytes(unsigned), input.privateKey).toString("base64") };
}

export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** The step at which a check of a seal stopped, in the order in which they are taken; undefined where all hold. */
export function checkSignature(seal: Seal, publicKeys: PublicKeys): "key" | "signature" | undefined {
  const key = publicKeys.get(seal.kid);
  if (key?.asymmetricKeyType !== "ed25519") return "key";
  const signature = Buffer.from(seal.signature, "base64");
  // Base64 has spare bits at its end, which would let one signature be written in several ways.
  const written = signature.toString("base64") === seal.signature;
  return written && verify(null, signingBytes(seal), key, signature) ? undefined : "signature";
}

export type ChainCheck =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly number: string;
      readonly step: "key" | "signature" | "number" | "positions" | "previous";
    };

/**
 * Checks that seals, in order, are signed and follow each other without a gap. Where they begin with number 1 the chain
 * is whole; otherwise the hash that the first of them names is taken as given.
 */
export function checkSealChain(seals: readonly Seal[], publicKeys: PublicKeys): ChainCheck {
  let before: Seal | undefined;
  for (const seal of seals) {
    const step = checkSignature(seal, publicKeys) ?? checkLink(before, seal);
    if (step !== undefined) return { ok: false, number: seal.number, step };
    before = seal;
  }
  return { ok: true };
}

function checkLink(before: Seal | undefined, seal: Seal): "number" | "positions" | "previous" | undefined {
  if (before === undefined) return seal.number === "1" && seal.previous !== firstPrevious ? "previous" : undefined;
  if (BigInt(seal.number) !== BigInt(before.number) + 1n) return "number";
  if (BigInt(seal.fromPosition) !== BigInt(before.toPosition) + 1n) return "positions";
  return seal.previous === sealHash(before) ? undefined : "previous";
}

// Exactly the named fields are taken, here and above: a property that a caller's object has besides them is never sealed.

function signedFields(seal: UnsignedSeal): UnsignedSeal {
  const { number, fromPosition, toPosition, leafCount, root, previous, sealedAt, kid } = seal;
  return { number, fromPosition, toPosition, leafCount, root, previous, sealedAt, kid };
}
