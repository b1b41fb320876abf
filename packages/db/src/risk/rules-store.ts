/** What jurisdictions ask for and what the house allows, every version of both: few rows, all of them read at once. */
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { PackRules, StoredPack } from "@pitboss/domain/risk/jurisdiction-pack";
import type { ProfileName, ProfileRow, ProfileVersion, StoredProfileRow } from "@pitboss/domain/risk/limit-profile";
import { assert } from "@pitboss/domain/kernel/result";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export type PackRecord = StoredPack & { readonly approvalId: bigint | null; readonly createdAt: Date };

export async function listPacks(db: Executor): Promise<PackRecord[]> {
  const rows = await queryRows<{
    code: string;
    version: number;
    effective_from: string;
    countries: string[];
    rules: PackRules;
    approval_id: string | null;
    created_at: string;
  }>(db, sql`SELECT * FROM jurisdiction_packs ORDER BY code, version`);
  return rows.map((row) => ({
    code: row.code,
    version: row.version,
    effectiveFromMs: readInstant(row.effective_from).getTime(),
    countries: row.countries,
    rules: row.rules,
    approvalId: row.approval_id === null ? null : BigInt(row.approval_id),
    createdAt: readInstant(row.created_at),
  }));
}

export interface ProfileRecord {
  readonly profile: ProfileName;
  readonly version: number;
  readonly effectiveFromMs: number;
  readonly rows: readonly StoredProfileRow[];
  readonly approvalId: bigint | null;
  readonly createdAt: Date;
}

export async function listProfiles(db: Executor): Promise<ProfileRecord[]> {
  const rows = await queryRows<{
    profile: ProfileName;
    version: number;
    effective_from: string;
    rows: StoredProfileRow[];
    approval_id: string | null;
    created_at: string;
  }>(db, sql`SELECT * FROM limit_profiles ORDER BY profile, version`);
  return rows.map((row) => ({
    profile: row.profile,
    version: row.version,
    effectiveFromMs: readInstant(row.effective_from).getTime(),
    rows: row.rows,
    approvalId: row.approval_id === null ? null : BigInt(row.approval_id),
    createdAt: readInstant(row.created_at),
  }));
}

/** Rows as the rules use them; `gameIdOf` names games by their code. A game that is gone is bounded no more. */
export function readProfile(record: ProfileRecord, gameIdOf: (code: string) => number | undefined): ProfileVersion {
  const { profile, version, effectiveFromMs } = record;
  return { profile, version, effectiveFromMs, rows: record.rows.flatMap((row) => readRow(row, gameIdOf)) };
}

function readRow(row: StoredProfileRow, gameIdOf: (code: string) => number | undefined): ProfileRow[] {
  const { measure, currency, country, category, game } = row;
  const gameId = game === null ? null : gameIdOf(game);
  if (gameId === undefined) return [];
  const amount = parseAmount(row.amount, currency);
  const playerId = row.playerId === null ? null : parseId("player", row.playerId);
  // Both were checked when the version was proposed.
  assert(amount.ok && playerId !== undefined, "a profile's rows are well formed");
  return [{ measure, currency, amount: amount.value, country, playerId, category, gameId }];
}

export async function insertPack(db: Executor, pack: StoredPack & { readonly approvalId: bigint }): Promise<void> {
  await db.execute(sql`
    INSERT INTO jurisdiction_packs (code, version, effective_from, countries, rules, approval_id)
    VALUES (${pack.code}, ${pack.version}, ${new Date(pack.effectiveFromMs).toISOString()}::timestamptz,
            ${`{${pack.countries.join(",")}}`}::text[], ${JSON.stringify(pack.rules)}::jsonb, ${pack.approvalId})`);
}

export async function insertProfile(
  db: Executor,
  version: Omit<ProfileRecord, "createdAt" | "approvalId"> & { readonly approvalId: bigint },
): Promise<void> {
  await db.execute(sql`
    INSERT INTO limit_profiles (profile, version, effective_from, rows, approval_id)
    VALUES (${version.profile}, ${version.version}, ${new Date(version.effectiveFromMs).toISOString()}::timestamptz,
            ${JSON.stringify(version.rows)}::jsonb, ${version.approvalId})`);
}
