/** The proof that a bet stands in the sealed ledger, and the check that all seals still hold. */
import { createPublicKey } from "node:crypto";
import type { Database } from "@pitboss/db/kernel/pool";
import { readSealed, type SealedSlice } from "@pitboss/db/wallet/read-sealed";
import { findSealOfBatch, listSealKeys, listSeals } from "@pitboss/db/wallet/seal-store";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { leafHash, merkleRoot } from "@pitboss/domain/wallet/merkle";
import { checkSealChain, leafBytes, type PublicKeys, type Seal } from "@pitboss/domain/wallet/seal";
import { buildReceipt, type Receipt } from "@pitboss/domain/wallet/seal-receipt";
import { batchOf } from "@pitboss/domain/wallet/transaction-id";
import type { SteadySession } from "../ops/steady-session.ts";
import { sealLimits } from "./seal-ledger.ts";

export interface ReceiptContext {
  readonly db: Database;
  readonly session: SteadySession;
}

/** Rebuilds the seal's tree from the ledger as it is now; should it differ from what was sealed, that is an error. */
export async function buildBetReceipt(
  { db, session }: ReceiptContext,
  betId: bigint,
): Promise<Result<Receipt, Failure<"RECEIPT_NOT_READY" | "BET_NOT_FOUND">>> {
  const seal = await findSealOfBatch(db, batchOf(betId));
  if (seal === undefined) return err("RECEIPT_NOT_READY");
  const slice = await session.use((open) => readSealed(open, rangeOf(seal), sealLimits));
  const index = slice.ids.indexOf(betId);
  const transaction = slice.transactions[index];
  if (transaction === undefined) return err("BET_NOT_FOUND");
  if (rootOf(slice) !== seal.root) throw new Error(`the ledger no longer matches seal ${seal.number}`);
  return ok(buildReceipt(transaction, index, hashesOf(slice), seal));
}

export interface SealsChecked {
  readonly seals: number;
  readonly transactions: number;
  /** The first seal that does not hold, and why; absent where all do. */
  readonly broken?: { readonly number: string; readonly step: string };
}

/** Computes every seal again from the ledger, and checks the chain and the signatures. */
export async function verifySeals({ db, session }: ReceiptContext): Promise<SealsChecked> {
  const keys = await readPublicKeys(db);
  let seals = 0;
  let transactions = 0;
  let before: Seal | undefined;
  for (;;) {
    const page = await listSeals(db, BigInt(before?.number ?? 0), 100);
    if (page.length === 0) return { seals, transactions };
    const chain = checkSealChain(before === undefined ? page : [before, ...page], keys);
    if (!chain.ok) return { seals, transactions, broken: { number: chain.number, step: chain.step } };
    for (const seal of page) {
      const slice = await session.use((open) => readSealed(open, rangeOf(seal), sealLimits));
      if (slice.transactions.length !== seal.leafCount || rootOf(slice) !== seal.root) {
        return { seals, transactions, broken: { number: seal.number, step: "root" } };
      }
      seals += 1;
      transactions += seal.leafCount;
    }
    before = page.at(-1);
  }
}

async function readPublicKeys(db: Database): Promise<PublicKeys> {
  const jwks = await listSealKeys(db);
  return new Map(jwks.map((jwk) => [jwk["kid"] ?? "", createPublicKey({ key: jwk, format: "jwk" })]));
}

function rangeOf(seal: Seal): { after: bigint; upTo: bigint } {
  return { after: BigInt(seal.fromPosition) - 1n, upTo: BigInt(seal.toPosition) };
}

function hashesOf(slice: SealedSlice): Uint8Array[] {
  return slice.transactions.map((transaction) => leafHash(leafBytes(transaction)));
}

function rootOf(slice: SealedSlice): string | undefined {
  if (slice.transactions.length === 0) return undefined;
  return Buffer.from(merkleRoot(hashesOf(slice))).toString("hex");
}
