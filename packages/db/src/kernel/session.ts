/**
 * One connection whose statements are sent without waiting for each other (pipelining): a batch is one trip to load
 * and one to write. Each statement is prepared once a session under its name, and answers rows of raw text, because
 * the driver's parsers cost more than reading the few columns that are needed.
 */
import pg from "pg";

export interface Statement {
  readonly name: string;
  readonly text: string;
}

export type TextRow = readonly (string | null)[];

export interface Session {
  /** Queues the statement; they run in the order in which they were queued. */
  run(
    statement: Statement,
    values?: readonly (string | number | null)[],
  ): Promise<pg.QueryArrayResult<(string | null)[]>>;
  close(): Promise<void>;
  readonly client: pg.Client;
}

export interface SessionOptions {
  readonly url: string;
  readonly applicationName: string;
  /** Called once when the connection is lost; queued statements fail by themselves. */
  readonly onLost?: (error: Error) => void;
  readonly settings?: Readonly<Record<string, string>>;
  /** A statement that is not answered by then breaks the connection, ms. */
  readonly answerWithinMs?: number;
}

/**
 * Longer than any `statement_timeout` of ours, so that a server that is there answers first. Only where the network
 * swallows what is sent does nothing come at all, and TCP by itself gives up after a quarter of an hour.
 */
const answerWithinMs = 35_000;

const rawText = { getTypeParser: () => (value: unknown) => value };

/** The engine works under this role: it can append to the ledger and can't change it. */
const appRole = "pitboss_app";

export function connectionOptions(settings: Readonly<Record<string, string>>): string {
  return Object.entries({ role: appRole, synchronous_commit: "on", timezone: "UTC", ...settings })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: options.applicationName,
    options: connectionOptions(options.settings ?? {}),
    connectionTimeoutMillis: 5_000,
    query_timeout: options.answerWithinMs ?? answerWithinMs,
    keepAlive: true,
    pipeline: true,
  });
  let lost = false;
  client.on("error", (error: Error) => {
    if (lost) return;
    lost = true;
    options.onLost?.(error);
  });
  await client.connect();
  return {
    client,
    run: (statement, values = []) =>
      client.query<(string | null)[]>({
        name: statement.name,
        text: statement.text,
        values: values as (string | number | null)[],
        rowMode: "array",
        types: rawText,
      }),
    close: () => client.end(),
  };
}
