/** Rules of routing, and who of the providers is paused. */
import type { RoutingRule } from "@pitboss/domain/cashier/routing";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface StoredRule extends RoutingRule {
  readonly id: bigint;
  readonly effectiveFrom: Date;
  readonly reason: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly effective_from: string;
  readonly priority: number;
  readonly country: string | null;
  readonly currency: string | null;
  readonly min_amount: string | null;
  readonly max_amount: string | null;
  readonly psps: readonly string[];
  readonly reason: string;
  readonly made_by: string;
  readonly made_at: string;
}

/** The version of each rule that is in force at the instant, retired ones included. */
export async function listRules(db: Executor, at: Date): Promise<StoredRule[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT DISTINCT ON (name) * FROM routing_rules WHERE effective_from <= ${at}
         ORDER BY name, effective_from DESC, id DESC`,
  );
  return rows.map(readRule);
}

/** Versions that come into force after the instant. */
export async function listComingRules(db: Executor, at: Date): Promise<StoredRule[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT * FROM routing_rules WHERE effective_from > ${at} ORDER BY effective_from, id`,
  );
  return rows.map(readRule);
}

export type NewRule = RoutingRule & Pick<StoredRule, "effectiveFrom" | "reason" | "madeBy">;

export async function insertRule(db: Executor, rule: NewRule): Promise<void> {
  const { name, effectiveFrom, priority, method, country, currency, minAmount, maxAmount, psps, reason, madeBy } = rule;
  await db.execute(sql`
    INSERT INTO routing_rules (name, effective_from, priority, method, country, currency, min_amount, max_amount, psps,
                               reason, made_by)
    VALUES (${name}, ${effectiveFrom}, ${priority}, ${method}, ${country}, ${currency}, ${minAmount}, ${maxAmount},
            ${`{${psps.join(",")}}`}::text[], ${reason}, ${madeBy})`);
}

export interface PspControl {
  readonly psp: string;
  readonly paused: boolean;
  readonly reason: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

/** What was last said of each provider. */
export async function listControls(db: Executor): Promise<PspControl[]> {
  const rows = await queryRows<ControlRow>(
    db,
    sql`SELECT DISTINCT ON (psp) psp, paused, reason, made_by, made_at FROM psp_controls ORDER BY psp, id DESC`,
  );
  return rows.map(readControl);
}

/** Under a lock of the provider, so that two people don't both believe that they changed it. */
export async function setPaused(
  db: Executor,
  { psp, paused, reason, madeBy }: Omit<PspControl, "madeAt">,
): Promise<boolean> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(${pspLock}, hashtext(${psp}))`);
  const rows = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO psp_controls (psp, paused, reason, made_by)
        SELECT ${psp}, ${paused}, ${reason}, ${madeBy}
         WHERE coalesce((SELECT paused FROM psp_controls WHERE psp = ${psp} ORDER BY id DESC LIMIT 1), false) <> ${paused}
        RETURNING id`,
  );
  return rows.length > 0;
}

/** Any fixed number; it names the lock of a provider among the advisory locks of the database. */
const pspLock = 7303;

interface ControlRow {
  readonly psp: string;
  readonly paused: boolean;
  readonly reason: string;
  readonly made_by: string;
  readonly made_at: string;
}

function readControl(row: ControlRow): PspControl {
  return {
    psp: row.psp,
    paused: row.paused,
    reason: row.reason,
    madeBy: row.made_by,
    madeAt: readInstant(row.made_at),
  };
}

function readRule(row: Row): StoredRule {
  const big = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return {
    id: BigInt(row.id),
    name: row.name,
    effectiveFrom: readInstant(row.effective_from),
    priority: row.priority,
    method: "CARD",
    country: row.country,
    currency: row.currency !== null && isCurrency(row.currency) ? row.currency : null,
    minAmount: big(row.min_amount),
    maxAmount: big(row.max_amount),
    psps: row.psps,
    reason: row.reason,
    madeBy: row.made_by,
    madeAt: readInstant(row.made_at),
  };
}
