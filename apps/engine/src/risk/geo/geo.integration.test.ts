/** Where a player is decides over launches, bets and deposits, by the jurisdiction's rules; and every decision is kept. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { setKycLevel } from "@pitboss/db/compliance/standing-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawSpecimen } from "../../demo/specimen-document.ts";
import { type RunningVendor, runVendor } from "../../compliance/simulators/run-compliance.fixture.ts";
import { liveGame, numberOf, type TestPlayer } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

let office: Office;
let vendor: RunningVendor;
let compliance: SignedIn["api"];
let risk: SignedIn["api"];
let admin: SignedIn["api"];

const munich = { latitude: 48.1372, longitude: 11.5756 };
const salzburg = { latitude: 47.8095, longitude: 13.055 };
const valletta = { latitude: 35.8989, longitude: 14.5146 };
const clean = "203.0.113.7";

beforeAll(async () => {
  office = await startOffice();
  vendor = await runVendor(office.casino);
  compliance = (await office.signIn(office.people.compliance)).api;
  risk = (await office.signIn(office.people.risk)).api;
  admin = (await office.signIn(office.people.admin)).api;
});
afterAll(async () => {
  await vendor.stop();
  await office.close();
});

async function betFrom({ playerId }: TestPlayer, device: object | undefined, token = office.casino.operatorKey) {
  const told = device === undefined ? {} : { device: { ua: "a test", ...device } };
  const money = { stake: { amount: "1.00", currency: "EUR" }, selection: [] };
  const body = { requestId: randomUUID(), playerId, gameId: liveGame, roundId: randomUUID(), ...money, ...told };
  const answer = await office.casino.call("POST", "/v1/bets/place", { token, body });
  return answer.body["status"] === "ACCEPTED" ? "ACCEPTED" : answer.body["code"];
}

async function launchBody({ playerId }: TestPlayer, place: object) {
  const { casino } = office;
  const body = { playerId, currency: "EUR", ...place };
  return (await casino.call("POST", `/v1/games/${liveGame}/launch`, { token: casino.operatorKey, body })).body;
}

async function launchFrom(player: TestPlayer, place: object) {
  const { code, token } = await launchBody(player, place);
  return { said: code ?? "OPENED", token: String(token) };
}

async function openGerman(): Promise<TestPlayer> {
  const player = await office.casino.openPlayer({ EUR: "50.00" });
  await office.casino.db.execute(sql`UPDATE players SET country = 'DE' WHERE id = ${numberOf(player.playerId)}`);
  await setKycLevel(office.casino.db, numberOf(player.playerId), 1);
  await office.casino.db.execute(sql`
    INSERT INTO register_standings (player_id, register, clear_at) VALUES (${numberOf(player.playerId)}, 'oasis', now())`);
  return player;
}

const found = async ({ playerId }: TestPlayer, verdict?: "ALLOW") =>
  (await risk.geo.list.query({ playerId, verdict: verdict ?? null })).rows;

test("a blocked country refuses, whatever the account says, and a country that nobody knows does not", async () => {
  const player = await office.casino.openPlayer({ EUR: "50.00" });
  expect(await betFrom(player, { ip: "8.8.8.8" })).toBe("LOCATION_NOT_ALLOWED");
  expect(await betFrom(player, { ip: clean, country: "KP" })).toBe("LOCATION_NOT_ALLOWED");
  expect(await betFrom(player, { ip: clean })).toBe("ACCEPTED");
  const told = await launchBody(player, { ip: "8.8.8.8" });
  expect(told).toMatchObject({ code: "LOCATION_NOT_ALLOWED" });
  expect(told).not.toHaveProperty("data");
  const [denial] = (await risk.player.denials.query({ playerId: player.playerId })).filter(
    ({ command, full }) => command === "place" && full?.inputs["ipCountry"] === "US",
  );
  expect(denial).toMatchObject({
    command: "place",
    full: {
      rule: "risk.geo-blocked",
      ruleVersion: 2,
      inputs: { ipCountry: "US", deviceCountry: null, accountCountry: "MT", jurisdiction: "MT", packVersion: 2 },
    },
  });
});

test("a German launches from Germany, by where the device is, and the refusal is kept with rule, version and inputs", async () => {
  const player = await openGerman();
  expect((await launchFrom(player, { ip: clean, position: munich })).said).toBe("OPENED");
  expect((await launchFrom(player, { ip: clean, position: salzburg })).said).toBe("LOCATION_NOT_ALLOWED");
  const [refused] = await found(player);
  expect(refused).toMatchObject({
    occasion: "LAUNCH",
    verdict: "REFUSE",
    rule: "geo-elsewhere",
    ruleVersion: 2,
    findings: [{ rule: "geo-elsewhere", verdict: "REFUSE", about: "DEVICE AT" }],
    inputs: { ipCountry: null, hides: "NO", deviceCountry: "AT", documentCountry: null, accountCountry: "DE" },
    jurisdiction: "DE",
    packVersion: 3,
    ip: clean,
    position: { latitude: "47.8", longitude: "13.1" },
  });
  expect(await found(player, "ALLOW")).toMatchObject([{ verdict: "ALLOW", rule: null, findings: [] }]);
  expect((await risk.player.denials.query({ playerId: player.playerId }))[0]).toMatchObject({
    command: "launch",
    code: "LOCATION_NOT_ALLOWED",
    full: { rule: "risk.geo-elsewhere", inputs: { deviceCountry: "AT", packVersion: 3 } },
  });
  const explained = await risk.limitProfile.explain.query({
    playerId: player.playerId,
    game: liveGame,
    currency: "EUR",
  });
  expect(explained).toMatchObject({
    location: { verdict: "REFUSE", facts: { deviceCountry: "AT" } },
    refusal: { code: "LOCATION_NOT_ALLOWED", rule: "risk.geo-elsewhere" },
  });
});

test("an address that hides is refused or flagged as the pack has it, and the vendor is asked once", async () => {
  const player = await openGerman();
  const before = await vendor.addressesAsked();
  expect((await launchFrom(player, { ip: "198.51.100.9" })).said).toBe("LOCATION_NOT_ALLOWED");
  expect((await launchFrom(player, { ip: "198.51.100.9" })).said).toBe("LOCATION_NOT_ALLOWED");
  expect(await vendor.addressesAsked()).toBe(before + 1);
  expect((await found(player))[0]).toMatchObject({ rule: "geo-proxy", inputs: { hides: "VPN" } });
  const maltese = await office.casino.openPlayer();
  expect((await launchFrom(maltese, { ip: "198.51.100.140" })).said).toBe("OPENED");
  expect((await found(maltese))[0]).toMatchObject({ verdict: "FLAG", rule: "geo-proxy", inputs: { hides: "TOR" } });
});

test("a bet waits for no vendor: an address that is new is looked up for the next one", async () => {
  const player = await openGerman();
  await vendor.tellAddress("203.0.113.50", "VPN");
  await vendor.misbehaveAddresses({ answerDelayMs: 500 });
  const began = performance.now();
  expect(await betFrom(player, { ip: "203.0.113.50" })).toBe("ACCEPTED");
  expect(performance.now() - began).toBeLessThan(450);
  await vendor.misbehaveAddresses({});
  await expect.poll(() => betFrom(player, { ip: "203.0.113.50" }), { timeout: 5_000 }).toBe("LOCATION_NOT_ALLOWED");
});

test("a vendor that does not answer is flagged where the pack says so, within its time", async () => {
  await vendor.misbehaveAddresses({ answerDelayMs: 5_000 });
  const player = await office.casino.openPlayer();
  const began = performance.now();
  expect((await launchFrom(player, { ip: "203.0.113.60" })).said).toBe("OPENED");
  expect(performance.now() - began).toBeLessThan(3_000);
  await vendor.misbehaveAddresses({});
  expect((await found(player))[0]).toMatchObject({ verdict: "FLAG", rule: "geo-unanswered" });
});

test("the document's country counts once the case is approved, and a rule that two people change holds from then on", async () => {
  const { casino } = office;
  const player = await casino.openPlayer({ EUR: "50.00" });
  const data = { firstName: "Ada", lastName: "Lind", email: `${player.playerId}@x.test` };
  await casino.db.transaction((tx) => office.deps.players.store(tx, numberOf(player.playerId), data));
  const passport = { kind: "PASSPORT", issuedIn: "FR", file: drawSpecimen(3).toString("base64") };
  expect((await casino.call("POST", "/v1/kyc/documents", { token: player.token, body: passport })).status).toBe(200);
  expect((await launchFrom(player, { ip: clean, position: valletta })).said).toBe("OPENED");
  expect(await found(player)).toEqual([]);
  await casino.db.execute(sql`UPDATE kyc_cases SET state = 'APPROVED' WHERE player_id = ${numberOf(player.playerId)}`);
  const opened = await launchFrom(player, { ip: clean, position: valletta });
  expect(opened.said).toBe("OPENED");
  expect((await found(player))[0]).toMatchObject({
    verdict: "FLAG",
    rule: "geo-conflict",
    findings: [{ about: "DOCUMENT FR, ACCOUNT MT" }],
  });
  // Without a word about where it comes from: what its session was opened on counts.
  const bet = () => betFrom(player, undefined, opened.token);
  expect(await bet()).toBe("ACCEPTED");
  const pack = (await compliance.jurisdiction.list.query()).filter(({ code }) => code === "MT").at(-1);
  if (pack === undefined) throw new Error("there is a pack MT");
  const strict = { between: ["DOCUMENT", "DEVICE"] as ["DOCUMENT", "DEVICE"], verdict: "REFUSE" as const };
  const rules = { ...pack.rules, geo: { ...pack.rules.geo, conflicts: [...(pack.rules.geo.conflicts ?? []), strict] } };
  const change = { code: "MT", countries: [...pack.countries], rules, effectiveFrom: null, reason: "papers count" };
  const { approvalId, contentHash } = await compliance.jurisdiction.propose.mutate(change);
  expect((await failureOf(compliance.approval.approve.mutate({ approvalId, contentHash, reason: null }))).code).toBe(
    "APPROVAL_OWN",
  );
  await admin.approval.approve.mutate({ approvalId, contentHash, reason: null });
  expect((await launchFrom(player, { ip: clean, position: valletta })).said).toBe("LOCATION_NOT_ALLOWED");
  await expect.poll(bet, { timeout: 5_000 }).toBe("LOCATION_NOT_ALLOWED");
  expect(
    await risk.geo.explain.query({ playerId: player.playerId, position: valletta, ip: "198.51.100.200" }),
  ).toMatchObject({
    hides: "HOSTING",
    deviceCountry: "MT",
    documentCountry: "FR",
    vendor: "MaxMind (simulated)",
    packs: [{ code: "MT", version: 3, verdict: "REFUSE", accountCountry: "MT" }],
  });
});

test("support sees nobody's places", async () => {
  const support = (await office.signIn(office.people.support)).api;
  expect((await failureOf(support.geo.list.query({}))).code).toBe("NOT_ALLOWED");
  expect((await failureOf(support.geo.explain.query({ ip: clean }))).code).toBe("NOT_ALLOWED");
});
