/** What a player loses in a game bank counts towards their own limits, and what waits there for too long is told to people. */
import { randomUUID } from "node:crypto";
import { defaultGameBank, defaultProviderPolicy } from "@pitboss/domain/gaming/provider-policy";
import { insertProviderPolicy, listPolicyVersions } from "@pitboss/db/gaming/provider-store";
import { listOpenAlerts } from "@pitboss/db/ops/house-alert-store";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoBank } from "../../demo/open-demo-bank.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import type { TestPlayer } from "../../testing/start-casino.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { loadIntegrations } from "../dialects/kit/integrations.ts";
import { type RunningBank, runBank } from "./run-bank.fixture.ts";
import { watchTransfers } from "./watch-transfers.ts";

let office: Office;
let bank: RunningBank;
let player: TestPlayer;

beforeAll(async () => {
  office = await startOffice();
  bank = await runBank(office);
  const { db } = office.casino;
  const [current] = await listPolicyVersions(db, demoBank.provider);
  if (current === undefined) throw new Error("the demo has a game bank");
  const quick = { answerWithinMs: 1_000, retryFirstSeconds: 1, retryMostSeconds: 2, quietSeconds: 1, alertMinutes: 5 };
  const gameBank = { ...defaultGameBank, url: bank.url, most: { EUR: "500.00" }, ...quick };
  const { providerId, dialect, version } = current;
  const next = { providerId, dialect, policy: { ...defaultProviderPolicy, gameBank } };
  await insertProviderPolicy(db, { ...next, reason: "Quick for tests", actor: "job:test" }, version);
  await office.casino.restart();
});
beforeEach(async () => {
  player = await office.casino.openPlayer({ EUR: "200.00" });
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await bank.kill();
  await office.close();
});

const call = (method: "POST" | "PUT" | "GET", path: string, body?: object) =>
  office.casino.call(method, path, { token: player.token, ...(body === undefined ? {} : { body }) });
const setLimit = (kind: "LOSS" | "WAGER", amount: string) =>
  call("PUT", "/v1/limits", { kind, period: "DAY", currency: "EUR", amount });
const launch = (amount: string) =>
  call("POST", `/v1/games/${demoBank.game}/launch`, {
    playerId: player.playerId,
    currency: "EUR",
    requestId: randomUUID(),
    amount: { amount, currency: "EUR" },
  });
async function launched(amount: string): Promise<string> {
  const { status, body } = await launch(amount);
  expect(status, JSON.stringify(body)).toBe(201);
  return (body["gameBank"] as { gameBankId: string }).gameBankId;
}
const close = (gameBankId: string) => call("POST", `/v1/game-banks/${gameBankId}/close`, { playerId: player.playerId });
async function used(kind: "LOSS" | "WAGER"): Promise<string | undefined> {
  const { body } = await call("GET", "/v1/limits");
  return (body["limits"] as { kind: string; used: string }[]).find((limit) => limit.kind === kind)?.used;
}
async function playAndClose(amount: string, change: string): Promise<void> {
  const id = await launched(amount);
  await bank.play(id, change);
  expect((await close(id)).body).toMatchObject({ state: "CLOSED" });
}

describe("a player's own limits", () => {
  test.each([
    ["LOSS", "LOSS_LIMIT_REACHED"],
    ["WAGER", "WAGER_LIMIT_REACHED"],
  ] as const)(
    "%s counts what was lost there when it comes back, and lets no more in than it leaves",
    async (kind, code) => {
      await setLimit(kind, "30.00");
      expect((await launch("30.01")).body).toMatchObject({ code });
      await playAndClose("20.00", "-12.50");
      expect(await used(kind)).toBe("12.50");
      expect((await launch("17.51")).body).toMatchObject({ code, data: { counted: "12.50", amount: "17.51" } });
      await launched("17.50");
    },
  );

  test("what lies in the bank already is at stake with what comes to it", async () => {
    await setLimit("LOSS", "30.00");
    const id = await launched("20.00");
    const more = await call("POST", `/v1/game-banks/${id}/in`, {
      requestId: randomUUID(),
      playerId: player.playerId,
      amount: { amount: "10.01", currency: "EUR" },
    });
    expect(more.body).toMatchObject({ code: "LOSS_LIMIT_REACHED" });
  });

  test("a request that was refused is refused again in the same words", async () => {
    await setLimit("LOSS", "30.00");
    const id = await launched("20.00");
    const body = {
      requestId: randomUUID(),
      playerId: player.playerId,
      amount: { amount: "10.01", currency: "EUR" },
    };
    const [first, again] = [
      await call("POST", `/v1/game-banks/${id}/in`, body),
      await call("POST", `/v1/game-banks/${id}/in`, body),
    ];
    expect(again).toMatchObject({ status: 422, body: { code: "LOSS_LIMIT_REACHED" } });
    expect(again.status).toBe(first.status);
  });

  test("what was won there lowers the loss, and is no turnover", async () => {
    await setLimit("LOSS", "100.00");
    await setLimit("WAGER", "100.00");
    await playAndClose("20.00", "-15.00");
    await playAndClose("20.00", "5.00");
    expect(await used("LOSS")).toBe("10.00");
    expect(await used("WAGER")).toBe("15.00");
  });

  test("a limit that is set afterwards begins with what the ledger says of it", async () => {
    await playAndClose("20.00", "-15.00");
    await playAndClose("20.00", "5.00");
    await setLimit("LOSS", "100.00");
    await setLimit("WAGER", "100.00");
    expect(await used("LOSS")).toBe("10.00");
    expect(await used("WAGER")).toBe("15.00");
  });

  test("a limit in another currency is no way around it", async () => {
    await call("PUT", "/v1/limits", { kind: "LOSS", period: "DAY", currency: "USD", amount: "10.00" });
    expect((await launch("20.00")).body).toMatchObject({ code: "LIMIT_OTHER_CURRENCY" });
  });
});

test("a transfer whose outcome stays open is told to people once the policy says so, until it is over", async () => {
  const id = await launched("10.00");
  await bank.misbehave({ fail: 1 });
  await call("POST", `/v1/game-banks/${id}/out`, { playerId: player.playerId, requestId: randomUUID() });
  const { db } = office.casino;
  const { log } = office.deps;
  const real = office.deps.clock;
  const clock = { now: () => real.now() + minutes * 60_000 };
  let minutes = 4;
  const integrations = await loadIntegrations({ db, clock: real, log }, office.deps.vault);
  const counted: string[] = [];
  const desk = { db, clock, log, integrations, lanes: { submit: () => Promise.reject(new Error("nothing is moved")) } };
  const watch = () => watchTransfers(desk, { countAlert: (kind: string) => void counted.push(kind) });
  const alerts = async () => (await listOpenAlerts(db)).filter(({ kind }) => kind === "TRANSFERS_UNKNOWN");
  await watch();
  expect(await alerts()).toEqual([]);
  minutes = 6;
  await watch();
  await watch();
  expect(await alerts()).toMatchObject([{ subject: demoBank.provider, data: { transfers: 1 } }]);
  expect(counted).toEqual(["TRANSFERS_UNKNOWN"]);
  await bank.misbehave({});
  await expect
    .poll(async () => (await call("GET", `/v1/game-banks/${id}`)).body["balance"], { timeout: 30_000 })
    .toBe("0.00");
  await watch();
  expect(await alerts()).toEqual([]);
  integrations.stop();
});
