/** Whose reference is whose, and the bank accounts behind instruments, sealed. */
import type { NameMatch } from "@pitboss/domain/cashier/bank/compare-names";
import { and, eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { bankInstruments } from "./bank-instruments.schema.ts";
import { bankReferences } from "./bank-references.schema.ts";

export type BankInstrument = typeof bankInstruments.$inferSelect;

export async function findReferenceOf(db: Executor, playerId: bigint, bank: string): Promise<string | undefined> {
  const [row] = await db
    .select({ reference: bankReferences.reference })
    .from(bankReferences)
    .where(and(eq(bankReferences.playerId, playerId), eq(bankReferences.bank, bank)));
  return row?.reference;
}

/** Keeps it where the player has none and nobody else has this one; what stands then is read again. */
export async function insertReference(db: Executor, row: typeof bankReferences.$inferInsert): Promise<void> {
  await db.insert(bankReferences).values(row).onConflictDoNothing();
}

export async function findReferenceOwner(db: Executor, bank: string, reference: string): Promise<bigint | undefined> {
  const [row] = await db
    .select({ playerId: bankReferences.playerId })
    .from(bankReferences)
    .where(and(eq(bankReferences.bank, bank), eq(bankReferences.reference, reference)));
  return row?.playerId;
}

export interface NewBankInstrument {
  readonly playerId: bigint;
  readonly bank: string;
  /** The account as a keyed hash: the same for whoever brings it. */
  readonly fingerprint: string;
  readonly last4: string;
  readonly country: string | null;
}

/** An account is an instrument as a card is; its id. */
export async function keepBankInstrument(db: Executor, given: NewBankInstrument): Promise<bigint> {
  const { playerId, bank, fingerprint, last4, country } = given;
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`WITH kept AS (
          INSERT INTO instruments (player_id, psp, method, token, fingerprint, brand, last4, country)
          VALUES (${playerId}, ${bank}, 'BANK_TRANSFER', ${fingerprint}, ${fingerprint}, 'IBAN', ${last4}, ${country})
          ON CONFLICT (player_id, psp, token) DO NOTHING RETURNING id)
        SELECT id FROM kept
         UNION ALL SELECT id FROM instruments WHERE player_id = ${playerId} AND psp = ${bank} AND token = ${fingerprint} LIMIT 1`,
  );
  // The row that stood in the way is not seen by a statement that began before it was committed.
  return row === undefined ? keepBankInstrument(db, given) : BigInt(row.id);
}

/** What was told of an account first stays told. */
export async function keepBankAccount(
  db: Executor,
  row: {
    readonly instrumentId: bigint;
    readonly playerId: bigint;
    readonly keyId: bigint;
    readonly sealed: Buffer;
    readonly nameMatch: NameMatch;
  },
): Promise<void> {
  await db.insert(bankInstruments).values(row).onConflictDoNothing();
}

export async function findBankAccount(db: Executor, instrumentId: bigint): Promise<BankInstrument | undefined> {
  const [row] = await db.select().from(bankInstruments).where(eq(bankInstruments.instrumentId, instrumentId));
  return row;
}

/** Players who paid from this account, or are paid to it. */
export async function listAccountOwners(db: Executor, fingerprint: string, limit: number): Promise<bigint[]> {
  const rows = await queryRows<{ player_id: string }>(
    db,
    sql`SELECT DISTINCT player_id FROM instruments WHERE fingerprint = ${fingerprint} AND method = 'BANK_TRANSFER'
         ORDER BY player_id LIMIT ${limit}`,
  );
  return rows.map(({ player_id }) => BigInt(player_id));
}
