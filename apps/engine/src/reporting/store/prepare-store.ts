/** The tables of the store. Every statement may run again; what exists stays. */
import {
  brandColumn,
  dayPlayersTable,
  dayProviderPlayersTable,
  dayStatesTable,
  daySumsTable,
  dayTotalsTable,
} from "./day-tables.ts";
import type { ColumnStore } from "./column-store.ts";

/** An insert that was answered outlives a power cut: the position that stands for it is on the disk as well. */
const onDisk = "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1";

/**
 * One row a fact. A row is named by its event and line; one that is written twice becomes one, at reading by FINAL and
 * for good when parts are merged. All of the key is a function of the event, or the two would not meet.
 */
export function factsTable(name: string): string {
  return `
    CREATE TABLE IF NOT EXISTS ${name} (
      event UInt64,
      line UInt16,
      kind UInt8,
      at DateTime64(3, 'UTC'),
      player UInt64,
      bet UInt64,
      country LowCardinality(String),
      ${brandColumn},
      currency LowCardinality(String),
      provider LowCardinality(String),
      game LowCardinality(String),
      channel String,
      stake_cash Int64,
      stake_bonus Int64,
      win_cash Int64,
      win_bonus Int64,
      amount Int64
    ) ENGINE = ReplacingMergeTree
    PARTITION BY toYYYYMM(at)
    ORDER BY (toDate(at), kind, provider, game, event, line)
    ${onDisk}`;
}

/** One row for each place that a payout was at; named by its event, as facts are. */
export function payoutStepsTable(name: string): string {
  return `
    CREATE TABLE IF NOT EXISTS ${name} (
      payout UInt64,
      event String,
      step UInt8,
      at DateTime64(3, 'UTC'),
      player UInt64,
      country LowCardinality(String),
      currency LowCardinality(String),
      amount Int64,
      method LowCardinality(String),
      psp LowCardinality(String),
      decided_by LowCardinality(String)
    ) ENGINE = ReplacingMergeTree
    PARTITION BY toYYYYMM(at)
    ORDER BY (payout, at, event)
    ${onDisk}`;
}

/** Since when a player sees which variant of the lobby. One row for each player and experiment, which never changes. */
const lobbyExposures = `
  CREATE TABLE IF NOT EXISTS lobby_exposures (
    experiment LowCardinality(String),
    player UInt64,
    variant LowCardinality(String),
    at DateTime64(3, 'UTC')
  ) ENGINE = ReplacingMergeTree
  ORDER BY (experiment, player) ${onDisk}`;

const rates = `
  CREATE TABLE IF NOT EXISTS rates (
    reporting LowCardinality(String),
    day Date,
    currency LowCardinality(String),
    factor Decimal(38, 18)
  ) ENGINE = ReplacingMergeTree
  ORDER BY (reporting, day, currency) ${onDisk}`;

/** Up to which position of events the facts have come: what a store that was lost, or exchanged, can't say. */
const progress = `
  CREATE TABLE IF NOT EXISTS progress (name String, position UInt64)
  ENGINE = ReplacingMergeTree(position) ORDER BY name ${onDisk}`;

export async function prepareStore(store: ColumnStore): Promise<void> {
  const tables = [
    factsTable("facts"),
    payoutStepsTable("payout_steps"),
    lobbyExposures,
    rates,
    progress,
    daySumsTable,
    dayTotalsTable,
    dayPlayersTable,
    dayProviderPlayersTable,
    dayStatesTable,
  ];
  for (const statement of tables) await store.command(statement);
  // A store that was made before there were brands: what lies in it is of the house's first one.
  for (const table of ["facts", "day_sums", "day_totals"]) {
    await store.command(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${brandColumn} AFTER country`);
  }
  // What nobody writes to any more becomes one part, of which FINAL has nothing to put together: a third of the time.
  for (const table of ["facts", "payout_steps"]) {
    await store.command(
      `ALTER TABLE ${table} MODIFY SETTING min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1`,
    );
  }
}
