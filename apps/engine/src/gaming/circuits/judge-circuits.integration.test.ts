/** A provider's circuit from outside: calls in its dialect, the lobby, the warning, and what staff sees. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { findProviderId, insertProviderPolicy, listPolicyVersions } from "@pitboss/db/gaming/provider-store";
import { listOpenAlerts } from "@pitboss/db/ops/house-alert-store";
import { defaultCircuitPolicy } from "@pitboss/domain/gaming/provider-circuit";
import { providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import type { Call } from "@pitboss/wires/wire-model";
import { type Play, wireOf } from "@pitboss/wires/wire-of";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../demo/open-demo-providers.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";

let office: Office;
let provider: DemoProvider;
beforeAll(async () => {
  office = await startOffice();
  const { db } = office.casino;
  const opened = await openDemoProviders(db, office.deps.vault, { EUR: { min: "0.10", max: "1000.00" } });
  const found = opened.find(({ dialect }) => dialect === "signed-json");
  if (found === undefined) throw new Error("the demo has a provider for each dialect");
  provider = found;
  const providerId = (await findProviderId(db, provider.provider)) ?? 0;
  const circuit = { ...defaultCircuitPolicy, fewestCalls: 8, openSeconds: 10, probationSeconds: 10, windowSeconds: 60 };
  // As the demo has it: what money depends on would take two people.
  const [current] = await listPolicyVersions(db, provider.provider);
  const policy = { ...providerPolicySchema.parse(current?.policy), circuit };
  const next = { providerId, dialect: "signed-json", policy, reason: "A short circuit.", actor: "test" };
  expect(await insertProviderPolicy(db, next, 1)).toBe(true);
  await office.casino.restart();
});
afterAll(() => office.close());

async function call(play: Play, asked: Call, secret = provider.secret): Promise<number> {
  const { path, body, headers } = wireOf({ ...provider, secret }, play, asked);
  const response = await fetch(`${office.casino.url()}/v1/providers/${provider.provider}/${path}`, {
    method: "POST",
    headers,
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

const bet = (): Call => ({ do: "bet", id: randomUUID(), round: "r1", amount: 100n });

async function isOffered(): Promise<boolean | undefined> {
  const { body } = await office.casino.call("GET", "/v1/lobby", { token: office.casino.operatorKey });
  const categories = body["categories"] as { games: { gameId: string; available: boolean }[] }[];
  return categories.flatMap(({ games }) => games).find(({ gameId }) => gameId === provider.game)?.available;
}

async function until(done: () => Promise<boolean>, withinMs: number): Promise<void> {
  for (const end = Date.now() + withinMs; !(await done()); await sleep(100)) {
    if (Date.now() > end) throw new Error(`it did not come within ${withinMs} ms`);
  }
}

test("faulty calls mark its games and warn; strangers' don't; bets are taken all the while; it closes by itself", {
  timeout: 90_000,
}, async () => {
  const { casino } = office;
  const { playerId } = await casino.openPlayer({ EUR: "100.00" });
  const open = () =>
    casino.call("POST", "/v1/game-sessions", {
      token: casino.operatorKey,
      body: { playerId, gameId: provider.game, currency: "EUR" },
    });
  const session = String((await open()).body["token"]);
  const play: Play = { playerId, session, currency: "EUR", game: provider.game };
  const staff = await office.signIn(office.people.operations);
  const show = () => staff.api.provider.show.query({ provider: provider.provider });

  for (let sent = 0; sent < 30; sent += 1) {
    expect(await call(play, bet(), "c29tZWJvZHkgZWxzZSBhbHRvZ2V0aGVyIQ==")).toBe(401);
  }
  await sleep(9_000);
  expect((await show()).health).toMatchObject({ circuit: "CLOSED", calls: 0, strangers: 30 });
  expect(await isOffered()).toBe(true);

  for (let sent = 0; sent < 12; sent += 1) expect(await call({ ...play, game: "no_such_game" }, bet())).not.toBe(200);
  await until(async () => (await show()).health.circuit === "OPEN", 15_000);
  await until(async () => (await isOffered()) === false, 5_000);
  const { health, circuitSteps, answers } = await show();
  expect(health).toMatchObject({ why: { cause: "FAULTY", calls: 12, bad: 12 }, faulty: 12 });
  expect(health.p95Ms).not.toBeNull();
  expect(circuitSteps).toMatchObject([{ from: "CLOSED", to: "OPEN", why: { cause: "FAULTY" } }]);
  expect(answers).toContainEqual({ operation: "bet", code: "GAME_NOT_FOUND", calls: 12 });
  const alerts = await listOpenAlerts(casino.db);
  expect(alerts).toMatchObject([{ kind: "PROVIDER_DOWN", subject: provider.provider, data: { cause: "FAULTY" } }]);
  expect((await open()).body).toMatchObject({ code: "GAME_DISABLED" });
  expect(await call(play, bet())).toBe(200);

  await until(async () => (await show()).health.circuit === "CLOSED", 45_000);
  await until(async () => (await isOffered()) === true, 5_000);
  expect((await show()).circuitSteps.map(({ to }) => to)).toEqual(["CLOSED", "PROBATION", "OPEN"]);
  expect(await listOpenAlerts(casino.db)).toEqual([]);
});
