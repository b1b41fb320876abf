import { availableParallelism, totalmem } from "node:os";

/** PostgreSQL settings by name; values as postgresql.conf takes them, without quotes. */
export type ServerSettings = Readonly<Record<string, string>>;

const mebibyte = 1024 * 1024;

/**
 * What a ledger wants of PostgreSQL. Nothing here trades safety for speed: a committed bet is on the disk.
 *
 * @param walCompressions what this build accepts for wal_compression.
 */
export function chooseServerSettings(walCompressions: ReadonlySet<string>): ServerSettings {
  const memoryBytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  // A quarter of the machine is PostgreSQL's own advice; the ceiling keeps a laptop usable beside it.
  const sharedBuffersMb = clamp(Math.floor(memoryBytes / mebibyte / 4), 128, 4096);
  const cacheMb = Math.max(sharedBuffersMb * 2, 256);
  return {
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    // Full-page images after a checkpoint multiply the log of a bet; fewer checkpoints and compression keep it small.
    wal_compression: walCompressions.has("lz4") ? "lz4" : "on",
    max_wal_size: "4GB",
    min_wal_size: "512MB",
    checkpoint_timeout: "15min",
    shared_buffers: `${sharedBuffersMb}MB`,
    effective_cache_size: `${cacheMb}MB`,
    max_connections: "200",
    max_parallel_workers: String(availableParallelism()),
    // The data is on flash or in memory: a random page costs about as much as the next one.
    random_page_cost: "1.1",
    // Compiling a plan costs more than any statement of the hot path takes.
    jit: "off",
    shared_preload_libraries: "pg_stat_statements",
    "pg_stat_statements.track": "all",
    track_io_timing: "on",
    // An append-only table gets its visibility map and its statistics while it grows, not after a fifth of it is new.
    autovacuum_vacuum_insert_scale_factor: "0.05",
    autovacuum_analyze_scale_factor: "0.02",
    log_lock_waits: "on",
    log_line_prefix: "%m [%p] %q%d/%a ",
    timezone: "UTC",
    log_timezone: "UTC",
  };
}

/** The text of a configuration file that PostgreSQL includes. */
export function renderServerSettings(settings: ServerSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `# Written by the supervisor at each start; put settings of your own into postgresql.auto.conf.\n${lines.join("\n")}\n`;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
