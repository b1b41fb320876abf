/** Connections for everything that is not a lane: reads, and writes of one command in its own transaction. */
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { connectionOptions } from "./session.ts";

export interface PoolOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly max: number;
  /** Told of connections that break while they idle; the pool replaces them by itself. */
  readonly onError: (error: Error) => void;
}

/** Longer than the `statement_timeout` below; for a server that does not answer at all, ms. */
const answerWithinMs = 35_000;

export type Database = NodePgDatabase & { readonly $client: pg.Pool };

export function createPool({ url, applicationName, max, onError }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max,
    connectionTimeoutMillis: 3_000,
    query_timeout: answerWithinMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    options: connectionOptions({
      statement_timeout: "30s",
      lock_timeout: "5s",
      idle_in_transaction_session_timeout: "60s",
    }),
  });
  pool.on("error", onError);
  // A connection that breaks while it is in use, between two statements of a transaction, tells nobody but this
  // listener, and without one ends the process. The next statement fails anyway.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

export function createDatabase(pool: pg.Pool): Database {
  const db = drizzle(pool);
  // Drizzle never gives back a connection whose BEGIN fails, as it does when the connection broke while it idled: each
  // time the pool is one smaller, until nobody gets one any more. So the connection is taken and given back here.
  const transaction: typeof db.transaction = async (work, config) => {
    const client = await pool.connect();
    try {
      return await drizzle(client).transaction(work, config);
    } finally {
      // One that is still in its transaction, or does not answer at all, is of no use to whoever comes next.
      client.release(client.getTransactionStatus() !== "I");
    }
  };
  return Object.assign(db, { transaction });
}
