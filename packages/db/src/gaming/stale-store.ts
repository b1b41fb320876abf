/** Bets that a provider's own time has passed over, what the house may do about them by itself, and what it did. */
import type { StaleStop } from "@pitboss/domain/gaming/judge-stale-run";
import type { VoidListItem } from "@pitboss/domain/gaming/void-list";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstantOrNull } from "../kernel/executor.ts";

export interface StalePolicyRow {
  readonly providerId: number;
  readonly providerCode: string;
  readonly providerName: string;
  /** When a round counts as stuck in the inbox; it is stale later than that. */
  readonly stuckAfterMinutes: number;
  readonly staleAfterMinutes: number;
  readonly autoVoid: boolean;
  readonly mostBets: number;
  /** Decimal strings by currency. */
  readonly mostAmounts: Readonly<Record<string, string>>;
  readonly runEveryMinutes: number;
  readonly lastRunAt: Date | null;
}

interface StoredPolicy {
  provider_id: number;
  code: string;
  name: string;
  stuck_after_minutes: number;
  stale_after_minutes: number;
  auto_void: boolean;
  most_bets: number;
  most_amounts: Record<string, string>;
  run_every_minutes: number;
  last_run_at: string | null;
}

const columns = sql`v.id AS provider_id, v.code, v.name, v.stuck_after_minutes, v.stale_after_minutes, coalesce(p.auto_void, false) AS auto_void,
  coalesce(p.most_bets, 50) AS most_bets, coalesce(p.most_amounts, '{}') AS most_amounts,
  coalesce(p.run_every_minutes, 60) AS run_every_minutes, p.last_run_at::text AS last_run_at`;

export async function listStalePolicies(db: Executor): Promise<StalePolicyRow[]> {
  const rows = await queryRows<StoredPolicy>(
    db,
    sql`SELECT ${columns} FROM providers v LEFT JOIN stale_policies p ON p.provider_id = v.id ORDER BY v.code`,
  );
  return rows.map(readPolicy);
}

/** Those whose time for a run has come, claimed: no other engine runs them until the next time. */
export async function claimStaleRuns(db: Executor, now: Date): Promise<StalePolicyRow[]> {
  const at = now.toISOString();
  const rows = await queryRows<StoredPolicy>(
    db,
    sql`WITH due AS (
          INSERT INTO stale_policies AS p (provider_id, last_run_at)
          SELECT id, ${at}::timestamptz FROM providers
          ON CONFLICT (provider_id) DO UPDATE SET last_run_at = excluded.last_run_at
            WHERE p.last_run_at IS NULL
               OR p.last_run_at <= excluded.last_run_at - make_interval(mins => p.run_every_minutes)
          RETURNING *)
        SELECT ${columns} FROM due p JOIN providers v ON v.id = p.provider_id ORDER BY v.code`,
  );
  return rows.map(readPolicy);
}

export interface StalePolicyChange {
  readonly staleAfterMinutes: number;
  readonly autoVoid: boolean;
  readonly mostBets: number;
  readonly mostAmounts: Readonly<Record<string, string>>;
  readonly runEveryMinutes: number;
}

export async function setStalePolicy(db: Executor, providerId: number, change: StalePolicyChange): Promise<void> {
  await db.execute(sql`
    UPDATE providers SET stale_after_minutes = ${change.staleAfterMinutes}
     WHERE id = ${providerId} AND stale_after_minutes <> ${change.staleAfterMinutes}`);
  await db.execute(sql`
    INSERT INTO stale_policies (provider_id, auto_void, most_bets, most_amounts, run_every_minutes)
    VALUES (${providerId}, ${change.autoVoid}, ${change.mostBets}, ${JSON.stringify(change.mostAmounts)}::jsonb,
            ${change.runEveryMinutes})
    ON CONFLICT (provider_id) DO UPDATE
       SET auto_void = excluded.auto_void, most_bets = excluded.most_bets, most_amounts = excluded.most_amounts,
           run_every_minutes = excluded.run_every_minutes, updated_at = now()`);
}

/**
 * Held bets of one provider that are older than it takes, oldest first, that no open proposal is about. Only those of
 * rounds of which the provider has said nothing at all: where it has told a part, or closed the round, it knows something
 * that the house does not, and a person has to ask.
 */
