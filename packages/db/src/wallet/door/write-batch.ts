/**
 * Appends what a batch decided: one set-based statement a table, all queued at once, COMMIT last. Nothing is
 * acknowledged before this returns. A statement that fails takes the whole batch with it.
 */
import type { WalletState } from "@pitboss/domain/wallet/book";
import { currencies } from "@pitboss/domain/wallet/currency";
import { walletKinds } from "@pitboss/domain/wallet/ledger-codes";
import { batchOf } from "@pitboss/domain/wallet/transaction-id";
import { gateInserts } from "../../risk/gate-rows.ts";
import type { Session, Statement } from "../../kernel/session.ts";
import type { Batch, RefusedCommand } from "./batch.ts";
import { betInserts, denialInsert, ledgerInserts, requestInserts, walletInsert } from "./batch-inserts.ts";

const insertOutbox: Statement = {
  name: "insert-outbox",
  text: "INSERT INTO outbox (batch, transactions, events) VALUES ($1::bigint, $2::integer, $3::jsonb)",
};
const commit: Statement = { name: "commit", text: "COMMIT" };

/** The commit did not happen although every statement went through; the transaction was rolled back. */
export class CommitRefusedError extends Error {}

export async function writeBatch(session: Session, batch: Batch): Promise<void> {
  await writeNewWallets(session, batch);
  const denialIds = await writeDenials(session, batch.refused);
  const inserts = [
    ...ledgerInserts(batch.accepted),
    ...betInserts(batch.accepted),
    ...requestInserts(batch, denialIds),
    ...gateInserts(batch.gates ?? []),
    ...batch.accepted.flatMap(({ envelope }) => envelope.alongside ?? []),
  ];
  const writes = inserts.map(({ statement, values }) => session.run(statement, values));
  const transactions = batch.accepted.reduce((count, { decision }) => count + decision.transactions.length, 0);
  writes.push(
    session.run(insertOutbox, [
      batchOf(batch.firstId).toString(),
      transactions,
      batch.events.length === 0 ? null : JSON.stringify(batch.events),
    ]),
    session.run(commit),
  );
  // Every statement must be waited for, or the rejections of those behind the first failure would be lost.
  const results = await Promise.allSettled(writes);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  const last = results.at(-1);
  if (last?.status !== "fulfilled" || last.value.command !== "COMMIT") {
    throw new CommitRefusedError("COMMIT was answered with a rollback");
  }
}

async function writeDenials(session: Session, refused: readonly RefusedCommand[]): Promise<Map<string, bigint>> {
  if (refused.length === 0) return new Map();
  const { statement, values } = denialInsert(refused);
  const { rows } = await session.run(statement, values);
  // One request may be refused several times in a batch; its answer for ever is the one that is final.
  const ids = new Map<string, bigint>();
  for (const [index, [id, key]] of rows.entries()) {
    if (refused[index]?.final === true) ids.set(key ?? "", BigInt(id ?? 0));
  }
  return ids;
}

/**
 * Gives ids to the wallets that this batch moves for the first time. The player's lock, or the stripe's, keeps others
 * out.
 */
async function writeNewWallets(session: Session, batch: Batch): Promise<void> {
  const fresh = new Map<string, WalletState>();
  for (const { decision } of batch.accepted) {
    for (const { legs } of decision.transactions) {
      for (const { wallet } of legs) if (wallet.id === 0n) fresh.set(walletKey(wallet), wallet);
    }
  }
  if (fresh.size === 0) return;
  const { statement, values } = walletInsert([...fresh.values()], batch.stripe ?? 0);
  const { rows } = await session.run(statement, values);
  for (const [id, player, kind, currency, qualifier] of rows) {
    const wallet = fresh.get(`${player}|${kind}|${currency}|${qualifier}`);
    if (wallet !== undefined) wallet.id = BigInt(id ?? 0);
  }
}

function walletKey({ playerId, kind, currency, qualifier }: WalletState): string {
  return `${playerId ?? 0}|${walletKinds[kind]}|${currencies[currency].number}|${qualifier}`;
}
