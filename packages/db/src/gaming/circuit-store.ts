/** What providers' calls were like in the last slots, and the circuit that is judged by them. */
import type { CallSlot, Circuit, CircuitState, CircuitWhy } from "@pitboss/domain/gaming/provider-circuit";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface CountedSlot {
  readonly providerId: number;
  /** The slot's beginning, ISO 8601. */
  readonly slot: string;
  readonly calls: number;
  readonly refused: number;
  readonly faulty: number;
  readonly house: number;
  readonly slow: number;
  readonly strangers: number;
  /** How many answers took how long, in the buckets of whoever counted. */
  readonly latency: readonly number[];
}

/** Adds to what other engines counted of the same slots. */
export async function addCallSlots(db: Executor, slots: readonly CountedSlot[]): Promise<void> {
  if (slots.length === 0) return;
  await db.execute(sql`
    INSERT INTO provider_call_slots AS s (provider_id, slot, calls, refused, faulty, house, slow, strangers, latency)
    SELECT "providerId", slot, calls, refused, faulty, house, slow, strangers, latency
      FROM jsonb_to_recordset(${JSON.stringify(slots)}::jsonb)
        AS c ("providerId" integer, slot timestamptz, calls bigint, refused bigint, faulty bigint, house bigint,
              slow bigint, strangers bigint, latency bigint[])
     ORDER BY 1, 2
    ON CONFLICT (provider_id, slot) DO UPDATE SET
      calls = s.calls + excluded.calls, refused = s.refused + excluded.refused, faulty = s.faulty + excluded.faulty,
      house = s.house + excluded.house, slow = s.slow + excluded.slow, strangers = s.strangers + excluded.strangers,
      latency = ARRAY(SELECT coalesce(a, 0) + coalesce(b, 0)
                        FROM unnest(s.latency, excluded.latency) WITH ORDINALITY AS t (a, b, n) ORDER BY n)`);
}

/** By provider, oldest first. */
export async function listCallSlots(db: Executor, since: Date): Promise<Map<number, CallSlot[]>> {
  const rows = await queryRows<{ provider_id: number; at_ms: string; calls: string; faulty: string; slow: string }>(
    db,
    sql`SELECT provider_id, (extract(epoch FROM slot) * 1000)::bigint AS at_ms, calls, faulty, slow
          FROM provider_call_slots WHERE slot >= ${since.toISOString()}::timestamptz ORDER BY provider_id, slot`,
  );
  const found = new Map<number, CallSlot[]>();
  for (const { provider_id: providerId, at_ms: atMs, ...row } of rows) {
    const list = found.get(providerId) ?? [];
    list.push({ atMs: Number(atMs), calls: Number(row.calls), faulty: Number(row.faulty), slow: Number(row.slow) });
    found.set(providerId, list);
  }
  return found;
}

export interface CallHealth extends Omit<CountedSlot, "slot"> {
  /** The newest slot in which it called; null where it did not. */
  readonly calledAt: string | null;
}

/** The sums of all slots since an instant, by provider. */
export async function sumCallSlots(db: Executor, since: Date): Promise<CallHealth[]> {
  type Text = { readonly [K in keyof CallHealth]: K extends "latency" ? readonly string[] : string | null };
  const rows = await queryRows<Text>(
    db,
    sql`WITH own AS (SELECT * FROM provider_call_slots WHERE slot >= ${since.toISOString()}::timestamptz)
        SELECT provider_id AS "providerId", sum(calls) AS calls, sum(refused) AS refused, sum(faulty) AS faulty,
               sum(house) AS house, sum(slow) AS slow, sum(strangers) AS strangers,
               to_char(max(slot) FILTER (WHERE calls > 0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "calledAt",
               ARRAY(SELECT sum(l.count)::bigint FROM own i, unnest(i.latency) WITH ORDINALITY AS l (count, n)
                      WHERE i.provider_id = own.provider_id GROUP BY l.n ORDER BY l.n) AS latency
          FROM own GROUP BY provider_id`,
  );
  return rows.map(({ calledAt, latency, ...row }) => ({
    providerId: Number(row.providerId),
    calls: Number(row.calls),
    refused: Number(row.refused),
    faulty: Number(row.faulty),
    house: Number(row.house),
    slow: Number(row.slow),
    strangers: Number(row.strangers),
    latency: latency.map(Number),
    calledAt,
  }));
}

