/** The demo's play over the wallets of its providers: every call is understood, and no bet stays behind. */
import { setTimeout as sleep } from "node:timers/promises";
import { sumCalls } from "@pitboss/db/gaming/provider-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../kernel/log.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { openDemoProviders } from "../open-demo-providers.ts";
import { createApiClient } from "./api-client.ts";
import { createChance } from "./chance.ts";
import { betByDialect } from "./dialect-play.ts";

let office: Office;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.close());

test("bets, wins, repeats, rollbacks and late wins of every dialect are answered as they should be", async () => {
  const { casino } = office;
  const bounds = { min: "0.10", max: "1000.00" };
  const providers = await openDemoProviders(casino.db, office.deps.vault, { EUR: bounds });
  await casino.restart();
  const { playerId } = await casino.openPlayer({ EUR: "500.00" });
  const chance = createChance();
  const operatorKey = casino.operatorKey;
  const log = createLog("silent");
  const engineUrl = casino.url();
  const { signal } = new AbortController();
  const api = createApiClient({ url: engineUrl, chance, log, signal, operatorKey, onKeyRefused: () => undefined });
  const tally = { count: () => undefined, tell: () => undefined, stop: () => undefined };
  const device = { ip: "198.51.100.7", ua: "test" };
  const player = { playerId, device, usualStake: 100n, token: undefined, playing: true };
  const purse = { player, currency: "EUR" as const, available: 50_000n };
  const plays = providers.flatMap((speaks) => Array.from({ length: 10 }, () => speaks));
  const context = { api, chance, tally, operatorKey, engineUrl };
  await Promise.all(plays.map((speaks) => betByDialect(context, speaks, purse, 100n)));

  const { rows } = await casino
    .call("GET", `/v1/wallet?playerId=${playerId}`, { token: operatorKey })
    .then(({ body }) => ({
      rows: body["wallets"] as { kind: string; held: string }[],
    }));
  expect(rows.filter(({ held }) => held !== "0.00")).toEqual([]);
  expect(await findLedgerFaults(casino.db)).toEqual([]);
  await sleep(2_500);
  const sums = await sumCalls(casino.db, new Date(0));
  // Evolution settles a bet once: its late win is told that it came too late.
  const known = new Set(["OK", "REPEATED", "BET_ALREADY_SETTLED"]);
  expect(sums.length).toBeGreaterThan(4);
  expect(sums.filter(({ code }) => !known.has(code))).toEqual([]);
});
