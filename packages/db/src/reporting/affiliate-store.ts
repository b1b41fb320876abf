/** Affiliates with their codes, plans and clicks. */
import type { AffiliatePlan } from "@pitboss/domain/reporting/affiliates/plan";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface AffiliateRecord {
  readonly id: bigint;
  readonly name: string;
  readonly email: string;
  readonly status: "ACTIVE" | "SUSPENDED";
  readonly leastPayment: bigint;
  readonly payee: { readonly psp: string; readonly token: string; readonly label: string } | null;
  readonly payeeVersion: number;
  readonly createdAt: Date;
  readonly codes: number;
  /** Players who are the affiliate's now. */
  readonly players: number;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly status: "ACTIVE" | "SUSPENDED";
  readonly least_payment: string;
  readonly payee_psp: string | null;
  readonly payee_token: string | null;
  readonly payee_label: string | null;
  readonly payee_version: number;
  readonly created_at: string;
  readonly codes: number;
  readonly players: number;
}

const columns = sql`a.id, a.name, a.email, a.status, a.least_payment, a.payee_psp, a.payee_token, a.payee_label, a.payee_version,
  a.created_at,
  (SELECT count(*)::integer FROM affiliate_codes c WHERE c.affiliate_id = a.id) AS codes,
  (SELECT count(*)::integer FROM affiliate_players p WHERE p.affiliate_id = a.id AND p.until IS NULL) AS players`;

export interface AffiliateFilter {
  readonly text?: string | undefined;
  readonly status?: "ACTIVE" | "SUSPENDED" | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first; `text` is part of a name, or a code. */
export async function listAffiliates(db: Executor, filter: AffiliateFilter): Promise<AffiliateRecord[]> {
  const { text, status, before, limit } = filter;
  const like = text === undefined ? null : `%${text.toLowerCase().replaceAll(/[\\%_]/g, (char) => `\\${char}`)}%`;
  const rows = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM affiliates a
         WHERE (${like}::text IS NULL OR lower(a.name) LIKE ${like}
                OR EXISTS (SELECT FROM affiliate_codes c WHERE c.affiliate_id = a.id AND c.code LIKE ${like}))
           AND (${status ?? null}::text IS NULL OR a.status = ${status ?? null})
           AND (${before ?? null}::bigint IS NULL OR a.id < ${before ?? null})
         ORDER BY a.id DESC LIMIT ${limit}`,
  );
  return rows.map(readAffiliate);
}

export async function findAffiliate(db: Executor, id: bigint): Promise<AffiliateRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`SELECT ${columns} FROM affiliates a WHERE a.id = ${id}`);
  return row === undefined ? undefined : readAffiliate(row);
}

/** Undefined where another one has the name. */
export async function insertAffiliate(
  db: Executor,
  made: Pick<AffiliateRecord, "name" | "email" | "leastPayment"> & { readonly createdBy: string },
): Promise<bigint | undefined> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO affiliates (name, email, least_payment, created_by)
        VALUES (${made.name}, ${made.email}, ${made.leastPayment}, ${made.createdBy})
        ON CONFLICT DO NOTHING RETURNING id`,
  );
  return row === undefined ? undefined : BigInt(row.id);
}

export async function changeAffiliate(
  db: Executor,
  id: bigint,
  change: Partial<Pick<AffiliateRecord, "status" | "leastPayment" | "email">>,
): Promise<void> {
  await db.execute(sql`
    UPDATE affiliates SET status = coalesce(${change.status ?? null}, status), email = coalesce(${change.email ?? null}, email),
           least_payment = coalesce(${change.leastPayment ?? null}::bigint, least_payment)
     WHERE id = ${id}`);
}

/** The number of the new payee; undefined where it changed since `basedOn`. */
export async function setPayee(
  db: Executor,
  id: bigint,
  payee: NonNullable<AffiliateRecord["payee"]>,
  basedOn: number,
): Promise<number | undefined> {
  const [row] = await queryRows<{ payee_version: number }>(
    db,
    sql`UPDATE affiliates SET payee_psp = ${payee.psp}, payee_token = ${payee.token}, payee_label = ${payee.label},
               payee_version = payee_version + 1
         WHERE id = ${id} AND payee_version = ${basedOn} RETURNING payee_version`,
  );
  return row?.payee_version;
}

export interface CodeRecord {
  readonly code: string;
  readonly affiliateId: bigint;
  readonly label: string;
  readonly landing: string;
  readonly active: boolean;
  readonly clicks: number;
  readonly players: number;
}

