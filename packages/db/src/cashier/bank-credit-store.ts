/** Money that came to an account of the house: each of the bank's entries once, and every step that it took. */
import type { CreditEvent, CreditState } from "@pitboss/domain/cashier/bank/credit-machine";
import type { JsonObject, JsonValue } from "@pitboss/domain/kernel/json";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { and, asc, desc, eq, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { bankCredits } from "./bank-credits.schema.ts";
import { bankCreditSteps } from "./bank-credit-steps.schema.ts";
import { bankStatementReads } from "./bank-statement-reads.schema.ts";

export type BankCredit = typeof bankCredits.$inferSelect;
export type BankCreditStep = typeof bankCreditSteps.$inferSelect;

export interface NewBankCredit {
  readonly bank: string;
  readonly entryReference: string;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly bookedOn: string;
  readonly toldBy: string;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  readonly returnReason: string | null;
  readonly sealed: Buffer;
  readonly payerIndex: Buffer | null;
  readonly workAt: Date;
}

/** Keeps it with its first step; undefined where it was told before. */
export async function insertBankCredit(db: Executor, credit: NewBankCredit): Promise<bigint | undefined> {
  const { bank, entryReference, amount, bookedOn, toldBy, reference, endToEndId, returnReason } = credit;
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`WITH made AS (
          INSERT INTO bank_credits (bank, entry_reference, currency, amount, booked_on, told_by, reference, end_to_end_id,
                                    return_reason, sealed, payer_index, work_at)
          VALUES (${bank}, ${entryReference}, ${currencies[credit.currency].number}, ${amount}, ${bookedOn}::date, ${toldBy},
                  ${reference}, ${endToEndId}, ${returnReason}, ${credit.sealed}, ${credit.payerIndex}, ${credit.workAt})
          ON CONFLICT (bank, entry_reference) DO NOTHING RETURNING id
        ), step AS (
          INSERT INTO bank_credit_steps (credit_id, number, event, to_state, details)
          SELECT id, 1, 'tell', 'RECEIVED', jsonb_build_object('by', ${toldBy}::text) FROM made
        ) SELECT id FROM made`,
  );
  return row && BigInt(row.id);
}

export async function findBankCredit(db: Executor, id: bigint): Promise<BankCredit | undefined> {
  const [row] = await db.select().from(bankCredits).where(eq(bankCredits.id, id));
  return row;
}

export async function lockBankCredit(db: Executor, id: bigint): Promise<BankCredit | undefined> {
  const [row] = await db.select().from(bankCredits).where(eq(bankCredits.id, id)).for("no key update");
  return row;
}

export interface CreditMove {
  readonly id: bigint;
  readonly from: CreditState;
  readonly event: CreditEvent;
  /** Null where nobody but the house's own rules did it. */
  readonly actor: string | null;
  readonly details: JsonObject | null;
  readonly why?: string | null;
  readonly playerId?: bigint;
  readonly depositId?: bigint;
  readonly payoutId?: bigint;
  readonly approvalId?: bigint;
}

/** Answers whether it was still where the caller saw it; otherwise nothing happened. */
export async function moveBankCredit(db: Executor, move: CreditMove): Promise<boolean> {
  const { id, from, event, actor, details, why, playerId, depositId, payoutId, approvalId } = move;
  const change: Record<string, JsonValue> = {
    ...(why === undefined ? {} : { why }),
    ...(playerId === undefined ? {} : { player_id: playerId.toString() }),
    ...(depositId === undefined ? {} : { deposit_id: depositId.toString() }),
    ...(payoutId === undefined ? {} : { payout_id: payoutId.toString() }),
    ...(approvalId === undefined ? {} : { approval_id: approvalId.toString() }),
  };
  try {
    await db.execute(sql`SELECT move_bank_credit(${id}, ${from}::text, ${event}::text, ${actor}::text,
      ${details === null ? null : JSON.stringify(details)}::jsonb, ${JSON.stringify(change)}::jsonb)`);
    return true;
  } catch (error) {
    if (error instanceof Error && codeOf(error) === "PB001") return false;
    throw error;
  }
}

function codeOf(error: Error): unknown {
  if ("code" in error) return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : undefined;
}

/** Says whose deposit it becomes, before that is credited: whoever goes on with it finds the same one. */
export async function linkDeposit(
  db: Executor,
  id: bigint,
  { playerId, depositId }: { readonly playerId: bigint; readonly depositId: bigint },
): Promise<void> {
  await db
    .update(bankCredits)
    .set({ playerId, depositId })
    .where(and(eq(bankCredits.id, id), isNull(bankCredits.depositId)));
}

export async function attachProposal(db: Executor, id: bigint, approvalId: bigint): Promise<void> {
  await db.update(bankCredits).set({ approvalId, updatedAt: sql`clock_timestamp()` }).where(eq(bankCredits.id, id));
}

/** Takes credits that are due, so that no other engine takes them before `until`. */
export async function claimDueCredits(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE bank_credits SET work_at = ${until}
         WHERE id IN (SELECT id FROM bank_credits WHERE work_at <= ${now} ORDER BY work_at LIMIT ${limit}
                       FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

export interface BankCreditFilter {
  readonly states?: readonly CreditState[] | undefined;
  readonly why?: string | undefined;
  readonly bank?: string | undefined;
  readonly playerId?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export function listBankCredits(db: Executor, filter: BankCreditFilter): Promise<BankCredit[]> {
  const conditions: SQL[] = [];
  if (filter.before !== undefined) conditions.push(lt(bankCredits.id, filter.before));
  if (filter.states !== undefined) conditions.push(inArray(bankCredits.state, [...filter.states]));
  if (filter.why !== undefined) conditions.push(eq(bankCredits.why, filter.why));
  if (filter.bank !== undefined) conditions.push(eq(bankCredits.bank, filter.bank));
  if (filter.playerId !== undefined) conditions.push(eq(bankCredits.playerId, filter.playerId));
  return db
    .select()
    .from(bankCredits)
    .where(and(...conditions))
    .orderBy(desc(bankCredits.id))
    .limit(filter.limit);
}

export function listBankCreditSteps(db: Executor, id: bigint): Promise<BankCreditStep[]> {
  return db.select().from(bankCreditSteps).where(eq(bankCreditSteps.creditId, id)).orderBy(asc(bankCreditSteps.number));
}

/** Credits that are to be sent back and stand in no file yet, oldest first. */
export async function listCreditsToReturn(db: Executor, bank: string, limit: number): Promise<BankCredit[]> {
  return db
    .select()
    .from(bankCredits)
    .where(
      and(
        eq(bankCredits.bank, bank),
        eq(bankCredits.state, "RETURNING"),
        sql`NOT EXISTS (SELECT FROM payout_batch_items i WHERE i.credit_id = ${bankCredits.id}
                           AND i.state NOT IN ('DROPPED', 'FAILED'))`,
      ),
    )
    .orderBy(asc(bankCredits.id))
    .limit(limit);
}

/** The newest statement that was read; null where none was. */
export async function findLastStatement(db: Executor, bank: string): Promise<string | null> {
  const [row] = await db
    .select({ id: bankStatementReads.statementId })
    .from(bankStatementReads)
    .where(eq(bankStatementReads.bank, bank))
    .orderBy(desc(bankStatementReads.number))
    .limit(1);
  return row?.id ?? null;
}

export async function noteStatementRead(
  db: Executor,
  row: { readonly bank: string; readonly statementId: string; readonly entries: number; readonly missed: number },
): Promise<void> {
  await db.insert(bankStatementReads).values(row).onConflictDoNothing();
}
