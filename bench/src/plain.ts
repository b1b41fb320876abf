/**
 * A bet the plain way: one transaction each, statement after statement, as most back offices do it. It writes the same
 * kinds of rows (request, transaction, two postings, bet, outbox) and is the yardstick for what lanes bring.
 */
import { randomInt, randomUUID } from "node:crypto";
import pg from "pg";
import { type LoadResult, runLoad } from "./load.ts";

export async function runPlain(
  serverUrl: string,
  connections: number,
  seconds: number,
  players: number,
): Promise<LoadResult> {
  const pool = new pg.Pool({ connectionString: serverUrl, max: connections });
  await pool.query("DROP SCHEMA IF EXISTS plain CASCADE");
  await pool.query(`CREATE SCHEMA plain;
    CREATE TABLE plain.accounts (id bigint PRIMARY KEY, available bigint NOT NULL CHECK (available >= 0), held bigint NOT NULL);
    CREATE TABLE plain.requests (id uuid PRIMARY KEY, bet_id bigint NOT NULL);
    CREATE TABLE plain.transactions (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, player_id bigint NOT NULL, type text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
    CREATE TABLE plain.postings (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, transaction_id bigint NOT NULL REFERENCES plain.transactions, account_id bigint NOT NULL, amount bigint NOT NULL);
    CREATE TABLE plain.bets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, player_id bigint NOT NULL, round_id text NOT NULL, game_id text NOT NULL, stake bigint NOT NULL, selection jsonb NOT NULL, status text NOT NULL);
    CREATE TABLE plain.outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload jsonb NOT NULL);`);
  await pool.query("INSERT INTO plain.accounts SELECT n, 100000000, 0 FROM generate_series(1, $1::bigint) n", [
    players,
  ]);
  await pool.query("VACUUM ANALYZE plain.accounts");
  const result = await runLoad({ inFlight: connections, seconds, warmUpSeconds: 2 }, () => placePlain(pool, players));
  await pool.end();
  return result;
}

async function placePlain(pool: pg.Pool, players: number): Promise<number> {
  const client = await pool.connect();
  const player = 1 + randomInt(players);
  const request = randomUUID();
  const prepared = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  try {
    await client.query("BEGIN");
    const { rows } = await prepared("balance", "SELECT available FROM plain.accounts WHERE id = $1 FOR UPDATE", [
      player,
    ]);
    if (BigInt((rows[0] as { available: string }).available) < 10n) throw new Error("not enough");
    const bet = await prepared(
      "bet",
      "INSERT INTO plain.bets (player_id, round_id, game_id, stake, selection, status) VALUES ($1, $2, 'game', 10, $3, 'HELD') RETURNING id",
      [player, `R-${request}`, '[{"market":"straight","value":"17"}]'],
    );
    const betId = (bet.rows[0] as { id: string }).id;
    await prepared("request", "INSERT INTO plain.requests VALUES ($1, $2)", [request, betId]);
    const transaction = await prepared(
      "transaction",
      "INSERT INTO plain.transactions (player_id, type) VALUES ($1, 'HOLD') RETURNING id",
      [player],
    );
    await prepared(
      "postings",
      "INSERT INTO plain.postings (transaction_id, account_id, amount) VALUES ($1, $2, -10), ($1, $2, 10)",
      [(transaction.rows[0] as { id: string }).id, player],
    );
    await prepared("move", "UPDATE plain.accounts SET available = available - 10, held = held + 10 WHERE id = $1", [
      player,
    ]);
    await prepared("outbox", "INSERT INTO plain.outbox (payload) VALUES ($1)", [
      JSON.stringify({ event: "bet.placed", betId, player }),
    ]);
    await client.query("COMMIT");
    return 0;
  } catch {
    await client.query("ROLLBACK");
    return 1;
  } finally {
    client.release();
  }
}
