/** To whom players belong, from when to when, and the touches and the rule that decide it. */
import type { AttributionRule, Touch } from "@pitboss/domain/reporting/affiliates/attribution";
import { sql } from "drizzle-orm";
import { numberArray } from "../kernel/arrays.ts";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export async function findAttributionRule(db: Executor, at: Date): Promise<AttributionRule> {
  const [row] = await queryRows<{ model: "FIRST" | "LAST"; window_days: number }>(
    db,
    sql`SELECT model, window_days FROM attribution_rules WHERE effective_from <= ${at} ORDER BY effective_from DESC, id DESC LIMIT 1`,
  );
  return row === undefined ? { model: "LAST", windowDays: 30 } : { model: row.model, windowDays: row.window_days };
}

export async function insertAttributionRule(
  db: Executor,
  rule: AttributionRule & { readonly actor: string; readonly reason: string; readonly from: Date },
): Promise<void> {
  await db.execute(sql`
    INSERT INTO attribution_rules (model, window_days, effective_from, actor, reason)
    VALUES (${rule.model}, ${rule.windowDays}, ${rule.from}, ${rule.actor}, ${rule.reason})`);
}

/** The clicks of these numbers whose affiliates take new players. */
export async function listTouches(db: Executor, clicks: readonly bigint[]): Promise<Touch[]> {
  const rows = await queryRows<{ id: string; code: string; affiliate_id: string; at: string }>(
    db,
    sql`SELECT k.id, k.code, c.affiliate_id, k.at FROM affiliate_clicks k JOIN affiliate_codes c ON c.code = k.code
          JOIN affiliates a ON a.id = c.affiliate_id
         WHERE k.id = ANY(${numberArray(clicks)}::bigint[]) AND a.status = 'ACTIVE'`,
  );
  return rows.map(({ id, code, affiliate_id, at }) => ({
    clickId: BigInt(id),
    code,
    affiliateId: BigInt(affiliate_id),
    atMs: readInstant(at).getTime(),
  }));
}

/** Whose a code is; undefined where it is closed or its affiliate takes no new players. */
export async function findCodeOwner(db: Executor, code: string): Promise<bigint | undefined> {
  const [row] = await queryRows<{ affiliate_id: string }>(
    db,
    sql`SELECT c.affiliate_id FROM affiliate_codes c JOIN affiliates a ON a.id = c.affiliate_id
         WHERE c.code = ${code} AND c.active AND a.status = 'ACTIVE'`,
  );
  return row === undefined ? undefined : BigInt(row.affiliate_id);
}

export interface NewAttribution {
  readonly playerId: bigint;
  readonly since: Date;
  /** Null gives the player to nobody. */
  readonly affiliateId: bigint | null;
  readonly code: string | null;
  readonly clickId: bigint | null;
  readonly source: "REGISTRATION" | "STAFF";
  readonly actor: string;
  readonly reason: string;
}

/** Ends what held before at the same instant. */
export async function insertAttribution(db: Executor, made: NewAttribution): Promise<void> {
  await db.execute(
    sql`UPDATE affiliate_players SET until = ${made.since} WHERE player_id = ${made.playerId} AND until IS NULL`,
  );
  await db.execute(sql`
    INSERT INTO affiliate_players (player_id, since, affiliate_id, code, click_id, source, actor, reason)
    VALUES (${made.playerId}, ${made.since}, ${made.affiliateId}, ${made.code}, ${made.clickId}, ${made.source}, ${made.actor},
            ${made.reason})`);
}

export interface AttributionRecord {
  readonly playerId: bigint;
  readonly nickname: string;
  readonly since: Date;
  readonly until: Date | null;
  readonly affiliateId: bigint | null;
  readonly affiliate: string | null;
  readonly code: string | null;
  readonly source: "REGISTRATION" | "STAFF";
  readonly actor: string;
  readonly reason: string;
}

interface Row {
  readonly player_id: string;
  readonly nickname: string;
  readonly since: string;
  readonly until: string | null;
  readonly affiliate_id: string | null;
  readonly affiliate: string | null;
  readonly code: string | null;
  readonly source: "REGISTRATION" | "STAFF";
  readonly actor: string;
  readonly reason: string;
}

/** A player's affiliates, newest first. */
export async function listAttributionsOf(db: Executor, playerId: bigint): Promise<AttributionRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT s.player_id, p.nickname, s.since, s.until, s.affiliate_id, a.name AS affiliate, s.code, s.source, s.actor, s.reason
          FROM affiliate_players s JOIN players p ON p.id = s.player_id LEFT JOIN affiliates a ON a.id = s.affiliate_id
         WHERE s.player_id = ${playerId} ORDER BY s.since DESC`,
  );
  return rows.map(readAttribution);
}

/** Players who are an affiliate's now, the newest player first. */
export async function listPlayersOf(
  db: Executor,
  affiliateId: bigint,
  page: { readonly before: bigint | undefined; readonly limit: number },
): Promise<AttributionRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT s.player_id, p.nickname, s.since, s.until, s.affiliate_id, a.name AS affiliate, s.code, s.source, s.actor, s.reason
          FROM affiliate_players s JOIN players p ON p.id = s.player_id JOIN affiliates a ON a.id = s.affiliate_id
         WHERE s.affiliate_id = ${affiliateId} AND s.until IS NULL
           AND (${page.before ?? null}::bigint IS NULL OR s.player_id < ${page.before ?? null})
         ORDER BY s.player_id DESC LIMIT ${page.limit}`,
  );
  return rows.map(readAttribution);
}

export interface Stretch {
  readonly playerId: bigint;
  readonly sinceMs: number;
  /** Infinity while it lasts. */
  readonly untilMs: number;
  readonly source: "REGISTRATION" | "STAFF";
}

/** Every stretch in which a player was the affiliate's that reaches into the time. */
export async function listStretches(
  db: Executor,
  affiliateId: bigint,
  time: { readonly from: Date; readonly to: Date },
): Promise<Stretch[]> {
  const rows = await queryRows<{ player_id: string; since: string; until: string | null; source: Stretch["source"] }>(
    db,
    sql`SELECT player_id, since, until, source FROM affiliate_players
         WHERE affiliate_id = ${affiliateId} AND since < ${time.to} AND (until IS NULL OR until > ${time.from})
         ORDER BY player_id, since`,
  );
  return rows.map(({ player_id, since, until, source }) => ({
    playerId: BigInt(player_id),
    sinceMs: readInstant(since).getTime(),
    untilMs: readInstantOrNull(until)?.getTime() ?? Number.POSITIVE_INFINITY,
    source,
  }));
}

function readAttribution(row: Row): AttributionRecord {
  return {
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    since: readInstant(row.since),
    until: readInstantOrNull(row.until),
    affiliateId: row.affiliate_id === null ? null : BigInt(row.affiliate_id),
    affiliate: row.affiliate,
    code: row.code,
    source: row.source,
    actor: row.actor,
    reason: row.reason,
  };
}
