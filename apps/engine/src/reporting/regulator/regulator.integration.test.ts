import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { insertPlayer } from "@pitboss/db/identity/player-access";
import { queryRows } from "@pitboss/db/kernel/executor";
import { jurisdictions, type Jurisdiction } from "@pitboss/domain/reporting/regulator-report";
import { betTransactionTypes } from "@pitboss/domain/wallet/ledger-codes";
import { numberArray } from "@pitboss/db/kernel/arrays";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces.js";
import { validateXML } from "xmllint-wasm";
import { jobActing } from "../../audit/acting.ts";
import { moveEnvelope, placeEnvelope } from "../../ops/test-house.fixture.ts";
import { closeDay, sortedLines } from "../days/close-day.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { checkDays } from "./check-days.ts";
import { readPlay } from "./read-play.ts";
import { writeRegulatorXml } from "./write-regulator-xml.ts";

const today = new Date().toISOString().slice(0, 10);
const acting = jobActing("test");
let house: TestReports;
let folder: string;
let lanes: ReturnType<TestReports["openLanes"]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pitboss-regulator-"));
  house = await openTestReports();
  lanes = house.openLanes();
  await playAtRandom(house, lanes, { seed: 11, players: 5, bets: 80 });
  for (const country of ["GB", "FR"]) {
    const playerId = await insertPlayer(house.db, { nickname: `of ${country}`, country });
    await lanes.submit(moveEnvelope({ type: "DEPOSIT", playerId, currency: "EUR", amount: 9_000n, psp: "card" }));
    // Left open, so that something is.
    await lanes.submit(
      placeEnvelope(house, { playerId, round: `open-${country}`, stake: 777n, currency: "EUR", game: 0 }),
    );
  }
  await house.caughtUp();
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

/** Two days on, when today is closed. */
function later(operator = 'Harbour & "Games" <Ltd>') {
  return { ...house.deps, clock: { now: () => Date.parse(today) + 2 * 86_400_000 }, settings: { operator } };
}

async function write(jurisdiction: Jurisdiction, operator?: string) {
  const path = join(folder, `${jurisdiction}.xml`);
  const written = await writeRegulatorXml(later(operator), { from: today, to: today, jurisdiction }, path);
  return { written, text: written.ok ? await readFile(path, "utf8") : "" };
}

async function schemaErrors(text: string): Promise<readonly unknown[]> {
  const schema = await readFile(new URL("../../../../../docs/reports/regulator-report.xsd", import.meta.url), "utf8");
  const { errors } = await validateXML({ xml: { fileName: "report.xml", contents: text }, schema });
  return errors;
}

type Attributes = Readonly<Record<string, string>>;

interface ReadDay {
  readonly records: readonly (Attributes & { readonly play: Attributes })[];
  readonly totals: readonly Readonly<Record<"Reported" | "OtherJurisdictions" | "Ledger", Attributes>>[];
}

function parse(text: string): { readonly operator: string | undefined; readonly days: readonly ReadDay[] } {
  const root = create(text).root();
  const attributes = (node: XMLBuilder): Attributes =>
    Object.fromEntries(
      [...(node.node as unknown as { attributes: Iterable<{ name: string; value: string }> }).attributes].map(
        ({ name, value }) => [name, value],
      ),
    );
  const children = (node: XMLBuilder, name: string): XMLBuilder[] => node.filter((one) => one.node.nodeName === name);
  const child = (node: XMLBuilder, name: string): Attributes => children(node, name).map(attributes)[0] ?? {};
  return {
    operator: attributes(root)["operator"],
    days: children(root, "Day").map((day) => ({
      records: children(day, "Record").map(
        (one) => ({ ...attributes(one), play: child(one, "Play") }) as ReadDay["records"][number],
      ),
      totals: children(day, "Total").map((one) => ({
        Reported: child(one, "Reported"),
        OtherJurisdictions: child(one, "OtherJurisdictions"),
        Ledger: child(one, "Ledger"),
      })),
    })),
  };
}

const cents = (text: string | undefined): bigint => BigInt((text ?? "0").replace(".", ""));

test("a day that is not closed is refused by its name, and no file is left", async () => {
  expect(await checkDays(house.deps, { from: today, to: today })).toMatchObject({
    ok: false,
    error: { code: "DAYS_NOT_TIED", detail: `${today} is not closed.` },
  });
  expect((await write("MT")).written).toMatchObject({ ok: false, error: { code: "DAYS_NOT_TIED" } });
});

