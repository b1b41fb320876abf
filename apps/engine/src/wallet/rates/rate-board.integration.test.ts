/** The board and the European Central Bank's adapter, against a server that behaves in every way but well. */
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createTestDatabase, type TestDatabase } from "@pitboss/db/embedded/test-database";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createLog } from "../../kernel/log.ts";
import { createEcbRates } from "./ecb-rates.ts";
import { createFileRates } from "./file-rates.ts";
import { openRateBoard, type RateBoard } from "./rate-board.ts";

let database: TestDatabase;
let db: Database;
let superuser: Client;
let server: Server;
let url: string;
let answer: RequestListener;
let nowMs: number;
let board: RateBoard | undefined;
const clock = { now: () => nowMs };
const log = createLog("silent");

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  database = await createTestDatabase();
  db = createDatabase(createPool({ url: database.url, applicationName: "test", max: 2, onError: () => undefined }));
  superuser = new Client({ connectionString: database.url });
  await superuser.connect();
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/eurofxref-daily.xml`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await db.$client.end();
  await superuser.end();
  await database.drop();
});
beforeEach(() => {
  nowMs = Date.parse("2026-03-04T12:00:00Z");
});
afterEach(async () => {
  board?.stop();
  board = undefined;
  await superuser.query("TRUNCATE rate_tables");
});

/** As the bank writes it, down to the quotes and the indentation. */
function ecbDocument(day: string, usd = "1.0812"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
\t<gesmes:subject>Reference rates</gesmes:subject>
\t<gesmes:Sender>
\t\t<gesmes:name>European Central Bank</gesmes:name>
\t</gesmes:Sender>
\t<Cube>
\t\t<Cube time='${day}'>
\t\t\t<Cube currency='USD' rate='${usd}'/>
\t\t\t<Cube currency='JPY' rate='161.04'/>
\t\t\t<Cube currency='IDR' rate='17912.28'/>
\t\t</Cube>
\t</Cube>
</gesmes:Envelope>`;
}

function serve(body: string, status = 200): void {
  answer = (_request, response) => response.writeHead(status, { "content-type": "text/xml" }).end(body);
}

async function openBoard(timeoutMs = 2_000): Promise<RateBoard> {
  board?.stop();
  board = await openRateBoard({ db, clock, log }, createEcbRates(url, timeoutMs));
  await board.refresh();
  return board;
}

function asOf(from: RateBoard): string | undefined {
  const table = from.current();
  return table.ok ? table.value.asOf : undefined;
}

test("takes the bank's document, without currencies that the house does not know, and keeps it", async () => {
  serve(ecbDocument("2026-03-04"));
  const fresh = await openBoard();
  expect(fresh.current()).toEqual({
    ok: true,
    value: {
      source: "ECB",
      asOf: "2026-03-04T00:00:00.000Z",
      base: "EUR",
      rates: { USD: "1.0812", JPY: "161.04" },
    },
  });
  expect(fresh.quote(1_000n, "EUR", "USD")).toMatchObject({ ok: true, value: { converted: 1_081n, rate: "1.0812" } });
  const { rows } = await db.execute(sql`SELECT source, rates FROM rate_tables`);
  expect(rows).toEqual([{ source: "ECB", rates: { USD: "1.0812", JPY: "161.04" } }]);
});

test("an engine that starts while the bank is away has the last good table", async () => {
  serve(ecbDocument("2026-03-04"));
  await openBoard();
  serve("gone", 503);
  expect(asOf(await openBoard())).toBe("2026-03-04T00:00:00.000Z");
});

test("without any table conversions are refused as something to try again", async () => {
  serve("gone", 503);
  const empty = await openBoard();
  expect(empty.current()).toMatchObject({ ok: false, error: { code: "RATES_UNAVAILABLE" } });
  expect(empty.quote(1n, "EUR", "USD")).toMatchObject({ ok: false, error: { code: "RATES_UNAVAILABLE" } });
});

