/** Cases against money laundering, their steps, and reports of suspicious activity. Nothing but their own pages reads them. */
import { type AmlCaseState, openAmlCaseStates, type SarState } from "@pitboss/domain/compliance/aml/case-machine";
import type { Severity } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { players } from "../identity/players.schema.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { amlCases } from "./aml-cases.schema.ts";
import { amlSteps } from "./aml-steps.schema.ts";
import { sars } from "./sars.schema.ts";

export type AmlCase = typeof amlCases.$inferSelect;
export type AmlStep = typeof amlSteps.$inferSelect;
export type SarRecord = typeof sars.$inferSelect;

export interface NamedAmlCase extends AmlCase {
  readonly nickname: string;
  readonly alerts: number;
}

const alertCount = sql<number>`(SELECT count(*)::integer FROM monitoring_alerts a WHERE a.case_id = ${amlCases.id})`;

export interface AmlCaseFilter {
  readonly states?: readonly AmlCaseState[] | undefined;
  readonly severity?: Severity | undefined;
  readonly owner?: bigint | undefined;
  readonly playerId?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listAmlCases(db: Executor, filter: AmlCaseFilter): Promise<NamedAmlCase[]> {
  const { states, severity, owner, playerId, before, limit } = filter;
  const rows = await db
    .select({ found: amlCases, nickname: players.nickname, alerts: alertCount })
    .from(amlCases)
    .innerJoin(players, eq(players.id, amlCases.playerId))
    .where(
      and(
        states === undefined ? undefined : inArray(amlCases.state, [...states]),
        severity === undefined ? undefined : eq(amlCases.severity, severity),
        owner === undefined ? undefined : eq(amlCases.owner, owner),
        playerId === undefined ? undefined : eq(amlCases.playerId, playerId),
        before === undefined ? undefined : lt(amlCases.id, before),
      ),
    )
    .orderBy(desc(amlCases.id))
    .limit(limit);
  return rows.map(({ found, nickname, alerts }) => ({ ...found, nickname, alerts }));
}

export async function findAmlCase(db: Executor, id: bigint): Promise<NamedAmlCase | undefined> {
  const [row] = await db
    .select({ found: amlCases, nickname: players.nickname, alerts: alertCount })
    .from(amlCases)
    .innerJoin(players, eq(players.id, amlCases.playerId))
    .where(eq(amlCases.id, id));
  return row && { ...row.found, nickname: row.nickname, alerts: row.alerts };
}

export async function lockAmlCase(tx: Executor, id: bigint): Promise<AmlCase | undefined> {
  const [row] = await tx.select().from(amlCases).where(eq(amlCases.id, id)).for("update");
  return row;
}

export async function countAmlCases(
  db: Executor,
  now: Date,
): Promise<{ readonly open: number; readonly late: number }> {
  const [row] = await queryRows<{ open: string; late: string }>(
    db,
    sql`SELECT count(*) AS open, count(*) FILTER (WHERE due_at <= ${now.toISOString()}::timestamptz) AS late
          FROM aml_cases WHERE state IN ('OPEN', 'IN_REVIEW', 'ESCALATED')`,
  );
  return { open: Number(row?.open ?? 0), late: Number(row?.late ?? 0) };
}

/** The player's open case under lock; a new one where there is none. */
export async function openCaseFor(
  tx: Executor,
  playerId: bigint,
  severity: Severity,
  dueAt: Date,
): Promise<AmlCase & { readonly fresh: boolean }> {
  const [found] = await tx
    .select()
    .from(amlCases)
    .where(and(eq(amlCases.playerId, playerId), inArray(amlCases.state, [...openAmlCaseStates])))
    .for("update");
  if (found !== undefined) return { ...found, fresh: false };
  const [made] = await tx.insert(amlCases).values({ playerId, severity, dueAt }).returning();
  if (made === undefined) throw new Error("an inserted case is returned");
  return { ...made, fresh: true };
}

export type AmlCaseChange = Partial<
  Pick<AmlCase, "state" | "severity" | "owner" | "dueAt" | "decidedAt" | "decidedBy">
>;

export async function changeAmlCase(tx: Executor, id: bigint, change: AmlCaseChange): Promise<void> {
  await tx.update(amlCases).set(change).where(eq(amlCases.id, id));
}

/** The number first: it is part of the place that the text is sealed for. The case is locked by whoever asks. */
export async function nextStepNumber(tx: Executor, caseId: bigint): Promise<number> {
  const [row] = await queryRows<{ next: number }>(
    tx,
    sql`SELECT coalesce(max(number), 0) + 1 AS next FROM aml_steps WHERE case_id = ${caseId}`,
  );
  return row?.next ?? 1;
}

export async function insertAmlStep(tx: Executor, step: Omit<AmlStep, "at">): Promise<void> {
  await tx.insert(amlSteps).values(step);
}

export async function listAmlSteps(db: Executor, caseId: bigint): Promise<AmlStep[]> {
  return db.select().from(amlSteps).where(eq(amlSteps.caseId, caseId)).orderBy(asc(amlSteps.number));
}

export async function nextSarId(tx: Executor): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(tx, sql`SELECT nextval(pg_get_serial_sequence('sars', 'id')) AS id`);
  return BigInt(row?.id ?? 0);
}

export type NewSar = Pick<SarRecord, "id" | "caseId" | "authority" | "indicators" | "narrative" | "draftedBy">;

export async function insertSar(tx: Executor, sar: NewSar): Promise<void> {
  await tx.insert(sars).overridingSystemValue().values(sar);
}

export async function findSar(db: Executor, id: bigint): Promise<SarRecord | undefined> {
  const [row] = await db.select().from(sars).where(eq(sars.id, id));
  return row;
}

export async function lockSar(tx: Executor, id: bigint): Promise<SarRecord | undefined> {
  const [row] = await tx.select().from(sars).where(eq(sars.id, id)).for("update");
  return row;
}

export async function changeSar(
  tx: Executor,
  id: bigint,
  change: Partial<Omit<SarRecord, "id" | "caseId" | "draftedAt" | "draftedBy">>,
): Promise<void> {
  await tx.update(sars).set(change).where(eq(sars.id, id));
}

export async function listCaseSars(db: Executor, caseId: bigint): Promise<SarRecord[]> {
  return db.select().from(sars).where(eq(sars.caseId, caseId)).orderBy(desc(sars.id));
}

/** Newest first, with the player that each is about. */
export async function listSars(
  db: Executor,
  filter: { readonly state?: SarState | undefined; readonly before?: bigint | undefined; readonly limit: number },
): Promise<(SarRecord & { readonly playerId: bigint; readonly nickname: string })[]> {
  const rows = await db
    .select({ sar: sars, playerId: amlCases.playerId, nickname: players.nickname })
    .from(sars)
    .innerJoin(amlCases, eq(amlCases.id, sars.caseId))
    .innerJoin(players, eq(players.id, amlCases.playerId))
    .where(
      and(
        filter.state === undefined ? undefined : eq(sars.state, filter.state),
        filter.before === undefined ? undefined : lt(sars.id, filter.before),
      ),
    )
    .orderBy(desc(sars.id))
    .limit(filter.limit);
  return rows.map(({ sar, playerId, nickname }) => ({ ...sar, playerId, nickname }));
}