test("files are as the schema says, and those of all jurisdictions add up to the tie-out to the cent", async () => {
  const closed = await closeDay(later(), today, acting, "A test of it");
  expect(closed).toMatchObject({ ok: true, value: { status: "TIED" } });
  const tied = new Map(
    (closed.ok ? sortedLines(closed.value.lines) : []).map(({ line, currency, ledger }) => [line + currency, ledger]),
  );
  const sums = new Map<string, bigint>();
  for (const jurisdiction of jurisdictions) {
    const { text } = await write(jurisdiction);
    expect(await schemaErrors(text)).toEqual([]);
    const { operator, days } = parse(text);
    expect([operator, days.length]).toEqual(['Harbour & "Games" <Ltd>', 1]);
    for (const { currency, play } of days[0]?.records ?? []) {
      for (const name of ["stakes", "wins", "ggr", "stakesBonus", "winsBonus"]) {
        sums.set(`${name}${currency}`, (sums.get(`${name}${currency}`) ?? 0n) + cents(play[name]));
      }
    }
    for (const total of days[0]?.totals ?? []) {
      expect(cents(total.Reported["ggr"]) + cents(total.OtherJurisdictions["ggr"])).toBe(cents(total.Ledger["ggr"]));
    }
  }
  expect(sums.size).toBe(10);
  for (const currency of ["EUR", "USD"]) {
    const of = (line: string): bigint => BigInt(tied.get(line + currency) ?? 0);
    expect(sums.get(`stakes${currency}`)).toBe(of("stakesCash") + of("stakesBonus"));
    expect(sums.get(`wins${currency}`)).toBe(of("winsCash") + of("winsBonus"));
    expect(sums.get(`ggr${currency}`)).toBe(of("ggr"));
    expect(sums.get(`stakesBonus${currency}`)).toBe(of("stakesBonus"));
    expect(sums.get(`winsBonus${currency}`)).toBe(of("winsBonus"));
  }
});

test("what is open is what the ledger holds for bets", async () => {
  const play = await readPlay(house.reports.store, today);
  const open = play.reduce((sum, { openStakes }) => sum + openStakes, 0n);
  const held = async (country: string | null): Promise<bigint> => {
    const [row] = await queryRows<{ held: string }>(
      house.db,
      sql`SELECT sum(p.held)::text AS held FROM postings p JOIN transactions t ON t.id = p.transaction_id JOIN players l ON l.id = t.player_id
           WHERE t.type = ANY(${numberArray(betTransactionTypes)}::int[]) AND (${country}::text IS NULL OR l.country = ${country})`,
    );
    return BigInt(row?.held ?? 0);
  };
  expect(open).toBeGreaterThanOrEqual(2n * 777n);
  expect(open).toBe(await held(null));
  const ofGb = play.filter(({ jurisdiction }) => jurisdiction === "GB");
  expect(ofGb.reduce((sum, { openStakes }) => sum + openStakes, 0n)).toBe(await held("GB"));
});

test("what play in a provider's own wallet came to is told under the provider, with no bets", async () => {
  const play = await readPlay(house.reports.store, today);
  const banks = play.filter(({ game }) => game === "game-bank");
  expect(banks.length).toBeGreaterThan(0);
  for (const bank of banks) expect(bank).toMatchObject({ provider: "testers", stakes: 0n, settled: 0n, corrected: 0n });
});

test("a name that XML can't hold as it is comes out as a name", async () => {
  const { text } = await write("GB", "A\u0001 & 'B' <!-- ]]>");
  expect(await schemaErrors(text)).toEqual([]);
  expect(parse(text).operator).toBe("A & 'B' <!-- ]]>");
});

test("the schema refuses what is no such file", async () => {
  const { text } = await write("GB");
  expect(await schemaErrors(text.replace('jurisdiction="GB"', 'jurisdiction="UK"'))).not.toEqual([]);
  expect(await schemaErrors(text.replace(/stakesBonus="[^"]*"/, ""))).not.toEqual([]);
});

test("a day that got late events is refused until it is compared again", async () => {
  const playerId = await house.addPlayer();
  await lanes.submit(moveEnvelope({ type: "DEPOSIT", playerId, currency: "EUR", amount: 5_000n, psp: "card" }));
  const placed = await lanes.submit(
    placeEnvelope(house, { playerId, round: "late", stake: 100n, currency: "EUR", game: 0 }),
  );
  expect(placed.kind).toBe("ran");
  await house.caughtUp();
  expect((await write("MT")).written).toMatchObject({ ok: false, error: { code: "DAYS_NOT_TIED" } });
  await closeDay(later(), today, acting, "Events came late");
  expect((await write("MT")).written).toMatchObject({ ok: true });
});

test("facts that moved after the tie-out end the file", async () => {
  await house.reports.store.insert("facts", [
    {
      event: "1",
      line: 0,
      kind: 1,
      at: `${today} 12:00:00.000`,
      player: "1",
      bet: "0",
      country: "MT",
      currency: "EUR",
      provider: "testers",
      game: "wheel",
      channel: "",
      stake_cash: "1",
    },
  ]);
  const { written } = await write("GB");
  expect(written.ok ? undefined : written.error).toMatchObject({ code: "DAYS_NOT_TIED" });
});
