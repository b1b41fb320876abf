/** A player who has excluded themselves is refused on every way in, over each wire, and takes out what is theirs. */
import { randomUUID } from "node:crypto";
import { wireOf } from "@pitboss/wires/wire-of";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPayoutHouse } from "../../cashier/payouts/payouts.fixture.ts";
import { type RunningPsps, runPsps } from "../../cashier/simulators/run-psps.fixture.ts";
import { type DemoProvider, openDemoProviders } from "../../demo/open-demo-providers.ts";
import { liveGame } from "../../testing/start-casino.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";

let office: Office;
let psps: RunningPsps;
let providers: readonly DemoProvider[];

beforeAll(async () => {
  office = await startOffice();
  const bounds = { min: "0.10", max: "1000.00" };
  providers = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: bounds });
  psps = await runPsps(office.casino);
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

async function send(
  speaks: DemoProvider,
  play: { playerId: string; session: string; round: string },
  call: { kind: "bet" | "win"; bet: string },
) {
  const { round } = play;
  const action =
    call.kind === "bet"
      ? ({ do: "bet", id: call.bet, round, amount: 100n } as const)
      : ({ do: "win", id: randomUUID(), bet: call.bet, round, amount: 200n, close: true } as const);
  const wire = wireOf(speaks, { ...play, currency: "EUR", game: speaks.game }, action);
  const response = await fetch(`${office.casino.url()}/v1/providers/${speaks.provider}/${wire.path}`, {
    method: "POST",
    headers: wire.headers,
    body: wire.body,
  });
  return response.text();
}

test("every dialect, the house's own API and the cashier refuse, earlier wins still post, and the payout is paid", async () => {
  const { casino } = office;
  const house = createPayoutHouse(office);
  await house.forgiveTurnover();
  const { playerId, token, instrumentId } = await house.fund();
  const open = (gameId: string) =>
    casino.call("POST", "/v1/game-sessions", {
      token: casino.operatorKey,
      body: { playerId, gameId, currency: "EUR" },
    });
  expect(providers.map(({ dialect }) => dialect)).toHaveLength(4);
  const plays = [];
  for (const speaks of providers) {
    const session = String((await open(speaks.game)).body["token"]);
    const play = { playerId, session, round: randomUUID() };
    const bet = randomUUID();
    await send(speaks, play, { kind: "bet", bet });
    plays.push({ speaks, play, bet });
  }
  const held = await house.cash(playerId);
  expect(Number(held.available)).toBe(96);

  await casino.call("POST", "/v1/self-exclusion", { token, body: { days: 180 } });
  for (const { speaks, play } of plays) {
    const answer = await send(speaks, { ...play, round: randomUUID() }, { kind: "bet", bet: randomUUID() });
    expect(`${speaks.dialect} ${answer}`).toMatch(/SELF_EXCLUDED|RS_ERROR_USER_DISABLED|ACCOUNT_LOCKED|"code":110\b/);
    expect((await open(speaks.game)).body["code"]).toBe("SELF_EXCLUDED");
  }
  expect(await house.cash(playerId)).toEqual(held);
  const money = { amount: "1.00", currency: "EUR" };
  const bet = {
    requestId: randomUUID(),
    playerId,
    roundId: randomUUID(),
    gameId: liveGame,
    selection: [],
    stake: money,
  };
  expect((await casino.call("POST", "/v1/bets/place", { token: casino.operatorKey, body: bet })).body["code"]).toBe(
    "SELF_EXCLUDED",
  );
  const deposit = {
    requestId: randomUUID(),
    playerId,
    amount: { amount: "20.00", currency: "EUR" },
    method: "card",
    token: `pm_card_visa_${playerId}`,
  };
  expect((await casino.call("POST", "/v1/deposits", { token: casino.operatorKey, body: deposit })).body["code"]).toBe(
    "SELF_EXCLUDED",
  );

  for (const { speaks, play, bet: placed } of plays) await send(speaks, play, { kind: "win", bet: placed });
  expect(Number((await house.cash(playerId)).available)).toBe(104);
  const asked = await house.ask({ playerId, instrumentId, amount: "40.00" });
  expect(asked.body["code"]).toBeUndefined();
  await house.until(asked.body["payoutId"], "PAID");
});
