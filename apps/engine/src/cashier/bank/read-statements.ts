/** Reads the bank's statements, each once and in order: whatever a notification did not tell comes in by them. */
import { findLastStatement, noteStatementRead } from "@pitboss/db/cashier/bank-credit-store";
import type { Cashier } from "../cashier.ts";
import type { Bank } from "./bank.ts";
import { receiveMovements } from "./receive-movements.ts";

export async function readStatements(cashier: Cashier): Promise<void> {
  for (const bank of cashier.bank.banks.values()) await readThrough(cashier, bank);
}

async function readThrough(cashier: Cashier, bank: Bank): Promise<void> {
  const { db, log } = cashier;
  const listed = await bank.listStatements(await findLastStatement(db, bank.code));
  if (listed.kind !== "answered") {
    log.warn({ bank: bank.code, why: listed.why }, "the bank does not say which statements there are");
    return;
  }
  for (const id of listed.value) {
    const read = await readOne(cashier, bank, id);
    // The next one waits: they are read in their order.
    if (!read) return;
  }
}

async function readOne(cashier: Cashier, bank: Bank, id: string): Promise<boolean> {
  const { db, log } = cashier;
  const asked = await bank.readStatement(id);
  if (asked.kind !== "answered") {
    log.warn({ bank: bank.code, statement: id, why: asked.why }, "a statement could not be had");
    return false;
  }
  const message = bank.readMessage(Buffer.from(asked.value, "utf8"));
  const received =
    message.kind === "movements"
      ? await receiveMovements(cashier, bank, message.reports, { source: "QUERY" })
      : undefined;
  if (received?.ok !== true) {
    const why = message.kind === "unknown" ? message.why : received?.error.code;
    log.error({ bank: bank.code, statement: id, why }, "a statement can't be taken, and none behind it is");
    return false;
  }
  const { outcomes, fresh } = received.value;
  if (fresh > 0) log.warn({ bank: bank.code, statement: id, missed: fresh }, "the bank had not told of all that came");
  await noteStatementRead(db, { bank: bank.code, statementId: id, entries: outcomes.length, missed: fresh });
  return true;
}