const troubles: Record<string, () => void> = {
  "an error status": () => serve(ecbDocument("2026-03-05"), 500),
  "an empty body": () => serve(""),
  "a page instead of the document": () => serve("<html><body>Under maintenance</body></html>"),
  "a document that was cut off": () => serve(ecbDocument("2026-03-05").slice(0, -40)),
  "a rate that is no number": () => serve(ecbDocument("2026-03-05", "1.08e3")),
  "a rate of zero": () => serve(ecbDocument("2026-03-05", "0.0")),
  "a rate that slipped by a digit": () => serve(ecbDocument("2026-03-05", "10.812")),
  "a table of the future": () => serve(ecbDocument("2026-03-06")),
  "an older table than the one in use": () => serve(ecbDocument("2026-03-03", "1.0700")),
  "more bytes than any table has": () => serve(ecbDocument("2026-03-05") + " ".repeat(1_000_000)),
  "a connection that breaks off": () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": "2000" });
      response.write("<?xml", () => response.destroy());
    };
  },
  silence: () => {
    answer = () => undefined;
  },
  "a body that never ends": () => {
    answer = (_request, response) => {
      response.writeHead(200);
      response.write("<?xml version='1.0'?>");
    };
  },
};

test.each(Object.entries(troubles))("%s leaves the last good table in use", async (_name, trouble) => {
  serve(ecbDocument("2026-03-04"));
  const used = await openBoard(300);
  nowMs = Date.parse("2026-03-05T12:00:00Z");
  trouble();
  await used.refresh();
  expect(used.current()).toMatchObject({ value: { asOf: "2026-03-04T00:00:00.000Z", rates: { USD: "1.0812" } } });
  // And it recovers by itself.
  serve(ecbDocument("2026-03-05", "1.0900"));
  await used.refresh();
  expect(used.current()).toMatchObject({ value: { asOf: "2026-03-05T00:00:00.000Z", rates: { USD: "1.0900" } } });
});

test("a table that grew too old is not converted at, and a new one ends that", async () => {
  serve(ecbDocument("2026-03-04"));
  const stale = await openBoard();
  // Over Easter the bank is silent from Thursday to Tuesday; that is not too long.
  nowMs = Date.parse("2026-03-09T15:00:00Z");
  expect(stale.quote(1_000n, "EUR", "USD").ok).toBe(true);
  nowMs = Date.parse("2026-03-10T00:00:01Z");
  expect(nowMs).toBeGreaterThan(stale.usableUntilMs());
  expect(stale.quote(1_000n, "EUR", "USD")).toMatchObject({ ok: false, error: { code: "RATE_STALE" } });
  await stale.refresh();
  expect(stale.quote(1_000n, "EUR", "USD")).toMatchObject({ ok: false, error: { code: "RATE_STALE" } });
  // After so long a silence even a rate that doubled is believed.
  serve(ecbDocument("2026-03-10", "2.2000"));
  await stale.refresh();
  expect(stale.quote(1_000n, "EUR", "USD")).toMatchObject({ ok: true, value: { converted: 2_200n } });
});

test("a file that is missing or wrong stops the start, with a sentence that names it", async () => {
  const open = (path?: string): Promise<RateBoard> => openRateBoard({ db, clock, log }, createFileRates(path));
  await expect(open("/nowhere/rates.json")).rejects.toThrow("/nowhere/rates.json can't be read");
  await expect(open(new URL(import.meta.url).pathname)).rejects.toThrow("can't be read");
  await expect(open(new URL("../../../package.json", import.meta.url).pathname)).rejects.toThrow(
    "not a table of rates",
  );
});

test("the demo's rates cover every currency of the house, and say what they are", async () => {
  const { currencies } = await import("@pitboss/domain/wallet/currency");
  board = await openRateBoard({ db, clock, log }, createFileRates());
  const table = board.current();
  expect(table.ok && table.value.source).toBe("fixed demo rates");
  const codes = Object.keys(currencies).filter((code) => code !== "EUR");
  expect(table.ok && Object.keys(table.value.rates).sort()).toEqual(codes.sort());
});
