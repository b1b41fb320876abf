/** Money that goes to a provider's own wallet and back, with the provider as a process that fails as providers do. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { bankSessionMachine, bankTransferMachine } from "@pitboss/domain/gaming/game-bank/bank-machines";
import { defaultGameBank, defaultProviderPolicy } from "@pitboss/domain/gaming/provider-policy";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { demoBank } from "../../demo/open-demo-bank.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import type { TestPlayer } from "../../testing/start-casino.ts";
import { failureOf, type Office, startOffice } from "../../testing/start-office.ts";
import { type RunningBank, runBank } from "./run-bank.fixture.ts";

let office: Office;
let bank: RunningBank;
let player: TestPlayer;
const patience = { timeout: 30_000, interval: 50 };
const most = { EUR: "500.00" };

beforeAll(async () => {
  office = await startOffice();
  bank = await runBank(office);
  const { api } = await office.signIn(office.people.operations);
  const gameBank = {
    ...defaultGameBank,
    url: bank.url,
    most,
    answerWithinMs: 1_000,
    retryFirstSeconds: 1,
    retryMostSeconds: 2,
    quietSeconds: 1,
  };
  const policy = { ...defaultProviderPolicy, gameBank };
  const { approvalId } = await api.provider.changePolicy.mutate({
    provider: demoBank.provider,
    version: 1,
    policy,
    reason: "Quick for tests",
  });
  if (approvalId === null) throw new Error("a game bank takes two people");
  const { contentHash } = await api.approval.show.query({ approvalId });
  const finance = await office.signIn(office.people.finance);
  await finance.api.approval.approve.mutate({ approvalId, contentHash, reason: null });
  await office.casino.restart();
});
beforeEach(async () => {
  player = await office.casino.openPlayer({ EUR: "100.00" });
});
afterEach(async () => {
  await bank.start();
  await bank.misbehave({});
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await bank.kill();
  await office.close();
});

async function post(path: string, body: object, token = player.token) {
  return office.casino.call("POST", path, { token, body: { playerId: player.playerId, ...body } });
}

async function launch(amount?: string, requestId: string = randomUUID()) {
  const sent = amount === undefined ? {} : { requestId, amount: { amount, currency: "EUR" } };
  return post(`/v1/games/${demoBank.game}/launch`, { currency: "EUR", ...sent });
}

interface Launched {
  readonly gameBankId: string;
  readonly launchUrl: string;
  readonly transfer: { readonly transferId: string; readonly state: string } | null;
}
async function launched(amount?: string): Promise<Launched> {
  const { status, body } = await launch(amount);
  expect(status, JSON.stringify(body)).toBe(201);
  return body["gameBank"] as Launched;
}

interface Shown {
  readonly state: string;
  readonly balance: string;
  readonly closeReason: string | null;
  readonly transfers: readonly { readonly state: string; readonly amount: string | null; readonly direction: string }[];
}
async function show(gameBankId: string): Promise<Shown> {
  const { body } = await office.casino.call("GET", `/v1/game-banks/${gameBankId}`, { token: player.token });
  return body as unknown as Shown;
}

async function balances(): Promise<Record<string, string>> {
  const { body } = await office.casino.call("GET", "/v1/wallet", { token: player.token });
  const wallets = body["wallets"] as { kind: string; currency: string; available: string }[];
  return Object.fromEntries(wallets.filter((one) => one.currency === "EUR").map((one) => [one.kind, one.available]));
}

test("the database's tables of states are those of the domain", async () => {
  const { rows } = await office.casino.db.execute<{
    machine: string;
    from_state: string;
    event: string;
    to_state: string;
  }>(sql`SELECT machine, from_state, event, to_state FROM game_bank_transitions`);
  const drawn = Object.entries({ SESSION: bankSessionMachine, TRANSFER: bankTransferMachine }).flatMap(
    ([machine, states]) =>
      Object.entries(states).flatMap(([from_state, moves]) =>
        Object.entries(moves).map(([event, to_state]) => ({ machine, from_state, event, to_state })),
      ),
  );
  const key = (row: object) => JSON.stringify(Object.entries(row).sort());
  expect(rows.map(key).sort()).toEqual(drawn.map(key).sort());
});

test("a launch takes the amount in, play changes it there, and closing brings back what is left", async () => {
  const opened = await launched("40.00");
  expect(opened.transfer?.state).toBe("DONE");
  expect(opened.launchUrl).toContain(bank.url);
  expect(await balances()).toMatchObject({ CASH: "60.00", IN_GAME_BANK: "40.00" });
  expect(await bank.balanceOf(opened.gameBankId)).toBe("40.00");
  await bank.play(opened.gameBankId, "25.50");
  const out = await post(`/v1/game-banks/${opened.gameBankId}/out`, {
    requestId: randomUUID(),
    amount: { amount: "10.00", currency: "EUR" },
  });
  expect(out.body).toMatchObject({ state: "DONE", amount: "10.00", direction: "OUT" });
  // What was won meanwhile is told with it.
  expect(await balances()).toMatchObject({ CASH: "70.00", IN_GAME_BANK: "55.50" });
  const closed = await post(`/v1/game-banks/${opened.gameBankId}/close`, {});
  expect(closed.body).toMatchObject({ state: "CLOSED", closeReason: "PLAYER", balance: "0.00" });
  expect(await balances()).toMatchObject({ CASH: "125.50", IN_GAME_BANK: "0.00" });
  const { rows } = await office.casino.db.execute<{ won: string }>(
    sql`SELECT sum(available)::text AS won FROM wallets WHERE kind = 19 AND qualifier = ${demoBank.provider}`,
  );
  expect(rows[0]?.won).toBe("-2550");
});

test("the player's balances say with which provider the money lies", async () => {
  await launched("30.00");
  const { body } = await office.casino.call("GET", "/v1/wallet", { token: player.token });
  expect(body["wallets"]).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "IN_GAME_BANK", provider: demoBank.provider, available: "30.00" }),
      expect.objectContaining({ kind: "CASH", provider: null }),
    ]),
  );
});

test("a player who lost everything gets nothing back, and the house keeps it", async () => {
  const { gameBankId } = await launched("30.00");
  await bank.play(gameBankId, "-30.00");
  const closed = await post(`/v1/game-banks/${gameBankId}/close`, {});
  expect(closed.body).toMatchObject({ state: "CLOSED" });
  expect(await balances()).toMatchObject({ CASH: "70.00", IN_GAME_BANK: "0.00" });
});

test("a bank into which nothing went closes without a posting", async () => {
  const { gameBankId, transfer } = await launched();
  expect(transfer).toBeNull();
  const closed = await post(`/v1/game-banks/${gameBankId}/close`, {});
  expect(closed.body).toMatchObject({ state: "CLOSED" });
  expect(await balances()).toMatchObject({ CASH: "100.00" });
});

test("a repeat is the same transfer; another amount under its id is refused", async () => {
  const { gameBankId } = await launched();
  const requestId = randomUUID();
  const amount = { amount: "5.00", currency: "EUR" };
  const [first, again] = await Promise.all([
    post(`/v1/game-banks/${gameBankId}/in`, { requestId, amount }),
    post(`/v1/game-banks/${gameBankId}/in`, { requestId, amount }),
  ]);
  expect(first.body["transferId"]).toBe(again.body["transferId"]);
  await vi.waitFor(async () => expect((await show(gameBankId)).transfers[0]?.state).toBe("DONE"), patience);
  expect(await balances()).toMatchObject({ CASH: "95.00" });
  const other = await post(`/v1/game-banks/${gameBankId}/in`, { requestId, amount: { ...amount, amount: "6.00" } });
  expect(other.status).toBe(409);
  expect(other.body["code"]).toBe("REQUEST_REUSED");
});

test("an outcome that is not known is asked about, and taken as the provider tells it", async () => {
  const { gameBankId } = await launched();
  await bank.misbehave({ lostAnswer: 1 });
  const into = await post(`/v1/game-banks/${gameBankId}/in`, {
    requestId: randomUUID(),
    amount: { amount: "20.00", currency: "EUR" },
  });
  expect(into.body["state"]).toBe("UNKNOWN");
  // The money is neither gone nor spendable, and no second transfer is begun on a guess.
  expect(await balances()).toMatchObject({ CASH: "80.00", IN_GAME_BANK: "20.00" });
  const second = await post(`/v1/game-banks/${gameBankId}/out`, { requestId: randomUUID() });
  expect(second.body["code"]).toBe("GAME_BANK_BUSY");
  await bank.misbehave({});
  await vi.waitFor(async () => expect((await show(gameBankId)).transfers[0]?.state).toBe("DONE"), patience);
  expect(await bank.balanceOf(gameBankId)).toBe("20.00");
});

test("a transfer that never arrived is sent again under its id, once the provider says so", async () => {
  const { gameBankId } = await launched();
  await bank.misbehave({ fail: 1 });
  const into = await post(`/v1/game-banks/${gameBankId}/in`, {
    requestId: randomUUID(),
    amount: { amount: "20.00", currency: "EUR" },
  });
  expect(into.body["state"]).toBe("UNKNOWN");
  await bank.misbehave({});
  await vi.waitFor(async () => expect((await show(gameBankId)).transfers[0]?.state).toBe("DONE"), patience);
  expect(await bank.balanceOf(gameBankId)).toBe("20.00");
  expect(await balances()).toMatchObject({ CASH: "80.00", IN_GAME_BANK: "20.00" });
});

test("what the provider refuses to take comes back to cash", async () => {
  const { gameBankId } = await launched();
  await bank.misbehave({ refuse: 1 });
  const into = await post(`/v1/game-banks/${gameBankId}/in`, {
    requestId: randomUUID(),
    amount: { amount: "20.00", currency: "EUR" },
  });
  expect(into.body).toMatchObject({ state: "REFUSED", failure: { code: "LIMIT" } });
  expect(await balances()).toMatchObject({ CASH: "100.00", IN_GAME_BANK: "0.00" });
});

test("a provider and an engine that are killed on the way lose nothing", async () => {
  const { gameBankId } = await launched("10.00");
  await bank.play(gameBankId, "7.00");
  await bank.misbehave({ answerDelayMs: 600 });
  const closing = post(`/v1/game-banks/${gameBankId}/close`, {}).catch(() => undefined);
  await vi.waitFor(async () => expect(await bank.balanceOf(gameBankId)).toBe("0.00"), patience);
  await bank.kill();
  await closing;
  await office.casino.restart();
  await bank.start();
  await vi.waitFor(async () => expect((await show(gameBankId)).state).toBe("CLOSED"), patience);
  expect(await balances()).toMatchObject({ CASH: "107.00", IN_GAME_BANK: "0.00" });
});

test("an excluded player takes nothing in, may take out, and what is left comes home by itself", async () => {
  const { gameBankId } = await launched("50.00");
  await office.casino.call("POST", "/v1/self-exclusion", { token: player.token, body: { days: 180 } });
  const operator = office.casino.operatorKey;
  const into = { requestId: randomUUID(), amount: { amount: "5.00", currency: "EUR" } };
  const refused = await post(`/v1/game-banks/${gameBankId}/in`, into, operator);
  expect(refused.body["code"]).toBe("SELF_EXCLUDED");
  const out = { requestId: randomUUID(), amount: { amount: "20.00", currency: "EUR" } };
  const taken = await post(`/v1/game-banks/${gameBankId}/out`, out, operator);
  expect(taken.body).toMatchObject({ state: "DONE", amount: "20.00" });
  await office.casino.db.execute(sql`UPDATE game_bank_sessions SET work_at = now() WHERE state = 'OPEN'`);
  await vi.waitFor(async () => {
    const shown = await office.casino.call("GET", `/v1/game-banks/${gameBankId}`, { token: operator });
    expect(shown.body).toMatchObject({ state: "CLOSED", closeReason: "BARRED" });
  }, patience);
  const { body } = await office.casino.call("GET", `/v1/wallet?playerId=${player.playerId}`, { token: operator });
  expect(body["wallets"]).toContainEqual(expect.objectContaining({ kind: "CASH", available: "100.00" }));
});

test("a bank that nobody uses any more is swept", async () => {
  const { gameBankId } = await launched("15.00");
  await office.casino.db.execute(
    sql`UPDATE game_bank_sessions SET used_at = now() - interval '1 day', work_at = now() WHERE state = 'OPEN'`,
  );
  await vi.waitFor(async () => {
    expect(await show(gameBankId)).toMatchObject({ state: "CLOSED", closeReason: "EXPIRED" });
  }, patience);
  expect(await balances()).toMatchObject({ CASH: "100.00" });
});

test.each([
  ["more than the policy lets lie there", "501.00", "GAME_BANK_FULL"],
  ["more than the player has", "101.00", "FUNDS_INSUFFICIENT"],
])("%s does not go in", async (_what, amount, code) => {
  const refused = await launch(amount);
  expect(refused.body["code"]).toBe(code);
  expect(await balances()).toMatchObject({ CASH: "100.00" });
});

test("bonus money stays at home", async () => {
  await office.casino.move({
    type: "BONUS_GRANT",
    playerId: BigInt(
      (await office.casino.db.execute<{ id: string }>(sql`SELECT max(id) AS id FROM players`)).rows[0]?.id ?? 0,
    ),
    currency: "EUR",
    amount: 5_000n,
    grant: "welcome",
    fundingPolicy: "BONUS_FIRST",
  });
  expect((await launch("120.00")).body["code"]).toBe("FUNDS_INSUFFICIENT");
  await launched("100.00");
  expect(await balances()).toMatchObject({ CASH: "0.00", BONUS: "50.00", IN_GAME_BANK: "100.00" });
});

test("a policy does not lose its game bank while players have money there", async () => {
  const { gameBankId } = await launched("5.00");
  const { api } = await office.signIn(office.people.operations);
  const { provider } = demoBank;
  const { policyVersion: version, policy } = await api.provider.show.query({ provider });
  const next = { provider, version, policy: { ...policy, gameBank: null }, reason: "They left" };
  await expect(failureOf(api.provider.changePolicy.mutate(next))).resolves.toMatchObject({ code: "GAME_BANK_BUSY" });
  await post(`/v1/game-banks/${gameBankId}/close`, {});
});

test("another player's game bank is as good as none", async () => {
  const { gameBankId } = await launched("5.00");
  const other = await office.casino.openPlayer();
  const seen = await office.casino.call("GET", `/v1/game-banks/${gameBankId}`, { token: other.token });
  expect(seen.status).toBe(404);
});

test("calls in disorder, failures and kills end with every cent where the provider says it is", async () => {
  const players: TestPlayer[] = [];
  for (let made = 0; made < 8; made += 1) players.push(await office.casino.openPlayer({ EUR: "100.00" }));
  await bank.misbehave({ fail: 0.15, lostAnswer: 0.2, pending: 0.1, refuse: 0.1 });
  const banks = await Promise.all(
    players.map(async (one) => {
      const body = { playerId: one.playerId, currency: "EUR" };
      return vi.waitFor(async () => {
        const { status, body: answer } = await office.casino.call("POST", `/v1/games/${demoBank.game}/launch`, {
          token: one.token,
          body,
        });
        expect(status).toBe(201);
        return (answer["gameBank"] as Launched).gameBankId;
      }, patience);
    }),
  );
  for (let turn = 0; turn < 6; turn += 1) {
    await Promise.all(
      players.map(async (one, index) => {
        const out = turn % 3 === 2;
        const path = `/v1/game-banks/${banks[index] ?? ""}/${out ? "out" : "in"}`;
        const amount = { amount: `${7 + index + turn}.00`, currency: "EUR" };
        const body = { playerId: one.playerId, requestId: randomUUID(), amount };
        // Twice at once, as clients do that did not hear.
        await Promise.all([1, 2].map(() => office.casino.call("POST", path, { token: one.token, body })));
        if (index % 2 === turn % 2) await bank.play(banks[index] ?? "", index % 3 === 0 ? "3.00" : "-2.00");
      }),
    );
    if (turn === 3) {
      await bank.kill();
      await bank.start();
    }
  }
  await bank.misbehave({ lostAnswer: 0.1 });
  await Promise.all(
    players.map((one, index) =>
      office.casino.call("POST", `/v1/game-banks/${banks[index] ?? ""}/close`, {
        token: one.token,
        body: { playerId: one.playerId },
      }),
    ),
  );
  await vi.waitFor(
    async () => {
      const { rows } = await office.casino.db.execute<{ open: string }>(
        sql`SELECT count(*)::text AS open FROM game_bank_sessions WHERE state = 'CLOSING'`,
      );
      expect(rows[0]?.open).toBe("0");
    },
    { timeout: 90_000, interval: 200 },
  );
  for (const [index] of players.entries()) expect(await bank.balanceOf(banks[index] ?? "")).toBe("0.00");
  const { rows } = await office.casino.db.execute<{ left: string }>(
    sql`SELECT coalesce(sum(w.available), 0)::text AS left FROM wallets w
         WHERE w.kind = 4 AND NOT EXISTS (SELECT FROM game_bank_sessions b WHERE b.player_id = w.player_id AND b.state = 'OPEN')`,
  );
  expect(rows[0]?.left).toBe("0");
}, 180_000);