export async function listStaleBets(
  db: Executor,
  providerId: number,
  now: Date,
  limit: number,
): Promise<VoidListItem[]> {
  const rows = await queryRows<{ id: string; player_id: string; currency: number; stake: string }>(
    db,
    sql`SELECT b.id, b.player_id, b.currency, b.stake
          FROM waiting_bets w
          JOIN bets b ON b.id = w.bet_id
          JOIN games g ON g.id = b.game_id AND g.provider_id = ${providerId}
          JOIN providers v ON v.id = g.provider_id
          LEFT JOIN rounds r ON r.round_hash = b.round_hash AND r.player_id = b.player_id
                            AND r.provider_id = g.provider_id AND r.round_ref = b.round_ref
         WHERE b.id < first_transaction_id_at(${now.toISOString()}::timestamptz - make_interval(mins => v.stale_after_minutes))
           AND coalesce(r.status, 1) = 1
           AND NOT EXISTS (SELECT FROM bet_transitions WHERE bet_id = b.id)
           AND NOT EXISTS (
             SELECT FROM bets o JOIN bet_transitions t ON t.bet_id = o.id AND t.status IN (2, 3)
              WHERE o.round_hash = b.round_hash AND o.player_id = b.player_id AND o.round_ref = b.round_ref)
           AND NOT EXISTS (
             SELECT FROM approval_bets ab JOIN approvals a ON a.id = ab.approval_id
              WHERE ab.bet_id = b.id AND ab.outcome IS NULL AND a.status IN ('PROPOSED', 'APPROVED')
                AND a.expires_at > now())
         ORDER BY b.id LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    betId: BigInt(row.id),
    playerId: BigInt(row.player_id),
    currency: currencyOfNumber(row.currency),
    held: BigInt(row.stake),
  }));
}

export interface NewStaleRun {
  readonly providerId: number;
  readonly startedAt: Date;
  readonly ruleVersion: number;
  readonly found: number;
  readonly sums: readonly { readonly currency: string; readonly amount: string }[];
  readonly stop: StaleStop | null;
  readonly over: string | null;
}

export async function insertStaleRun(db: Executor, run: NewStaleRun): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO stale_runs (provider_id, started_at, rule_version, found, sums, stop, over)
        VALUES (${run.providerId}, ${run.startedAt.toISOString()}::timestamptz, ${run.ruleVersion}, ${run.found},
                ${JSON.stringify(run.sums)}::jsonb, ${run.stop}, ${run.over}) RETURNING id`,
  );
  return BigInt(row?.id ?? 0);
}

export interface StaleCounts {
  readonly voided: number;
  readonly refused: number;
  /** Not tried: the ledger could not be reached. The next run finds them again. */
  readonly failed: number;
}

export async function endStaleRun(db: Executor, id: bigint, counts: StaleCounts, at: Date): Promise<void> {
  await db.execute(sql`
    UPDATE stale_runs SET ended_at = ${at.toISOString()}::timestamptz, voided = ${counts.voided},
           refused = ${counts.refused}, failed = ${counts.failed} WHERE id = ${id}`);
}

export interface StaleRunRow extends StaleCounts {
  readonly providerId: number;
  readonly startedAt: string;
  readonly found: number;
  readonly sums: readonly { readonly currency: string; readonly amount: string }[];
  readonly stop: StaleStop | null;
  readonly over: string | null;
}

/** The newest run of each provider that found something. */
export async function listLastStaleRuns(db: Executor): Promise<StaleRunRow[]> {
  return queryRows<StaleRunRow>(
    db,
    sql`SELECT DISTINCT ON (provider_id) provider_id AS "providerId",
               to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "startedAt",
               found, sums, stop, over, voided, refused, failed
          FROM stale_runs ORDER BY provider_id, id DESC`,
  );
}

function readPolicy(row: StoredPolicy): StalePolicyRow {
  return {
    providerId: row.provider_id,
    providerCode: row.code,
    providerName: row.name,
    stuckAfterMinutes: row.stuck_after_minutes,
    staleAfterMinutes: row.stale_after_minutes,
    autoVoid: row.auto_void,
    mostBets: row.most_bets,
    mostAmounts: row.most_amounts,
    runEveryMinutes: row.run_every_minutes,
    lastRunAt: readInstantOrNull(row.last_run_at),
  };
}
