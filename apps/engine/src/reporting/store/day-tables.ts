/**
 * Days that are over, summed up: what figures are read from where nothing has come to a day since. A day's sums are made
 * whole, as another generation beside the one before, and a row says which generation holds; a fact that comes to a day
 * takes that row back first. So sums are never moved by an event, and none can be counted twice in them.
 */
import { mainBrand } from "@pitboss/domain/identity/brand";

const onDisk = "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1";

export const brandColumn = `brand LowCardinality(String) DEFAULT '${mainBrand}'`;

/** Facts of a day of UTC by all that figures are told by, but players. */
export const daySumsTable = sumsTable("day_sums");

/** The same without games, which most reports do not ask for: some twenty rows for each one here. */
export const dayTotalsTable = sumsTable("day_totals");

function sumsTable(name: string): string {
  return `
  CREATE TABLE IF NOT EXISTS ${name} (
    day Date,
    generation UInt64,
    kind UInt8,
    country LowCardinality(String),
    ${brandColumn},
    currency LowCardinality(String),
    provider LowCardinality(String),
    game LowCardinality(String),
    stake_cash Int64,
    stake_bonus Int64,
    win_cash Int64,
    win_bonus Int64,
    amount Int64,
    facts UInt64,
    bonus_facts UInt64
  ) ENGINE = MergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (day, generation, kind, provider, game) ${onDisk}`;
}

/**
 * Whose bets were settled on a day, as sets: players can't be added up, but sets of them can be joined, exactly. Games are
 * left out, as there would be about a set for each bet.
 */
export const dayPlayersTable = `
  CREATE TABLE IF NOT EXISTS day_players (
    day Date,
    generation UInt64,
    country LowCardinality(String),
    ${brandColumn},
    currency LowCardinality(String),
    provider LowCardinality(String),
    players AggregateFunction(groupBitmap, UInt64)
  ) ENGINE = MergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (day, generation, provider) ${onDisk}`;

/** The same by providers alone, which most reports ask for: sets that are joined already are read ten times as fast. */
export const dayProviderPlayersTable = `
  CREATE TABLE IF NOT EXISTS day_provider_players (
    day Date,
    generation UInt64,
    provider LowCardinality(String),
    players AggregateFunction(groupBitmap, UInt64)
  ) ENGINE = MergeTree
  PARTITION BY toYYYYMM(day)
  ORDER BY (day, generation, provider) ${onDisk}`;

/** What a day's sums are made of; where that changes, so does the number, and days are summed up anew. */
export const sumsForm = 2;

/** `holds` is the form of the sums that hold, or 0. */
export const dayStatesTable = `
  CREATE TABLE IF NOT EXISTS day_states (day Date, generation UInt64, holds UInt8)
  ENGINE = ReplacingMergeTree(generation) ORDER BY day ${onDisk}`;
