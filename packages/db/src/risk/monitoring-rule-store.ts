/** Rules that watch, every version of each; the newest of a code holds. There are few of them, read at once. */
import {
  ruleBody,
  type Desk,
  type MonitoringRule,
  type RuleBody,
} from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { monitoringRules } from "./monitoring-rules.schema.ts";

export type RuleVersion = typeof monitoringRules.$inferSelect;

/** The versions in force, by code. */
export async function listCurrentRules(db: Executor, desk?: Desk): Promise<RuleVersion[]> {
  return db
    .select()
    .from(monitoringRules)
    .where(
      and(
        desk === undefined ? undefined : eq(monitoringRules.desk, desk),
        sql`${monitoringRules.version} = (SELECT max(n.version) FROM monitoring_rules n WHERE n.code = ${monitoringRules.code})`,
      ),
    )
    .orderBy(asc(monitoringRules.code));
}

/** Newest first. */
export async function listRuleVersions(db: Executor, desk: Desk, code: string): Promise<RuleVersion[]> {
  return db
    .select()
    .from(monitoringRules)
    .where(and(eq(monitoringRules.desk, desk), eq(monitoringRules.code, code)))
    .orderBy(desc(monitoringRules.version));
}

/** Whose code it is already, if any desk's: codes name alerts, and two desks never share one. */
export async function findDeskOfRule(db: Executor, code: string): Promise<Desk | undefined> {
  const [row] = await queryRows<{ desk: Desk }>(
    db,
    sql`SELECT desk FROM monitoring_rules WHERE code = ${code} LIMIT 1`,
  );
  return row?.desk;
}

export interface NewRuleVersion {
  readonly code: string;
  readonly version: number;
  readonly desk: Desk;
  readonly body: RuleBody;
  readonly setBy: string;
  readonly reason: string;
  readonly approvalId: bigint;
}

export async function insertRuleVersion(db: Executor, rule: NewRuleVersion): Promise<void> {
  await db.insert(monitoringRules).values(rule);
}

export function ruleOf({ code, version, desk, body }: RuleVersion): MonitoringRule {
  return { ...ruleBody.parse(body), code, version, desk };
}
