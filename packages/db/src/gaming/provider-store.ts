/** Providers as their dialects need them: the policy that counts, what they prove themselves with, how calls went. */
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export interface ProviderPolicyRow {
  readonly providerId: number;
  readonly code: string;
  readonly name: string;
  readonly version: number;
  readonly dialect: string;
  readonly paused: boolean;
  readonly policy: unknown;
  readonly reason: string;
  readonly actor: string;
  readonly createdAt: Date;
}

type PolicyText = Omit<ProviderPolicyRow, "createdAt"> & { readonly createdAt: string };

const policyColumns =
  sql.raw(`p.provider_id AS "providerId", o.code, o.name, p.version, p.dialect, o.paused_at IS NOT NULL AS paused, p.policy,
  p.reason, p.actor, p.created_at AS "createdAt"`);

/** The newest policy of every provider that speaks a dialect. */
export async function listProviderPolicies(db: Executor): Promise<ProviderPolicyRow[]> {
  const rows = await queryRows<PolicyText>(
    db,
    sql`SELECT DISTINCT ON (p.provider_id) ${policyColumns}
          FROM provider_policies p JOIN providers o ON o.id = p.provider_id
         ORDER BY p.provider_id, p.version DESC`,
  );
  return rows.map(readPolicy);
}

/** All versions of one provider's policy, newest first. */
export async function listPolicyVersions(db: Executor, code: string): Promise<ProviderPolicyRow[]> {
  const rows = await queryRows<PolicyText>(
    db,
    sql`SELECT ${policyColumns} FROM provider_policies p JOIN providers o ON o.id = p.provider_id
         WHERE o.code = ${code} ORDER BY p.version DESC LIMIT 100`,
  );
  return rows.map(readPolicy);
}

function readPolicy(row: PolicyText): ProviderPolicyRow {
  return { ...row, createdAt: readInstant(row.createdAt) };
}

export interface NewProviderPolicy {
  readonly providerId: number;
  readonly dialect: string;
  readonly policy: unknown;
  readonly reason: string;
  readonly actor: string;
  /** The proposal that brings it, where it takes two people. */
  readonly approvalId?: bigint;
}

/** False where another version was written meanwhile than the one that was seen (0 where there was none). */
export async function insertProviderPolicy(db: Executor, next: NewProviderPolicy, seen: number): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    INSERT INTO provider_policies (provider_id, version, dialect, policy, reason, actor, approval_id)
    SELECT ${next.providerId}, ${seen + 1}, ${next.dialect}, ${JSON.stringify(next.policy)}::jsonb,
           ${next.reason}, ${next.actor}, ${next.approvalId ?? null}::bigint
     WHERE coalesce((SELECT max(version) FROM provider_policies WHERE provider_id = ${next.providerId}), 0) = ${seen}
    ON CONFLICT (provider_id, version) DO NOTHING`);
  return rowCount === 1;
}

export interface ProviderCredentialRow {
  readonly id: bigint;
  readonly providerId: number;
  readonly kind: "PUBLIC_KEY" | "SECRET";
  readonly sealed: Buffer;
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly createdBy: string;
}

type CredentialText = Omit<ProviderCredentialRow, "id" | "validFrom" | "validUntil"> & {
  readonly id: string;
  readonly validFrom: string;
  readonly validUntil: string | null;
};

/** Newest first; of one provider, or of all. Those that ended are left out unless they are asked for. */
export async function listProviderCredentials(
  db: Executor,
  { providerId, ended }: { readonly providerId?: number; readonly ended: boolean },
): Promise<ProviderCredentialRow[]> {
  const rows = await queryRows<CredentialText>(
    db,
    sql`SELECT id, provider_id AS "providerId", kind, sealed, fingerprint, valid_from AS "validFrom",
               valid_until AS "validUntil", created_by AS "createdBy"
          FROM provider_credentials
         WHERE (${providerId ?? null}::integer IS NULL OR provider_id = ${providerId ?? null}::integer)
           AND (${ended}::boolean OR valid_until IS NULL OR valid_until > now())
         ORDER BY id DESC LIMIT 10000`,
  );
  return rows.map((row) => ({
    ...row,
    id: BigInt(row.id),
    validFrom: readInstant(row.validFrom),
    validUntil: readInstantOrNull(row.validUntil),
  }));
}

export interface NewProviderCredential {
  readonly providerId: number;
  readonly kind: "PUBLIC_KEY" | "SECRET";
  readonly sealed: Buffer;
  readonly fingerprint: string;
  readonly createdBy: string;
}

/** Adds a credential, and lets those before it end at the given instant, where they do not end earlier by themselves. */
export async function rotateProviderCredential(
  db: Executor,
  next: NewProviderCredential,
  endAt: Date,
): Promise<bigint> {
  await db.execute(sql`
    UPDATE provider_credentials SET valid_until = greatest(valid_from, ${endAt.toISOString()}::timestamptz)
     WHERE provider_id = ${next.providerId}
       AND (valid_until IS NULL OR valid_until > ${endAt.toISOString()}::timestamptz)`);
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO provider_credentials (provider_id, kind, sealed, fingerprint, created_by)
        VALUES (${next.providerId}, ${next.kind}, ${next.sealed}, ${next.fingerprint}, ${next.createdBy}) RETURNING id`,
  );
  return BigInt(row?.id ?? 0);
}