export async function deleteCallSlots(db: Executor, before: Date): Promise<void> {
  await db.execute(sql`DELETE FROM provider_call_slots WHERE slot < ${before.toISOString()}::timestamptz`);
}

/**
 * The circuits of all providers that speak a dialect, locked for the transaction; those that another engine judges at
 * this moment are left out. A provider that has none yet gets one that is closed.
 */
export async function lockCircuits(db: Executor, now: Date): Promise<Map<number, Circuit>> {
  await db.execute(sql`
    INSERT INTO provider_circuits (provider_id, since)
    SELECT DISTINCT p.provider_id, '-infinity'::timestamptz FROM provider_policies p
     WHERE NOT EXISTS (SELECT FROM provider_circuits c WHERE c.provider_id = p.provider_id)
    ON CONFLICT (provider_id) DO NOTHING`);
  const rows = await queryRows<CircuitText>(
    db,
    sql`${selectCircuits(now)} ORDER BY provider_id FOR UPDATE SKIP LOCKED`,
  );
  return readCircuits(rows);
}

export async function listCircuits(db: Executor, now: Date): Promise<Map<number, Circuit>> {
  return readCircuits(await queryRows<CircuitText>(db, selectCircuits(now)));
}

interface CircuitText {
  readonly provider_id: number;
  readonly state: CircuitState;
  readonly since: string;
  readonly trips: number;
  readonly why: CircuitWhy | null;
}

/** One that has been closed ever since says so since a day ago: nothing is judged that is older. */
function selectCircuits(now: Date) {
  const oldest = new Date(now.getTime() - 2 * 86_400_000).toISOString();
  return sql`SELECT provider_id, state, greatest(since, ${oldest}::timestamptz) AS since, trips, why FROM provider_circuits`;
}

function readCircuits(rows: readonly CircuitText[]): Map<number, Circuit> {
  return new Map(
    rows.map(({ provider_id: providerId, state, since, trips, why }) => [
      providerId,
      { state, sinceMs: readInstant(since).getTime(), trips, why },
    ]),
  );
}

/** Writes the circuit's new state and the step to it. */
export async function moveCircuit(
  db: Executor,
  providerId: number,
  { from, to, policyVersion }: { readonly from: Circuit; readonly to: Circuit; readonly policyVersion: number },
): Promise<void> {
  const at = new Date(to.sinceMs).toISOString();
  const why = to.why === null ? null : JSON.stringify(to.why);
  const told = to.state === "OPEN" ? why : null;
  await db.execute(sql`
    WITH moved AS (
      UPDATE provider_circuits SET state = ${to.state}, since = ${at}::timestamptz, trips = ${to.trips}, why = ${why}::jsonb
       WHERE provider_id = ${providerId})
    INSERT INTO provider_circuit_steps (provider_id, from_state, to_state, why, policy_version, at)
    VALUES (${providerId}, ${from.state}, ${to.state}, ${told}::jsonb, ${policyVersion}, ${at}::timestamptz)`);
}

export interface CircuitStep {
  readonly from: CircuitState;
  readonly to: CircuitState;
  readonly why: CircuitWhy | null;
  readonly at: Date;
}

/** Newest first. */
export async function listCircuitSteps(db: Executor, providerId: number, limit: number): Promise<CircuitStep[]> {
  const rows = await queryRows<Omit<CircuitStep, "at"> & { readonly at: string }>(
    db,
    sql`SELECT from_state AS "from", to_state AS "to", why, at FROM provider_circuit_steps
         WHERE provider_id = ${providerId} ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({ ...row, at: readInstant(row.at) }));
}
