import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureLedgerPartitions } from "../ops/ensure-ledger-partitions.ts";
import { createDatabase, createPool, type Database } from "../kernel/pool.ts";
import { type Door, openDoor } from "./door.fixture.ts";

const tables = ["transactions", "postings", "bets", "bet_transitions"];
let door: Door;
let db: Database;

beforeAll(async () => {
  door = await openDoor(1);
  db = createDatabase(createPool({ url: door.url, applicationName: "partitions", max: 1, onError: () => undefined }));
});
afterAll(async () => {
  await db.$client.end();
  await door.close();
});

interface Partition {
  readonly name: string;
  readonly from: bigint;
  readonly to: bigint;
}

async function partitionsOf(table: string): Promise<Partition[]> {
  const { rows } = await door.owner.query<{ name: string; bounds: string }>(
    `SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass ORDER BY 1`,
    [table],
  );
  return rows.map(({ name, bounds }) => {
    const [from = "", to = ""] = [...bounds.matchAll(/'(-?\d+)'/g)].map(([, number]) => number);
    return { name, from: BigInt(from), to: BigInt(to) };
  });
}

test("a new database has partitions for last month, this one and twelve ahead, in all four tables", async () => {
  for (const table of tables) expect(await partitionsOf(table)).toHaveLength(14);
});

test("months meet without a gap, so that every instant has its partition", async () => {
  for (const table of tables) {
    const partitions = await partitionsOf(table);
    for (const [index, { from, to }] of partitions.entries()) {
      expect(from).toBeLessThan(to);
      const next = partitions[index + 1];
      if (next !== undefined) expect(next.from).toBe(to);
    }
  }
});

test("a month is from its first millisecond in UTC to the next one's", async () => {
  const { rows } = await door.owner.query<{ zone: string; of: string }>(
    "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM') AS of, first_transaction_id_at(date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') AS zone",
  );
  const current = (await partitionsOf("postings")).find(({ name }) => name === `postings_${rows[0]?.of}`);
  expect(current?.from).toBe(BigInt(rows[0]?.zone ?? 0));
});

test("made again, they are left alone", async () => {
  expect(await ensureLedgerPartitions(db, new Date(), 12)).toBe(0);
});

test("the engine's own role makes the months ahead, whichever time zone its session has", async () => {
  const later = new Date(Date.now() + 3 * 31 * 24 * 3_600_000);
  const { rows } = await door.owner.query<{ before: number }>(
    "SELECT count(*)::int AS before FROM pg_class WHERE relispartition AND relkind = 'r'",
  );
  await db.$client.query("SET timezone = 'Pacific/Kiritimati'");
  const made = await ensureLedgerPartitions(db, later, 12);
  await db.$client.query("RESET timezone");
  expect(made).toBeGreaterThanOrEqual(8);
  expect(made % tables.length).toBe(0);
  for (const table of tables) {
    const partitions = await partitionsOf(table);
    expect(partitions).toHaveLength((rows[0]?.before ?? 0) / tables.length + made / tables.length);
    for (const [index, { to }] of partitions.entries()) {
      const next = partitions[index + 1];
      if (next !== undefined) expect(next.from).toBe(to);
    }
  }
});

test("every partition refuses to be emptied, and the engine's role has no way into it but through its table", async () => {
  const { rows } = await door.owner.query<{ name: string; guarded: boolean; open: boolean }>(`
    SELECT c.relname AS name,
           EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'no_truncate' AND t.tgenabled = 'O')
             AND EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only' AND t.tgenabled = 'O') AS guarded,
           has_table_privilege('pitboss_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE') AS open
      FROM pg_class c WHERE c.relispartition AND c.relkind = 'r'`);
  expect(rows.length).toBeGreaterThan(50);
  for (const { name, guarded, open } of rows)
    expect({ name, guarded, open }).toEqual({ name, guarded: true, open: false });
});
