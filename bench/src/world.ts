/** The world that is measured: a database with players, money and history, made by set-based SQL. */
import { randomBytes } from "node:crypto";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { migrate } from "@pitboss/db/kernel/migrate";
import { insertGame, insertMachineKey, insertProvider } from "@pitboss/db/catalog/open-casino";
import { hashToken } from "@pitboss/engine/identity/authenticate";
import pg from "pg";

export interface World {
  readonly url: string;
  readonly token: string;
  readonly players: number;
  readonly games: readonly string[];
}

const gameCount = 200;
const startingCents = 100_000_000n;

/** Makes the database anew. `history` is the number of postings that lie in it before anything is measured. */
export async function makeWorld(serverUrl: string, name: string, players: number, history: number): Promise<World> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const pool = createPool({ url: url.href, applicationName: "bench", max: 2, onError: () => undefined });
  const db = createDatabase(pool);
  const provider = await insertProvider(db, "bench", "Bench");
  const limits = { EUR: { min: "0.01", max: "5000.00" } };
  const games = Array.from({ length: gameCount }, (_, index) => `bench_game_${index}`);
  for (const code of games) await insertGame(db, { providerId: provider, code, name: code, category: "slots", limits });
  const token = `mk_${randomBytes(32).toString("base64url")}`;
  await insertMachineKey(db, "bench", hashToken(token), ["bets", "settlements", "wallets:read"], null, provider);
  await pool.end();
  await fill(url.href, players, history);
  return { url: url.href, token, players, games };
}

/** As the owner of the schema: the engine's own role could not write balances. */
async function fill(url: string, players: number, history: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("INSERT INTO players (country, nickname) SELECT 'MT', 'bench' FROM generate_series(1, $1)", [
    players,
  ]);
  await client.query("INSERT INTO wallets (player_id, kind, currency) SELECT id, 1, 978 FROM players ORDER BY id");
  await client.query("INSERT INTO wallets (kind, currency, stripe) VALUES (11, 978, 31)");
  // One deposit each, all in the first partition, numbered by player.
  await client.query("ALTER TABLE postings DISABLE TRIGGER move_wallets");
  const first = "(SELECT first_transaction_id_at(date_trunc('month', now() - interval '1 month')) + 1024)";
  await client.query(
    `INSERT INTO transactions (id, player_id, trace_id, type, request_id)
     SELECT ${first} + id, id, gen_random_uuid(), 1, 'deposit' FROM players`,
  );
  await client.query(
    `INSERT INTO postings (wallet_id, transaction_id, available, held, available_after, held_after, currency)
     SELECT w.id, ${first} + w.player_id, $1::bigint, 0, $1::bigint, 0, 978 FROM wallets w WHERE player_id IS NOT NULL
     UNION ALL
     SELECT (SELECT id FROM wallets WHERE player_id IS NULL), ${first} + p.id, -$1::bigint, 0, -$1::bigint * p.id, 0, 978 FROM players p`,
    [startingCents],
  );
  if (history > 0) await fillHistory(client, players, history, first);
  await client.query(
    `UPDATE wallets w SET available = p.available_after, held = p.held_after, last_transaction = p.transaction_id
       FROM (SELECT DISTINCT ON (wallet_id) * FROM postings ORDER BY wallet_id, transaction_id DESC) p WHERE p.wallet_id = w.id`,
  );
  await client.query("ALTER TABLE postings ENABLE TRIGGER move_wallets");
  await client.query("VACUUM (ANALYZE)");
  await client.query("CHECKPOINT");
  await client.end();
}

/** Held bets of the past month, round after round over the players, each with all the rows of a bet that was placed. */
async function fillHistory(client: pg.Client, players: number, history: number, first: string): Promise<void> {
  const chunk = 1_000_000;
  for (let done = 0; done < history; done += chunk) {
    const count = Math.min(chunk, history - done);
    const values = [done, count, players];
    const id = `${first} + ${players} + n`;
    await client.query(
      `INSERT INTO transactions (id, player_id, trace_id, type, request_uuid)
       SELECT ${id}, n % $3::bigint + 1, gen_random_uuid(), 2, gen_random_uuid() FROM generate_series($1::bigint + 1, $1::bigint + $2::bigint) n`,
      values,
    );
    await client.query(
      `INSERT INTO postings (wallet_id, transaction_id, available, held, available_after, held_after, currency)
       SELECT w.id, ${id}, -10, 10, $4::bigint - 10 * (1 + (n - 1) / $3::bigint), 10 * (1 + (n - 1) / $3::bigint), 978
         FROM generate_series($1::bigint + 1, $1::bigint + $2::bigint) n JOIN wallets w ON w.player_id = n % $3::bigint + 1`,
      [...values, startingCents],
    );
    await client.query(
      `INSERT INTO bets (id, player_id, round_hash, stake, max_bet, balance_after, game_id, currency, round_ref, selection)
       SELECT ${id}, n % $3::bigint + 1, hashint8extended(n, 1), 10, 500000, 0, 1, 978, 'R-history-' || n, '[{"market":"straight","value":"17"}]'
         FROM generate_series($1::bigint + 1, $1::bigint + $2::bigint) n`,
      values,
    );
    await client.query(
      `INSERT INTO requests (key, body_hash, ref, kind)
       SELECT gen_random_uuid(), n, ${id}, 1 FROM generate_series($1::bigint + 1, $1::bigint + $2::bigint) n`,
      [done, count],
    );
  }
}
