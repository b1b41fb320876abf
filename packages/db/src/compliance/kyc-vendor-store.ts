/** What is known of the verification vendor: its applicants, what it sent, and its verdicts. */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { asc, eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { kycApplicants } from "./kyc-applicants.schema.ts";
import { kycVerdicts } from "./kyc-verdicts.schema.ts";
import { kycWebhooks } from "./kyc-webhooks.schema.ts";

export type KycApplicant = typeof kycApplicants.$inferSelect;
export type KycVerdict = typeof kycVerdicts.$inferSelect;
export type NewVerdict = Omit<KycVerdict, "id" | "receivedAt">;

export async function findApplicantOfCase(db: Executor, caseId: bigint): Promise<KycApplicant | undefined> {
  const [row] = await db.select().from(kycApplicants).where(eq(kycApplicants.caseId, caseId));
  return row;
}

export async function findApplicant(db: Executor, applicant: string): Promise<KycApplicant | undefined> {
  const [row] = await db.select().from(kycApplicants).where(eq(kycApplicants.applicant, applicant));
  return row;
}

/** False where another call was faster; the case has one applicant either way. */
export async function insertApplicant(
  db: Executor,
  applicant: Pick<KycApplicant, "caseId" | "applicant" | "levelName" | "askAt">,
): Promise<boolean> {
  const made = await db.insert(kycApplicants).values(applicant).onConflictDoNothing().returning();
  return made.length === 1;
}

export async function setAskAt(db: Executor, id: bigint, askAt: Date | null): Promise<void> {
  await db.update(kycApplicants).set({ askAt }).where(eq(kycApplicants.id, id));
}

/** Takes those that should be asked about, so that no other engine asks before `until`. */
export async function claimApplicants(db: Executor, now: Date, until: Date, limit: number): Promise<KycApplicant[]> {
  const rows = await queryRows<{ id: string; case_id: string; applicant: string; level_name: string }>(
    db,
    sql`UPDATE kyc_applicants SET ask_at = ${until}
         WHERE id IN (SELECT id FROM kyc_applicants WHERE ask_at <= ${now} ORDER BY ask_at LIMIT ${limit}
                       FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id, case_id, applicant, level_name`,
  );
  return rows.map(({ id, case_id, applicant, level_name }) => {
    return { id: BigInt(id), caseId: BigInt(case_id), applicant, levelName: level_name, createdAt: now, askAt: until };
  });
}

/** False where it was known. */
export async function insertVerdict(db: Executor, verdict: NewVerdict): Promise<boolean> {
  const made = await db.insert(kycVerdicts).values(verdict).onConflictDoNothing().returning({ id: kycVerdicts.id });
  return made.length === 1;
}

/** In the vendor's own order. */
export async function listVerdicts(db: Executor, caseId: bigint): Promise<KycVerdict[]> {
  return db
    .select()
    .from(kycVerdicts)
    .where(eq(kycVerdicts.caseId, caseId))
    .orderBy(asc(kycVerdicts.at), asc(kycVerdicts.id));
}

export interface NewKycWebhook {
  readonly eventKey: string | null;
  readonly type: string | null;
  readonly state: "STORED" | "DEAD" | "FORGED";
  readonly outcome: string | null;
  readonly headers: JsonObject;
  readonly body: Buffer;
}

/** Keeps it; of an event that was sent before only that it came again. */
export async function storeKycWebhook(db: Executor, webhook: NewKycWebhook): Promise<void> {
  await db
    .insert(kycWebhooks)
    .values({ ...webhook, dueAt: webhook.state === "STORED" ? sql`now()` : null })
    .onConflictDoUpdate({
      target: kycWebhooks.eventKey,
      targetWhere: sql`event_key IS NOT NULL`,
      set: { deliveries: sql`kyc_webhooks.deliveries + 1` },
    });
}

export interface DueKycWebhook {
  readonly id: bigint;
  readonly body: Buffer;
  readonly attempts: number;
}

/** Takes what is due, so that no other engine takes it before `until`. */
export async function claimKycWebhooks(db: Executor, now: Date, until: Date, limit: number): Promise<DueKycWebhook[]> {
  const rows = await queryRows<{ id: string; body: Buffer; attempts: number }>(
    db,
    sql`UPDATE kyc_webhooks SET due_at = ${until}, attempts = attempts + 1
         WHERE id IN (SELECT id FROM kyc_webhooks WHERE due_at <= ${now} ORDER BY due_at, id LIMIT ${limit}
                       FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id, body, attempts`,
  );
  return rows.map(({ id, body, attempts }) => ({ id: BigInt(id), body, attempts }));
}

export async function endKycWebhook(db: Executor, id: bigint, state: "DONE" | "DEAD", outcome: string): Promise<void> {
  await db
    .update(kycWebhooks)
    .set({ state, outcome, dueAt: null, doneAt: sql`clock_timestamp()` })
    .where(eq(kycWebhooks.id, id));
}

export async function postponeKycWebhook(db: Executor, id: bigint, dueAt: Date, outcome: string): Promise<void> {
  await db.update(kycWebhooks).set({ dueAt, outcome }).where(eq(kycWebhooks.id, id));
}
