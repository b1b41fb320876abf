/** Where the house's money lies: what providers say of it beside the ledger, and what players are owed of it. */
import { readPspBalances } from "../treasury/read-psp-balances.ts";
import { openBalances } from "../treasury/open-balances.ts";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failureOf } from "../../testing/start-office.ts";
import { openSettledHouse, type SettledHouse } from "../reconciliation/settled-house.fixture.ts";

let house: SettledHouse;

beforeAll(async () => {
  house = await openSettledHouse();
});
afterAll(() => house.close());

async function ask(): Promise<void> {
  const { casino } = house.office;
  const sources = await openBalances(join(casino.dataDir, "psps.json"));
  expect(sources.map(({ code }) => code)).toEqual(["stripe", "adyen", "checkout"]);
  await readPspBalances({ db: casino.db, clock: { now: () => Date.now() }, log: pino({ level: "silent" }) }, sources);
}

async function placesOf(kind: string) {
  const { places } = await house.finance.api.treasury.show.query();
  return places.filter((one) => one.kind === kind && one.currency === "EUR");
}

test("each provider tells what it owes, and the ledger says the same to the cent", async () => {
  for (const psp of ["stripe", "adyen", "checkout"]) await house.deposit(psp, "100.00");
  await house.deposit("adyen", "40.00");
  await ask();
  const places = await placesOf("PSP");
  expect(places.map(({ place, ledger, told, verdict }) => [place, ledger, told, verdict])).toEqual([
    ["adyen", "140.00", "140.00", "EQUAL"],
    ["checkout", "100.00", "100.00", "EQUAL"],
    ["stripe", "98.25", "98.25", "EQUAL"],
  ]);
});

test("what a provider took and the ledger does not have stands as a difference, as of when it was told", async () => {
  await house.settle("adyen");
  await ask();
  const [adyen] = await placesOf("PSP");
  expect(adyen).toMatchObject({
    place: "adyen",
    ledger: "140.00",
    told: "0.00",
    difference: "-140.00",
    verdict: "DIFFERS",
  });
  const before = adyen?.toldAt ?? "";
  await house.deposit("adyen", "10.00");
  const [later] = await placesOf("PSP");
  expect(later).toMatchObject({ ledger: "150.00", told: "0.00", difference: "-140.00", toldAt: before });
});

test("the sum of all places covers what players are owed, or falls short of it by the cent", async () => {
  const { currencies } = await house.finance.api.treasury.show.query();
  const euro = currencies.find(({ currency }) => currency === "EUR");
  if (euro === undefined) throw new Error("no euro");
  const cents = (text: string): bigint => BigInt(text.replace(".", ""));
  expect(cents(euro.held) - cents(euro.owed)).toBe(cents(euro.own));
  expect(euro.verdict).toBe(cents(euro.own) >= 0n ? "COVERED" : "SHORT");
  const { places } = await house.finance.api.treasury.show.query();
  const held = places.filter(({ currency }) => currency === "EUR").reduce((sum, { ledger }) => sum + cents(ledger), 0n);
  expect(held).toBe(cents(euro.held));
});

test("a provider that does not answer leaves what it said last, and support sees none of it", async () => {
  await house.psps.misbehave({ fail: 1 }, "stripe");
  const before = (await placesOf("PSP")).find(({ place }) => place === "stripe");
  await ask();
  expect((await placesOf("PSP")).find(({ place }) => place === "stripe")).toEqual(before);
  await house.psps.misbehave({}, "stripe");
  const support = await house.office.signIn(house.office.people.support);
  expect((await failureOf(support.api.treasury.show.query())).code).toBe("NOT_ALLOWED");
});
