/** The demo's play over the wallets of its providers: every answer is as it should be, and no bet stays behind. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sumCalls } from "@pitboss/db/gaming/provider-store";
import { type Currency, exponentOf } from "@pitboss/domain/wallet/currency";
import { type ApiClient, createApiClient } from "@pitboss/wires/traffic/api-client";
import { createChance } from "@pitboss/wires/traffic/chance";
import { askBalance, type DialectGame, openSeat, playDialectRound } from "@pitboss/wires/traffic/dialect-round";
import { callsAbove, callsOf, callsOfTwoBets, disorders } from "@pitboss/wires/traffic/round-calls";
import type { TrafficContext, WrongAnswer } from "@pitboss/wires/traffic/traffic";
import { isWireDialect } from "@pitboss/wires/speakers";
import { type WireDialect, wireDialects } from "@pitboss/wires/speak";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../../kernel/log.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { openDemoProviders } from "../open-demo-providers.ts";
import { betByDialect } from "./dialect-play.ts";

let office: Office;
let games: readonly DialectGame[];
const bounds = {
  EUR: { min: "0.10", max: "1000.00" },
  JPY: { min: "10", max: "150000" },
  KWD: { min: "0.100", max: "9000.000" },
};
const silent = createLog("silent");

beforeAll(async () => {
  office = await startOffice({ RATE_LIMIT_ADDRESS: "1000000" });
  const opened = await openDemoProviders(office.casino.db, office.deps.vault, bounds);
  games = opened.flatMap((one) => (isWireDialect(one.dialect) ? [{ ...one, dialect: one.dialect }] : []));
  await office.casino.restart({ RATE_LIMIT_ADDRESS: "1000000" });
});
afterAll(() => office.close());

function openTraffic(change: (api: ApiClient) => ApiClient = (api) => api) {
  const { operatorKey } = office.casino;
  const chance = createChance();
  const signal = new AbortController().signal;
  const url = office.casino.url();
  const api = createApiClient({ url, chance, log: silent, signal, operatorKey, onKeyRefused: () => undefined });
  const wrong: WrongAnswer[] = [];
  const answered: string[] = [];
  const context: TrafficContext = {
    api: change(api),
    chance,
    operatorKey,
    pause: () => Promise.resolve(),
    report: {
      answered: ({ call, judged }) => void answered.push(`${call} ${judged}`),
      wrong: (answer) => void wrong.push(answer),
    },
  };
  return { context, wrong, answered };
}

function gameOf(dialect: string): DialectGame {
  const found = games.find((one) => one.dialect === dialect);
  if (found === undefined) throw new Error("the demo has a provider for each dialect");
  return found;
}

const orderOf = (stake: bigint, win: bigint) => {
  const ids = randomUUID();
  return { round: `${ids}-r`, named: (what: string) => `${ids}-${what}`, stake, win };
};

describe.each(wireDialects)("%s", (dialect) => {
  test.each([
    ["EUR", "500.00"],
    ["JPY", "50000"],
    ["KWD", "500.000"],
  ] as const)(
    "in %s, every kind of disorder is answered and balanced as the model has it",
    async (currency: Currency, purse: string) => {
      const { playerId } = await office.casino.openPlayer({ [currency]: purse });
      const { context, wrong, answered } = openTraffic();
      const seat = await openSeat(context, gameOf(dialect), playerId, currency);
      if (seat === undefined) throw new Error("the game is open");
      const stake = 3n * 10n ** BigInt(exponentOf(currency)) + (exponentOf(currency) === 0 ? 17n : 7n);
      const all = [null, ...disorders].flatMap((disorder) =>
        [0n, stake * 2n].map((win) => callsOf(disorder, orderOf(stake, win))),
      );
      const start = (await askBalance(context, seat)) ?? 0n;
      const rounds = [...all, callsOfTwoBets(orderOf(stake, stake * 2n)), callsAbove(orderOf(start * 2n, 0n))];
      for (const calls of rounds) {
        const available = await askBalance(context, seat);
        const after = await playDialectRound(context, seat, calls, available ?? 0n, () => 0);
        expect(wrong).toEqual([]);
        expect(await askBalance(context, seat)).toBe(after);
      }
      expect(answered.filter((one) => !one.endsWith("AS_EXPECTED"))).toEqual([]);
    },
  );

  test.each([
    ["a cent less for a win", null, 2, "win"],
    ["a cent less when a bet comes again", "REPEATED", 2, "bet"],
  ] as const)("a house that tells %s is found out", async (_what, disorder, at, call) => {
    const { playerId } = await office.casino.openPlayer({ EUR: "500.00" });
    let calls = 0;
    const { context, wrong } = openTraffic((api) => ({
      ...api,
      sendWire: async (provider, wire) => {
        const answer = await api.sendWire(provider, wire);
        calls += 1;
        return calls === at + 1 && answer !== undefined ? { ...answer, body: centLess(dialect, answer.body) } : answer;
      },
    }));
    const seat = await openSeat(context, gameOf(dialect), playerId, "EUR");
    if (seat === undefined) throw new Error("the game is open");
    const available = (await askBalance(context, seat)) ?? 0n;
    const round = callsOf(disorder, orderOf(100n, 200n));
    expect(await playDialectRound(context, seat, round, available, () => 0)).toBe(undefined);
    expect(wrong).toMatchObject([{ call, source: dialect, playerId }]);
  });

  test("money that others move meanwhile is no wrong answer", async () => {
    const { playerId } = await office.casino.openPlayer({ EUR: "500.00" });
    const { context, wrong } = openTraffic();
    const seat = await openSeat(context, gameOf(dialect), playerId, "EUR");
    if (seat === undefined) throw new Error("the game is open");
    const deposit = async (): Promise<void> => {
      const body = { requestId: randomUUID(), playerId, amount: { amount: "12.34", currency: "EUR" } };
      const { status } = await office.casino.call("POST", "/v1/demo/deposits", { token: context.operatorKey, body });
      expect(status).toBe(200);
    };
    const available = (await askBalance(context, seat)) ?? 0n;
    const paying = { ...context, pause: deposit };
    const after = await playDialectRound(paying, seat, callsOf("LATE_WIN", orderOf(100n, 0n)), available, () => 0);
    expect(wrong).toEqual([]);
    expect(await askBalance(context, seat)).toBe(after);
  });
});

test("a stream of rounds by chance leaves nothing held, and a ledger in which everything adds up", async () => {
  const { casino } = office;
  const { playerId } = await casino.openPlayer({ EUR: "500.00" });
  const { context, wrong } = openTraffic();
  const player = {
    playerId,
    device: { ip: "198.51.100.7", ua: "test" },
    usualStake: 100n,
    token: undefined,
    playing: true,
  };
  const purse = () => ({ player, currency: "EUR" as const, available: 50_000n });
  // All at once, so that each sees the others' money move.
  const plays = games.flatMap((speaks) => Array.from({ length: 15 }, () => speaks));
  await Promise.all(plays.map((speaks) => betByDialect(context, speaks, purse(), 100n, 100_000n)));
  expect(wrong).toEqual([]);
  const { body } = await casino.call("GET", `/v1/wallet?playerId=${playerId}`, { token: casino.operatorKey });
  const rows = body["wallets"] as { kind: string; held: string }[];
  expect(rows.filter(({ held }) => held !== "0.00")).toEqual([]);
  expect(await findLedgerFaults(casino.db)).toEqual([]);
  await sleep(2_500);
  expect((await sumCalls(casino.db, new Date(0))).length).toBeGreaterThan(4);
});

/** The same answer with a cent less in its balance, in the units of its dialect. */
function centLess(dialect: WireDialect, body: unknown): unknown {
  const { balance, ...rest } = body as { balance: number | string };
  const less = {
    hub88: () => Number(balance) - 1_000,
    softswiss: () => Number(balance) - 1,
    evolution: () => Number((Number(balance) - 0.01).toFixed(2)),
    "signed-json": () => (Number(balance) - 0.01).toFixed(2),
  }[dialect];
  return { ...rest, balance: less() };
}