export interface CallCount {
  readonly providerId: number;
  /** The start of the hour, ISO 8601. */
  readonly hour: string;
  readonly operation: string;
  readonly code: string;
  readonly calls: number;
}

export async function addCallCounts(db: Executor, counts: readonly CallCount[]): Promise<void> {
  if (counts.length === 0) return;
  await db.execute(sql`
    INSERT INTO provider_calls (provider_id, hour, operation, code, calls)
    SELECT "providerId", hour, operation, code, calls
      FROM jsonb_to_recordset(${JSON.stringify(counts)}::jsonb)
        AS c ("providerId" integer, hour timestamptz, operation text, code text, calls bigint)
     ORDER BY 1, 2, 3, 4
    ON CONFLICT (provider_id, hour, operation, code) DO UPDATE SET calls = provider_calls.calls + excluded.calls`);
}

export interface CallSum {
  readonly providerId: number;
  readonly operation: string;
  readonly code: string;
  readonly calls: number;
}

/** How the calls since an instant were answered, most frequent first. */
export async function sumCalls(db: Executor, since: Date): Promise<CallSum[]> {
  const rows = await queryRows<Omit<CallSum, "calls"> & { readonly calls: string }>(
    db,
    sql`SELECT provider_id AS "providerId", operation, code, sum(calls)::text AS calls
          FROM provider_calls WHERE hour >= ${since.toISOString()}::timestamptz
         GROUP BY provider_id, operation, code ORDER BY sum(calls) DESC, operation, code`,
  );
  return rows.map((row) => ({ ...row, calls: Number(row.calls) }));
}

export interface ConformanceRow {
  readonly id: bigint;
  readonly dialect: string;
  readonly target: string;
  readonly scenarios: number;
  readonly failed: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export async function insertConformanceReport(
  db: Executor,
  row: Omit<ConformanceRow, "id" | "createdAt"> & { readonly providerId: number | null; readonly report: unknown },
): Promise<bigint> {
  const [made] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO conformance_reports (provider_id, dialect, target, scenarios, failed, report, created_by)
        VALUES (${row.providerId}, ${row.dialect}, ${row.target}, ${row.scenarios}, ${row.failed},
                ${JSON.stringify(row.report)}::jsonb, ${row.createdBy}) RETURNING id`,
  );
  return BigInt(made?.id ?? 0);
}

export async function listConformanceReports(db: Executor, providerId: number): Promise<ConformanceRow[]> {
  const rows = await queryRows<Omit<ConformanceRow, "id" | "createdAt"> & { id: string; createdAt: string }>(
    db,
    sql`SELECT id, dialect, target, scenarios, failed, created_by AS "createdBy", created_at AS "createdAt"
          FROM conformance_reports WHERE provider_id = ${providerId} ORDER BY id DESC LIMIT 20`,
  );
  return rows.map((row) => ({ ...row, id: BigInt(row.id), createdAt: readInstant(row.createdAt) }));
}

export async function findConformanceReport(db: Executor, id: bigint): Promise<unknown> {
  const [row] = await queryRows<{ report: unknown }>(db, sql`SELECT report FROM conformance_reports WHERE id = ${id}`);
  return row?.report;
}

/** The provider's number by its code. */
export async function findProviderId(db: Executor, code: string): Promise<number | undefined> {
  const [row] = await queryRows<{ id: number }>(db, sql`SELECT id FROM providers WHERE code = ${code}`);
  return row?.id;
}
