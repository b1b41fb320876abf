/** The one adapter: `@clickhouse/client` over HTTP. The embedded store and a server differ in their address alone. */
import type { Readable } from "node:stream";
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { type ColumnStore, type StoreParams, StoreUnavailable } from "./column-store.ts";

export interface StoreAddress {
  /** With user and password in it where they are needed, and the database as its path. */
  readonly url: string;
}

/** A statement that takes longer than this is given up. */
const timeoutMs = 60_000;

const settings = {
  // JSON has no numbers of 64 bits: money comes as text, digit by digit.
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  // An event that was written twice, because its consumer was killed in between, is one event; months don't share any.
  do_not_merge_across_partitions_select_final: 1,
  join_use_nulls: 0,
} as const;

/** `find` names the address at each call: an embedded store may have been restarted on another port. */
export function createClickhouseStore(find: () => Promise<StoreAddress>): ColumnStore {
  let current: { readonly url: string; readonly client: ClickHouseClient } | undefined;

  async function client(): Promise<ClickHouseClient> {
    const { url } = await find();
    if (current?.url === url) return current.client;
    await current?.client.close();
    const client = createClient({
      url,
      request_timeout: timeoutMs,
      clickhouse_settings: settings,
      // What goes wrong is thrown, and whoever catches it writes the log.
      log: { level: ClickHouseLogLevel.OFF },
    });
    current = { url, client };
    return current.client;
  }

  async function use<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    const found = await client();
    try {
      return await work(found);
    } catch (error) {
      // What the server says is about the statement; everything else is about the way there.
      if (error instanceof ClickHouseError) throw error;
      throw new StoreUnavailable("the store of reports does not answer", { cause: error });
    }
  }

  return {
    rows: <T extends object>(statement: string, params?: StoreParams) =>
      use(async (found) => {
        const answer = await found.query({ query: statement, format: "JSONEachRow", ...paramsOf(params) });
        return answer.json<T>();
      }),
    insert: (table, rows) =>
      use(async (found) => {
        if (rows.length > 0) await found.insert({ table, values: rows, format: "JSONEachRow" });
      }),
    command: (statement) =>
      use(async (found) => {
        await found.command({ query: statement });
      }),
    file: (statement, format, params) =>
      use(async (found): Promise<Readable> => {
        const { stream } = await found.exec({ query: `${statement}\nFORMAT ${format}`, ...paramsOf(params) });
        return stream;
      }),
    close: async () => {
      await current?.client.close();
      current = undefined;
    },
  };
}

function paramsOf(params: StoreParams | undefined) {
  if (params === undefined) return {};
  const query_params = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === "bigint" ? value.toString() : value]),
  );
  return { query_params };
}
