/** Hits: whom a list may mean, what was decided of it and when. */
import type { HitEvent, HitState } from "@pitboss/domain/compliance/screening/hit-machine";
import type { ListSource, Topic } from "@pitboss/domain/compliance/screening/list-entry";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { and, asc, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { players } from "../identity/players.schema.ts";
import { screeningChecks } from "./screening-checks.schema.ts";
import { screeningHits } from "./screening-hits.schema.ts";
import { screeningSteps } from "./screening-steps.schema.ts";

export type HitRecord = typeof screeningHits.$inferSelect;
export type HitStep = typeof screeningSteps.$inferSelect;
export type CheckRecord = typeof screeningChecks.$inferSelect;

export interface NamedHit extends HitRecord {
  readonly nickname: string;
}

export interface HitFilter {
  readonly states?: readonly HitState[] | undefined;
  readonly source?: ListSource | undefined;
  readonly topic?: Topic | undefined;
  readonly playerId?: bigint | undefined;
  readonly minScore?: number | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listHits(db: Executor, filter: HitFilter): Promise<NamedHit[]> {
  const { states, source, topic, playerId, minScore, before, limit } = filter;
  const rows = await db
    .select({ hit: screeningHits, nickname: players.nickname })
    .from(screeningHits)
    .innerJoin(players, eq(players.id, screeningHits.playerId))
    .where(
      and(
        states === undefined ? undefined : inArray(screeningHits.state, [...states]),
        source === undefined ? undefined : eq(screeningHits.source, source),
        topic === undefined ? undefined : eq(screeningHits.topic, topic),
        playerId === undefined ? undefined : eq(screeningHits.playerId, playerId),
        minScore === undefined ? undefined : gte(screeningHits.score, minScore),
        before === undefined ? undefined : lt(screeningHits.id, before),
      ),
    )
    .orderBy(desc(screeningHits.id))
    .limit(limit);
  return rows.map(({ hit, nickname }) => ({ ...hit, nickname }));
}

export async function findHit(db: Executor, id: bigint): Promise<NamedHit | undefined> {
  const [row] = await db
    .select({ hit: screeningHits, nickname: players.nickname })
    .from(screeningHits)
    .innerJoin(players, eq(players.id, screeningHits.playerId))
    .where(eq(screeningHits.id, id));
  return row && { ...row.hit, nickname: row.nickname };
}

/** Screenings and decisions of one player come one after the other, until the transaction ends. */
export async function lockPlayerHits(db: Executor, playerId: bigint): Promise<HitRecord[]> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(7311, hashtext(${playerId.toString()}))`);
  return db.select().from(screeningHits).where(eq(screeningHits.playerId, playerId)).orderBy(asc(screeningHits.id));
}

export async function countOpenHits(db: Executor): Promise<number> {
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT count(*) AS count FROM screening_hits WHERE state = 'OPEN'`,
  );
  return Number(row?.count ?? 0);
}

/** The id first: it is part of the place that the details are sealed for. */
export async function nextHitId(db: Executor): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`SELECT nextval(pg_get_serial_sequence('screening_hits', 'id')) AS id`,
  );
  return BigInt(row?.id ?? 0);
}

/** What a screening found out of a hit. */
export interface HitFinding {
  readonly topic: Topic;
  readonly entryId: bigint;
  readonly entryHash: string;
  readonly subjectHash: string;
  readonly score: number;
  readonly ruleVersion: bigint;
  readonly algorithm: number;
  readonly keyId: bigint;
  readonly details: Buffer;
}

export async function insertHit(
  db: Executor,
  hit: HitFinding & Pick<HitRecord, "id" | "playerId" | "source" | "ref">,
  now: Date,
): Promise<void> {
  await db
    .insert(screeningHits)
    .overridingSystemValue()
    .values({ ...hit, foundAt: now, updatedAt: now });
}

/** It waits for a person, with these findings; whatever was decided before is over. */
export async function reopenHit(db: Executor, id: bigint, finding: HitFinding, now: Date): Promise<void> {
  const undecided = { decidedAt: null, decidedBy: null, reason: null, expiresAt: null };
  await db
    .update(screeningHits)
    .set({ ...finding, ...undecided, state: "OPEN", updatedAt: now })
    .where(eq(screeningHits.id, id));
}

export async function vanishHit(db: Executor, id: bigint, now: Date): Promise<void> {
  const undecided = { decidedAt: null, decidedBy: null, reason: null, expiresAt: null };
  await db
    .update(screeningHits)
    .set({ ...undecided, state: "GONE", updatedAt: now })
    .where(eq(screeningHits.id, id));
}

export interface HitDecision {
  readonly state: "FALSE_POSITIVE" | "TRUE_POSITIVE";
  readonly by: string;
  readonly reason: string;
  /** Of a dismissal alone. */
  readonly expiresAt: Date | null;
}

export async function decideHit(db: Executor, id: bigint, decision: HitDecision, now: Date): Promise<void> {
  const { state, by, reason, expiresAt } = decision;
  await db
    .update(screeningHits)
    .set({ state, decidedBy: by, decidedAt: now, reason, expiresAt, updatedAt: now })
    .where(eq(screeningHits.id, id));
}

export interface NewHitStep {
  readonly hitId: bigint;
  readonly event: HitEvent | "rescore";
  readonly toState: HitState;
  readonly score: number;
  readonly by: string;
  readonly reason: string | null;
}

export async function insertHitStep(db: Executor, step: NewHitStep): Promise<void> {
  await db.execute(sql`
    INSERT INTO screening_steps (hit_id, number, event, to_state, score, by, reason)
    SELECT ${step.hitId}, coalesce(max(number), 0) + 1, ${step.event}, ${step.toState}, ${step.score}::smallint, ${step.by},
           ${step.reason}::text
      FROM screening_steps WHERE hit_id = ${step.hitId}`);
}

export async function listHitSteps(db: Executor, hitId: bigint): Promise<HitStep[]> {
  return db.select().from(screeningSteps).where(eq(screeningSteps.hitId, hitId)).orderBy(asc(screeningSteps.number));
}

export interface NewCheck {
  readonly playerId: bigint;
  readonly trigger: CheckRecord["trigger"];
  readonly lists: JsonObject;
  readonly ruleVersion: bigint;
  readonly algorithm: number;
  readonly outcome: CheckRecord["outcome"];
  readonly matches: number;
  readonly by: string;
}

export async function insertCheck(db: Executor, check: NewCheck, now: Date): Promise<void> {
  await db.insert(screeningChecks).values({ ...check, at: now });
}

export async function listChecks(db: Executor, playerId: bigint, limit: number): Promise<CheckRecord[]> {
  return db
    .select()
    .from(screeningChecks)
    .where(eq(screeningChecks.playerId, playerId))
    .orderBy(desc(screeningChecks.id))
    .limit(limit);
}

/** Players with a hit of any state, in the order of their numbers. */
export async function listPlayersWithHits(db: Executor, after: bigint, limit: number): Promise<bigint[]> {
  const rows = await queryRows<{ player_id: string }>(
    db,
    sql`SELECT DISTINCT player_id FROM screening_hits WHERE player_id > ${after} AND state <> 'GONE'
         ORDER BY player_id LIMIT ${limit}`,
  );
  return rows.map(({ player_id: id }) => BigInt(id));
}
