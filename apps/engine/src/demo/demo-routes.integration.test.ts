import { join } from "node:path";
import { tmpdir } from "node:os";
import { mkdtemp, rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeMasterKeyFile } from "../identity/keys/local-key-service.ts";
import { findLedgerFaults } from "../testing/check-ledger.ts";
import { type Casino, numberOf, startCasino } from "../testing/start-casino.ts";
import { firstDepositRequest } from "./demo-deposit.ts";

let casino: Casino;

beforeAll(async () => {
  casino = await startCasino();
});
afterAll(async () => {
  await casino.close();
});

test("a demo deposit is money from a payment service of its own, once a request", async () => {
  const player = await casino.openPlayer();
  const amount = { amount: "25.00", currency: "EUR" };
  const body = { requestId: "demo-1", playerId: player.playerId, amount };
  const deposit = (more: object = {}, token = casino.operatorKey) =>
    casino.call("POST", "/v1/demo/deposits", { token, body: { ...body, ...more } });
  const first = await deposit();
  expect(first.body).toMatchObject({ status: "POSTED", balanceAfter: "25.00", currency: "EUR" });
  expect((await deposit()).body).toEqual(first.body);
  expect((await deposit({ amount: { amount: "26.00", currency: "EUR" } })).body["code"]).toBe("REQUEST_REUSED");
  expect((await deposit({ requestId: "demo-2", amount: { amount: "0", currency: "EUR" } })).status).toBe(400);
  expect((await deposit({ requestId: "demo-3", playerId: "p_zzz" })).body["code"]).toBe("PLAYER_NOT_FOUND");
  expect((await deposit({ requestId: "demo-4" }, player.token)).status).toBe(403);
  const history = await casino.call("GET", "/v1/wallet/transactions", { token: player.token });
  expect(history.body["transactions"]).toMatchObject([{ type: "DEPOSIT", available: "25.00", requestId: "demo-1" }]);
  expect(await findLedgerFaults(casino.db)).toEqual([]);
});

test("the demo's players are those whom its seed gave money, and nobody else", async () => {
  const players = [await casino.openPlayer(), await casino.openPlayer({ EUR: "5.00" }), await casino.openPlayer()];
  const [seeded, , other] = players.map(({ playerId }) => playerId);
  for (const playerId of [other ?? "", seeded ?? ""]) {
    const requestId = firstDepositRequest(numberOf(playerId), "EUR");
    const body = { requestId, playerId, amount: { amount: "1.00", currency: "EUR" } };
    await casino.call("POST", "/v1/demo/deposits", { token: casino.operatorKey, body });
  }
  const answer = await casino.call("GET", "/v1/demo/players", { token: casino.operatorKey });
  expect(answer.body["players"]).toMatchObject([{ playerId: seeded }, { playerId: other }]);
});

test("in production none of this is there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pitboss-production-"));
  const keys = join(folder, "master-keys.json");
  await makeMasterKeyFile(keys);
  const production = await startCasino({
    NODE_ENV: "production",
    MASTER_KEYS_FILE: keys,
    CONSOLE_KEY: "a key of forty characters, for this test",
  });
  const answers = [
    await production.call("GET", "/v1/demo/players", { token: production.operatorKey }),
    await production.call("POST", "/v1/demo/deposits", { token: production.operatorKey, body: {} }),
  ];
  expect(answers.map(({ body }) => body["code"])).toEqual(["ROUTE_NOT_FOUND", "ROUTE_NOT_FOUND"]);
  await production.close();
  await rm(folder, { recursive: true });
});
