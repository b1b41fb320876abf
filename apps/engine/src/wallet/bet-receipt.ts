/** The proof that a bet stands in the sealed ledger. */
import type { Database } from "@pitboss/db/kernel/pool";
import { readSealed, type SealedSlice } from "@pitboss/db/wallet/read-sealed";
import { findSealOfBatch } from "@pitboss/db/wallet/seal-store";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { leafHash, merkleRoot } from "@pitboss/domain/wallet/merkle";
import { leafBytes, type Seal } from "@pitboss/domain/wallet/seal";
import { buildReceipt, type Receipt } from "@pitboss/domain/wallet/seal-receipt";
import { batchOf } from "@pitboss/domain/wallet/transaction-id";
import type { SteadySession } from "../ops/steady-session.ts";

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
  const slice = await session.use((open) => readSealed(open, rangeOf(seal)));
  const index = slice.ids.indexOf(betId);
  const transaction = slice.transactions[index];
  if (transaction === undefined) return err("BET_NOT_FOUND");
  if (rootOf(slice) !== seal.root) throw new Error(`the ledger no longer matches seal ${seal.number}`);
  return ok(buildReceipt(transaction, index, hashesOf(slice), seal));
}

export function rangeOf(seal: Seal): { after: bigint; upTo: bigint } {
  return { after: BigInt(seal.fromPosition) - 1n, upTo: BigInt(seal.toPosition) };
}

function hashesOf(slice: SealedSlice): Uint8Array[] {
  return slice.transactions.map((transaction) => leafHash(leafBytes(transaction)));
}

export function rootOf(slice: SealedSlice): string | undefined {
  if (slice.transactions.length === 0) return undefined;
  return Buffer.from(merkleRoot(hashesOf(slice))).toString("hex");
}
