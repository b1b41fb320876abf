/** Alerts of both desks. Every reader names the desk that it reads for: what the other desk knows is not its business. */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { AlertState } from "@pitboss/domain/risk/monitoring/alert-machine";
import type { Desk, Severity } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { players } from "../identity/players.schema.ts";
import { numberArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { monitoringAlerts } from "./monitoring-alerts.schema.ts";

export type AlertRecord = typeof monitoringAlerts.$inferSelect;
export interface NamedAlert extends AlertRecord {
  readonly nickname: string;
}

export interface AlertFilter {
  readonly desk: Desk;
  readonly states?: readonly AlertState[] | undefined;
  readonly severity?: Severity | undefined;
  readonly ruleCode?: string | undefined;
  readonly playerId?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listAlerts(db: Executor, filter: AlertFilter): Promise<NamedAlert[]> {
  const { desk: of, states, severity, ruleCode, playerId, before, limit } = filter;
  const rows = await db
    .select({ alert: monitoringAlerts, nickname: players.nickname })
    .from(monitoringAlerts)
    .innerJoin(players, eq(players.id, monitoringAlerts.playerId))
    .where(
      and(
        eq(monitoringAlerts.desk, of),
        states === undefined ? undefined : inArray(monitoringAlerts.state, [...states]),
        severity === undefined ? undefined : eq(monitoringAlerts.severity, severity),
        ruleCode === undefined ? undefined : eq(monitoringAlerts.ruleCode, ruleCode),
        playerId === undefined ? undefined : eq(monitoringAlerts.playerId, playerId),
        before === undefined ? undefined : lt(monitoringAlerts.id, before),
      ),
    )
    .orderBy(desc(monitoringAlerts.id))
    .limit(limit);
  return rows.map(({ alert, nickname }) => ({ ...alert, nickname }));
}

export async function findAlert(db: Executor, desk: Desk, id: bigint): Promise<NamedAlert | undefined> {
  const [row] = await db
    .select({ alert: monitoringAlerts, nickname: players.nickname })
    .from(monitoringAlerts)
    .innerJoin(players, eq(players.id, monitoringAlerts.playerId))
    .where(and(eq(monitoringAlerts.desk, desk), eq(monitoringAlerts.id, id)));
  return row && { ...row.alert, nickname: row.nickname };
}

export async function lockAlert(tx: Executor, desk: Desk, id: bigint): Promise<AlertRecord | undefined> {
  const [row] = await tx
    .select()
    .from(monitoringAlerts)
    .where(and(eq(monitoringAlerts.desk, desk), eq(monitoringAlerts.id, id)))
    .for("update");
  return row;
}

export async function listCaseAlerts(db: Executor, caseId: bigint): Promise<AlertRecord[]> {
  return db
    .select()
    .from(monitoringAlerts)
    .where(eq(monitoringAlerts.caseId, caseId))
    .orderBy(asc(monitoringAlerts.happenedAt), asc(monitoringAlerts.id));
}

/** When each rule has spoken of these players: `player rule` → times, ms. */
export async function listSpoken(db: Executor, playerIds: readonly bigint[]): Promise<Map<string, number[]>> {
  if (playerIds.length === 0) return new Map();
  const rows = await queryRows<{ player: string; rule: string; times: number[] }>(
    db,
    sql`SELECT player_id AS player, rule_code AS rule, json_agg(extract(epoch FROM happened_at) * 1000) AS times
          FROM monitoring_alerts WHERE player_id = ANY(${numberArray(playerIds)}::bigint[]) GROUP BY player_id, rule_code`,
  );
  return new Map(rows.map(({ player, rule, times }) => [`${player} ${rule}`, times]));
}

export interface NewAlert {
  readonly desk: Desk;
  readonly ruleCode: string;
  readonly ruleVersion: number;
  readonly playerId: bigint;
  readonly severity: Severity;
  readonly trigger: string;
  readonly happenedAt: Date;
  readonly measured: Readonly<Record<string, string>>;
  readonly evidence: readonly JsonObject[];
  readonly reaction: JsonObject;
  readonly caseId: bigint | null;
  readonly dueAt: Date;
}

/** Undefined where the same rule has raised it of the same player for the same cause before. */
export async function insertAlert(db: Executor, alert: NewAlert): Promise<bigint | undefined> {
  const [row] = await db
    .insert(monitoringAlerts)
    .values(alert)
    .onConflictDoNothing({ target: [monitoringAlerts.ruleCode, monitoringAlerts.playerId, monitoringAlerts.trigger] })
    .returning({ id: monitoringAlerts.id });
  return row?.id;
}

export async function hasAlert(
  db: Executor,
  alert: Pick<NewAlert, "ruleCode" | "playerId" | "trigger">,
): Promise<boolean> {
  const { ruleCode, playerId, trigger } = alert;
  const rows = await queryRows(
    db,
    sql`SELECT 1 FROM monitoring_alerts WHERE rule_code = ${ruleCode} AND player_id = ${playerId} AND trigger = ${trigger}`,
  );
  return rows.length > 0;
}

export interface AlertChange {
  readonly state: AlertState;
  readonly owner: bigint | null;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
}

export async function changeAlert(db: Executor, id: bigint, change: AlertChange): Promise<void> {
  await db.update(monitoringAlerts).set(change).where(eq(monitoringAlerts.id, id));
}

/** All of a case at once, as the case was decided. */
export async function closeCaseAlerts(db: Executor, caseId: bigint, change: AlertChange): Promise<void> {
  await db.update(monitoringAlerts).set(change).where(eq(monitoringAlerts.caseId, caseId));
}

export async function countOpenAlerts(
  db: Executor,
  desk: Desk,
  now: Date,
): Promise<{ readonly open: number; readonly late: number }> {
  const [row] = await queryRows<{ open: string; late: string }>(
    db,
    sql`SELECT count(*) AS open, count(*) FILTER (WHERE due_at <= ${now.toISOString()}::timestamptz) AS late
          FROM monitoring_alerts WHERE desk = ${desk} AND state IN ('OPEN', 'TAKEN')`,
  );
  return { open: Number(row?.open ?? 0), late: Number(row?.late ?? 0) };
}
