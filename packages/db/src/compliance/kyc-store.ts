/** Cases of verification, their documents and their steps. */
import type { CaseReason, CaseState, VerifiedLevel } from "@pitboss/domain/compliance/kyc/case-machine";
import type { CaseCheck } from "@pitboss/domain/compliance/kyc/case-policy";
import { and, asc, desc, eq, inArray, isNull, lt, lte, sql } from "drizzle-orm";
import { players } from "../identity/players.schema.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { kycCases } from "./kyc-cases.schema.ts";
import { kycDocuments } from "./kyc-documents.schema.ts";
import { kycSteps } from "./kyc-steps.schema.ts";

export type KycCase = typeof kycCases.$inferSelect;
export type KycDocument = typeof kycDocuments.$inferSelect;
export type KycStep = typeof kycSteps.$inferSelect;

export interface NamedCase extends KycCase {
  readonly nickname: string;
}

export interface CaseFilter {
  readonly states?: readonly CaseState[] | undefined;
  readonly level?: VerifiedLevel | undefined;
  readonly playerId?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listCases(db: Executor, filter: CaseFilter): Promise<NamedCase[]> {
  const { states, level, playerId, before, limit } = filter;
  const rows = await db
    .select({ found: kycCases, nickname: players.nickname })
    .from(kycCases)
    .innerJoin(players, eq(players.id, kycCases.playerId))
    .where(
      and(
        states === undefined ? undefined : inArray(kycCases.state, [...states]),
        level === undefined ? undefined : eq(kycCases.level, level),
        playerId === undefined ? undefined : eq(kycCases.playerId, playerId),
        before === undefined ? undefined : lt(kycCases.id, before),
      ),
    )
    .orderBy(desc(kycCases.id))
    .limit(limit);
  return rows.map(({ found, nickname }) => ({ ...found, nickname }));
}

export async function findCase(db: Executor, id: bigint): Promise<NamedCase | undefined> {
  const [row] = await db
    .select({ found: kycCases, nickname: players.nickname })
    .from(kycCases)
    .innerJoin(players, eq(players.id, kycCases.playerId))
    .where(eq(kycCases.id, id));
  return row && { ...row.found, nickname: row.nickname };
}

/** Cases of one player change one after the other, until the transaction ends. */
export async function lockPlayerCases(db: Executor, playerId: bigint): Promise<KycCase[]> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(7313, hashtext(${playerId.toString()}))`);
  return listPlayerCases(db, playerId);
}

export async function listPlayerCases(db: Executor, playerId: bigint): Promise<KycCase[]> {
  return db.select().from(kycCases).where(eq(kycCases.playerId, playerId)).orderBy(asc(kycCases.level));
}

export async function openCase(db: Executor, playerId: bigint, level: VerifiedLevel, now: Date): Promise<KycCase> {
  const [made] = await db.insert(kycCases).values({ playerId, level, openedAt: now }).returning();
  if (made === undefined) throw new Error("an inserted case is returned");
  return made;
}

export interface CaseChange {
  readonly state: CaseState;
  readonly reason: CaseReason | null;
  readonly submittedAt?: Date;
  readonly dueAt?: Date;
  readonly decidedAt?: Date;
  readonly decidedBy?: string;
  /** Null where nothing is approved that could run out. */
  readonly renewAt?: Date | null;
  readonly remindedAt?: null;
}

/** Whoever had claimed it has done what it was for. */
export async function changeCase(db: Executor, id: bigint, change: CaseChange): Promise<void> {
  await db
    .update(kycCases)
    .set({ ...change, claimedBy: null, claimedUntil: null })
    .where(eq(kycCases.id, id));
}

/** The case that should be looked at first among those that nobody has; the claimer's own comes before all. */
export async function claimNextCase(
  db: Executor,
  staffId: bigint,
  now: Date,
  until: Date,
): Promise<bigint | undefined> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`UPDATE kyc_cases SET claimed_by = ${staffId}, claimed_until = ${until}
         WHERE id = (SELECT id FROM kyc_cases
                      WHERE state = 'PENDING' AND (claimed_by IS NULL OR claimed_by = ${staffId} OR claimed_until <= ${now})
                      ORDER BY (claimed_by IS NOT DISTINCT FROM ${staffId}) DESC, due_at, id LIMIT 1
                        FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return row === undefined ? undefined : BigInt(row.id);
}

/** Approved cases that have to be asked for anew by then, the most overdue first. */
export async function listRenewals(db: Executor, at: Date, unreminded: boolean, limit: number): Promise<KycCase[]> {
  return db
    .select()
    .from(kycCases)
    .where(
      and(
        eq(kycCases.state, "APPROVED"),
        lte(kycCases.renewAt, at),
        unreminded ? isNull(kycCases.remindedAt) : undefined,
      ),
    )
    .orderBy(asc(kycCases.renewAt), asc(kycCases.id))
    .limit(limit);
}

/** False where another engine was faster. */
export async function setReminded(db: Executor, id: bigint, at: Date): Promise<boolean> {
  const unreminded = and(eq(kycCases.id, id), isNull(kycCases.remindedAt));
  return (
    (await db.update(kycCases).set({ remindedAt: at }).where(unreminded).returning({ id: kycCases.id })).length === 1
  );
}

export async function countWaitingCases(
  db: Executor,
  now: Date,
): Promise<{ readonly waiting: number; readonly late: number }> {
  const [row] = await queryRows<{ waiting: string; late: string }>(
    db,
    sql`SELECT count(*) AS waiting, count(*) FILTER (WHERE due_at <= ${now}) AS late FROM kyc_cases WHERE state = 'PENDING'`,
  );
  return { waiting: Number(row?.waiting ?? 0), late: Number(row?.late ?? 0) };
}

/** The id first: it is part of the place that the content is sealed for. */
export async function nextDocumentId(db: Executor): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`SELECT nextval(pg_get_serial_sequence('kyc_documents', 'id')) AS id`,
  );
  return BigInt(row?.id ?? 0);
}

export async function insertDocument(db: Executor, document: KycDocument): Promise<void> {
  await db.insert(kycDocuments).overridingSystemValue().values(document);
}

export async function listDocuments(db: Executor, caseId: bigint): Promise<KycDocument[]> {
  return db.select().from(kycDocuments).where(eq(kycDocuments.caseId, caseId)).orderBy(asc(kycDocuments.id));
}

export async function findDocument(db: Executor, id: bigint): Promise<KycDocument | undefined> {
  const [row] = await db.select().from(kycDocuments).where(eq(kycDocuments.id, id));
  return row;
}

export type NewKycStep = Omit<KycStep, "number" | "at" | "checked"> & { readonly checked?: readonly CaseCheck[] };

export async function insertKycStep(db: Executor, step: NewKycStep): Promise<void> {
  await db.execute(sql`
    INSERT INTO kyc_steps (case_id, number, event, from_state, to_state, by, reason, note, checked)
    SELECT ${step.caseId}, coalesce(max(number), 0) + 1, ${step.event}, ${step.fromState}::text, ${step.toState}, ${step.by},
           ${step.reason}::text, ${step.note}::text,
           ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(step.checked ?? [])}::jsonb))
      FROM kyc_steps WHERE case_id = ${step.caseId}`);
}

export async function listKycSteps(db: Executor, caseId: bigint): Promise<KycStep[]> {
  return db.select().from(kycSteps).where(eq(kycSteps.caseId, caseId)).orderBy(asc(kycSteps.number));
}