export async function listCodes(db: Executor, affiliateId: bigint): Promise<CodeRecord[]> {
  const rows = await queryRows<Omit<CodeRecord, "affiliateId">>(
    db,
    sql`SELECT c.code, c.label, c.landing, c.active,
               (SELECT count(*)::integer FROM affiliate_clicks k WHERE k.code = c.code) AS clicks,
               (SELECT count(*)::integer FROM affiliate_players p WHERE p.code = c.code AND p.affiliate_id = c.affiliate_id
                   AND p.source = 'REGISTRATION') AS players
          FROM affiliate_codes c WHERE c.affiliate_id = ${affiliateId} ORDER BY c.created_at, c.code`,
  );
  return rows.map((row) => ({ ...row, affiliateId }));
}

/** False where the code is taken. */
export async function insertCode(
  db: Executor,
  made: Pick<CodeRecord, "code" | "affiliateId" | "label" | "landing">,
): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`INSERT INTO affiliate_codes (code, affiliate_id, label, landing)
        VALUES (${made.code}, ${made.affiliateId}, ${made.label}, ${made.landing}) ON CONFLICT DO NOTHING RETURNING code`,
  );
  return rows.length > 0;
}

export async function setCodeActive(
  db: Executor,
  affiliateId: bigint,
  code: string,
  active: boolean,
): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`UPDATE affiliate_codes SET active = ${active} WHERE code = ${code} AND affiliate_id = ${affiliateId} RETURNING code`,
  );
  return rows.length > 0;
}

/** Where a click on the code's link leads, with the click's number; undefined where there is no such link now. */
export async function insertClick(
  db: Executor,
  code: string,
  sub: string | null,
): Promise<{ readonly id: bigint; readonly landing: string } | undefined> {
  const [row] = await queryRows<{ id: string; landing: string }>(
    db,
    sql`WITH open AS (
          SELECT c.code, c.landing FROM affiliate_codes c JOIN affiliates a ON a.id = c.affiliate_id
           WHERE c.code = ${code} AND c.active AND a.status = 'ACTIVE'
        ), made AS (
          INSERT INTO affiliate_clicks (code, sub) SELECT code, ${sub}::text FROM open RETURNING id
        )
        SELECT made.id, open.landing FROM made, open`,
  );
  return row === undefined ? undefined : { id: BigInt(row.id), landing: row.landing };
}

export interface PlanRecord {
  readonly version: number;
  /** `2026-10`. */
  readonly fromMonth: string;
  readonly plan: AffiliatePlan;
  readonly actor: string;
  readonly reason: string;
  readonly createdAt: Date;
}

/** Newest first. */
export async function listPlans(db: Executor, affiliateId: bigint): Promise<PlanRecord[]> {
  const rows = await queryRows<
    Omit<PlanRecord, "createdAt" | "fromMonth"> & { created_at: string; from_month: string }
  >(
    db,
    sql`SELECT version, to_char(from_month, 'YYYY-MM') AS from_month, plan, actor, reason, created_at
          FROM affiliate_plans WHERE affiliate_id = ${affiliateId} ORDER BY version DESC`,
  );
  return rows.map(({ created_at, from_month, ...row }) => ({
    ...row,
    fromMonth: from_month,
    createdAt: readInstant(created_at),
  }));
}

/** The plan that holds in a month: of those that have begun the one that was made last. */
export function planOf(plans: readonly PlanRecord[], month: string): PlanRecord | undefined {
  return plans.find(({ fromMonth }) => fromMonth <= month);
}

export async function insertPlan(
  db: Executor,
  affiliateId: bigint,
  made: Pick<PlanRecord, "fromMonth" | "plan" | "actor" | "reason">,
): Promise<number> {
  const [row] = await queryRows<{ version: number }>(
    db,
    sql`INSERT INTO affiliate_plans (affiliate_id, version, from_month, plan, actor, reason)
        SELECT ${affiliateId}, coalesce(max(version), 0) + 1, ${`${made.fromMonth}-01`}::date, ${JSON.stringify(made.plan)}::jsonb,
               ${made.actor}, ${made.reason}
          FROM affiliate_plans WHERE affiliate_id = ${affiliateId} RETURNING version`,
  );
  return row?.version ?? 1;
}

function readAffiliate(row: Row): AffiliateRecord {
  const { payee_psp: psp, payee_token: token, payee_label: label } = row;
  return {
    id: BigInt(row.id),
    name: row.name,
    email: row.email,
    status: row.status,
    leastPayment: BigInt(row.least_payment),
    payee: psp === null || token === null || label === null ? null : { psp, token, label },
    payeeVersion: row.payee_version,
    createdAt: readInstant(row.created_at),
    codes: row.codes,
    players: row.players,
  };
}
