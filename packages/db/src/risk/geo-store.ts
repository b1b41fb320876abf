/** What was made of where players were, and the country that issued their documents. */
import type { GeoFindingRule, GeoVerdict } from "@pitboss/domain/risk/geo";
import { and, desc, eq, lt, ne, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { geoDecisions } from "./geo-decisions.schema.ts";

export type GeoDecision = typeof geoDecisions.$inferSelect;
export type NewGeoDecision = Omit<GeoDecision, "id" | "at">;

export async function insertGeoDecision(db: Executor, decision: NewGeoDecision): Promise<bigint> {
  const [row] = await db.insert(geoDecisions).values(decision).returning({ id: geoDecisions.id });
  return row?.id ?? 0n;
}

export interface GeoDecisionFilter {
  readonly playerId?: bigint | undefined;
  /** Without one, all that found anything. */
  readonly verdict?: GeoVerdict | undefined;
  readonly rule?: GeoFindingRule | undefined;
  readonly pack?: string | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listGeoDecisions(db: Executor, filter: GeoDecisionFilter): Promise<GeoDecision[]> {
  const { playerId, verdict, rule, pack, before, limit } = filter;
  const wanted: (SQL | undefined)[] = [
    verdict === undefined ? ne(geoDecisions.verdict, "ALLOW") : eq(geoDecisions.verdict, verdict),
    playerId === undefined ? undefined : eq(geoDecisions.playerId, playerId),
    rule === undefined ? undefined : eq(geoDecisions.rule, rule),
    pack === undefined ? undefined : eq(geoDecisions.pack, pack),
    before === undefined ? undefined : lt(geoDecisions.id, before),
  ];
  return db
    .select()
    .from(geoDecisions)
    .where(and(...wanted))
    .orderBy(desc(geoDecisions.id))
    .limit(limit);
}

export async function findGeoDecision(db: Executor, id: bigint): Promise<GeoDecision | undefined> {
  const [row] = await db.select().from(geoDecisions).where(eq(geoDecisions.id, id));
  return row;
}

/** The newest one of a player, whatever it said. */
export async function findLastGeoDecision(db: Executor, playerId: bigint): Promise<GeoDecision | undefined> {
  const [row] = await db
    .select()
    .from(geoDecisions)
    .where(eq(geoDecisions.playerId, playerId))
    .orderBy(desc(geoDecisions.id))
    .limit(1);
  return row;
}

/** Of the newest identity document in a case that was approved; null where none says who issued it. */
export async function findDocumentCountry(db: Executor, playerId: bigint): Promise<string | null> {
  const [row] = await queryRows<{ issued_in: string }>(
    db,
    sql`SELECT d.issued_in FROM kyc_cases c JOIN kyc_documents d ON d.case_id = c.id
         WHERE c.player_id = ${playerId} AND c.state = 'APPROVED' AND d.issued_in IS NOT NULL
           AND d.kind IN ('PASSPORT', 'ID_CARD', 'DRIVING_LICENCE')
         ORDER BY d.id DESC LIMIT 1`,
  );
  return row?.issued_in ?? null;
}
