/** What every store of reports does: the embedded one, and one that is named by its URL. */
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestStore, type TestStore } from "../test-reports.fixture.ts";
import { type ColumnStore, StoreUnavailable } from "./column-store.ts";
import { openStore } from "./open-store.ts";
import { factsTable, prepareStore } from "./prepare-store.ts";

let embedded: TestStore;
let byUrl: ColumnStore;

beforeAll(async () => {
  embedded = await openTestStore();
  await prepareStore(embedded.store);
  byUrl = openStore({ REPORTS: "on", CLICKHOUSE_URL: await embedded.url(), PITBOSS_DATA_DIR: "/nowhere" });
});
afterAll(async () => {
  await byUrl.close();
  await embedded.close();
});

describe.each([
  ["embedded", () => embedded.store],
  ["by URL", () => byUrl],
])("the store, %s", (name, open) => {
  test("values are bound, whatever is in them, and numbers of 64 bits come back to the last digit", async () => {
    const text = 'O\'Neil \\ \t \n "x" – ü; DROP TABLE facts';
    const list = ["a'b", "c\\d", "e,f"];
    const rows = await open().rows<{ text: string; list: string[]; big: string; exact: string }>(
      "SELECT {text:String} AS text, {list:Array(String)} AS list, {big:UInt64} AS big, toDecimal256('0.123456789012345678', 18) AS exact",
      { text, list, big: 18_446_744_073_709_551_615n },
    );
    expect(rows).toEqual([{ text, list, big: "18446744073709551615", exact: "0.123456789012345678" }]);
  });

  test("a row that is inserted twice is one, and a statement that is wrong says why", async () => {
    const table = `twice_${name.replace(" ", "_")}`;
    await open().command(factsTable(table));
    const row = { event: "9007199254740993", line: 1, kind: 1, at: "2026-01-01 00:00:00.123", stake_cash: "-5" };
    await open().insert(table, [row]);
    await open().insert(table, [row]);
    await open().insert(table, []);
    expect(await open().rows(`SELECT event, stake_cash FROM ${table} FINAL`)).toEqual([
      { event: "9007199254740993", stake_cash: "-5" },
    ]);
    await expect(open().rows("SELECT nothing_of_the_kind")).rejects.toThrow(/nothing_of_the_kind/);
  });

  test("an answer comes as a Parquet file", async () => {
    const file = await buffer(
      await open().file("SELECT number AS n FROM numbers({count:UInt8})", "Parquet", { count: 3 }),
    );
    expect(file.subarray(0, 4).toString()).toBe("PAR1");
    expect(file.subarray(-4).toString()).toBe("PAR1");
  });
});

test("a stranger gets nothing, and a store that is away says so as one that may be asked again", async () => {
  const url = new URL((await embedded.url()) ?? "");
  url.password = "guessed";
  const stranger = openStore({ REPORTS: "on", CLICKHOUSE_URL: url.href, PITBOSS_DATA_DIR: "/nowhere" });
  await expect(stranger.rows("SELECT 1")).rejects.toThrow(/Authentication failed/);
  await stranger.close();
  const away = openStore({ REPORTS: "on", CLICKHOUSE_URL: "http://127.0.0.1:9/x", PITBOSS_DATA_DIR: "/nowhere" });
  await expect(away.rows("SELECT 1")).rejects.toThrow(StoreUnavailable);
  await away.close();
  const off = openStore({ REPORTS: "off", CLICKHOUSE_URL: undefined, PITBOSS_DATA_DIR: "/nowhere" });
  await expect(off.rows("SELECT 1")).rejects.toThrow(StoreUnavailable);
});

test("a store that crashed is started again with what it had", async () => {
  await embedded.store.command("CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n");
  await embedded.store.insert("kept", [{ n: 7 }]);
  embedded.kill();
  await expect
    .poll(() => embedded.store.rows("SELECT n FROM kept").catch(() => []), { timeout: 20_000 })
    .toEqual([{ n: 7 }]);
});
