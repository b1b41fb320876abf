import { type DomainEvent, eventSchemas } from "@pitboss/domain/ops/events";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Lanes } from "../wallet/lanes.ts";
import { createEventSource, type EventSource, eventsOf } from "./event-source.ts";
import { type Sequencer, startSequencer } from "./sequencer.ts";
import {
  acceptedOf,
  depositEnvelope,
  moveEnvelope,
  openTestHouse,
  placeBet,
  placeEnvelope,
  quiet,
  settleEnvelope,
  takeBackEnvelope,
  type TestHouse,
  undoEnvelope,
  until,
  winEnvelope,
} from "./test-house.fixture.ts";

let house: TestHouse;
let lanes: Lanes;
let source: EventSource;
let sequencer: Sequencer;
let player: bigint;
/** Where the test began. */
let before: bigint;

beforeAll(async () => {
  house = await openTestHouse();
  lanes = house.openLanes();
  await until(() => lanes.up());
  source = createEventSource({ databaseUrl: house.url, applicationName: "test-source" });
  sequencer = startSequencer({ databaseUrl: house.url, applicationName: "test-sequencer", log: quiet });
});

afterAll(async () => {
  await sequencer.stop();
  await source.close();
  await house.close();
});

beforeEach(async () => {
  before = await numberAll();
  player = await house.addPlayer();
  acceptedOf(await lanes.submit(depositEnvelope(player, 10_000n)));
});

/** Waits until all that was committed has its position, and answers the last one. */
async function numberAll(): Promise<bigint> {
  let newest = 0n;
  await until(async () => {
    const { rows } = await house.db.execute<{ waiting: string; newest: string | null }>(
      sql`SELECT count(*) FILTER (WHERE position IS NULL) AS waiting, max(position) AS newest FROM outbox`,
    );
    newest = BigInt(rows[0]?.newest ?? 0);
    return rows[0]?.waiting === "0";
  });
  return newest;
}

/** The events since the test began, or after a position. */
async function readEvents(after = before): Promise<DomainEvent[]> {
  await numberAll();
  const events: DomainEvent[] = [];
  for (let position = after; ; ) {
    const slice = await source.read(position);
    if (slice.upTo === position) break;
    events.push(...eventsOf(slice.batches));
    position = slice.upTo;
  }
  // Reading gives exactly what the schemas describe: nothing is missing, and nothing stands there besides.
  for (const event of events) expect(eventSchemas[event.event].parse(event)).toEqual(event);
  return events;
}

const name = ({ event }: DomainEvent): string => event;

test("a bet and its settlement are told as the brief has them", async () => {
  const bet = await placeBet(lanes, house, { playerId: player, round: "R-2025-10-17-Table12", stake: 1_000n });
  const results = [{ bet: { betId: bet }, outcome: "WIN", payout: 36_000n } as const];
  acceptedOf(await lanes.submit(settleEnvelope(house, { playerId: player, round: "R-2025-10-17-Table12", results })));

  const [deposited, placed, settled, ...rest] = await readEvents();
  expect(rest).toEqual([]);
  expect(deposited).toMatchObject({
    event: "deposit.credited",
    amount: "100.00",
    currency: "EUR",
    psp: "test-card",
    balanceAfter: "100.00",
  });
  const betId = formatId("bet", bet);
  expect(placed).toMatchObject({
    event: "bet.placed",
    eventId: formatId("event", bet),
    subject: betId,
    betId,
    roundId: "R-2025-10-17-Table12",
    gameId: "wheel",
    provider: "testers",
    stake: "10.00",
    bonus: null,
    balanceAfter: "90.00",
    selection: [{ market: "straight", value: "17" }],
  });
  expect(settled).toEqual({
    event: "round.settled",
    version: 1,
    eventId: expect.stringMatching(/^evt_/) as string,
    subject: "R-2025-10-17-Table12",
    roundId: "R-2025-10-17-Table12",
    bets: [{ betId, outcome: "WIN", stake: "10.00", payout: "360.00" }],
    playerId: formatId("player", player),
    ts: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    traceId: expect.stringMatching(/^tr_[0-9a-f]{32}$/) as string,
    gameId: "wheel",
    provider: "testers",
    currency: "EUR",
    roundStatus: "CLOSED",
    late: false,
  });
});

test("what happens to bets afterwards is told, each step with what it moved itself", async () => {
  const place = (round: string, more = {}) => placeBet(lanes, house, { playerId: player, round, stake: 300n, ...more });
  const [parted, pushed, voided, rolledBack] = [await place("a"), await place("b"), await place("c"), await place("d")];
  const settle = async (round: string, results: Parameters<typeof settleEnvelope>[1]["results"], close = true) =>
    acceptedOf(await lanes.submit(settleEnvelope(house, { playerId: player, round, results, close })));
  const named = { betId: parted };
  await settle("a", [{ bet: named, outcome: "WIN", payout: 150n, stakePart: 100n }], false);
  await settle("a", [{ bet: named, outcome: "LOSE", payout: 0n }]);
  await settle("b", [{ bet: { betId: pushed }, outcome: "PUSH", payout: 0n }]);
  const undo = async (command: Parameters<typeof undoEnvelope>[0]) =>
    acceptedOf(await lanes.submit(undoEnvelope(command)));
  await undo({ type: "void", playerId: player, bet: { betId: voided }, reason: "table broke" });
  await undo({ type: "rollback", playerId: player, bet: { betId: rolledBack } });
  const correction = { type: "correct", playerId: player, bet: named, reason: "misread" } as const;
  await undo({ ...correction, outcome: "WIN", payout: 500n });
  await undo({ ...correction, outcome: "PUSH", payout: 300n, reason: "again" });
  await undo({ ...correction, outcome: "VOID", payout: 300n, reason: "same money" });

  const events = (await readEvents()).slice(5);
  const betId = formatId("bet", parted);
  expect(events.map(name)).toEqual([
    "round.settled",
    "round.settled",
    "round.settled",
    "bet.voided",
    "bet.rolled_back",
    "bet.corrected",
    "bet.corrected",
    "bet.corrected",
  ]);
  expect(events).toMatchObject([
    { roundStatus: "OPEN", bets: [{ betId, outcome: "WIN", stake: "1.00", payout: "1.50" }] },
    { roundStatus: "CLOSED", bets: [{ betId, outcome: "LOSE", stake: "2.00", payout: "0.00" }] },
    { roundStatus: "CLOSED", bets: [{ outcome: "PUSH", stake: "3.00", payout: "3.00" }] },
    { released: "3.00", reason: "table broke" },
    { released: "3.00" },
    { outcome: "WIN", payoutBefore: "1.50", payout: "5.00", reason: "misread" },
    { outcome: "PUSH", payoutBefore: "5.00", payout: "3.00", reason: "again" },
    { outcome: "VOID", payoutBefore: "3.00", payout: "3.00", reason: "same money" },
  ]);
});

test("a correction to VOID is told as a correction, with the money that it moved", async () => {
  const betId = await placeBet(lanes, house, { playerId: player, round: "misdealt", stake: 300n });
  const won = { bet: { betId }, outcome: "WIN" as const, payout: 900n };
  acceptedOf(await lanes.submit(settleEnvelope(house, { playerId: player, round: "misdealt", results: [won] })));
  const correction = { type: "correct", playerId: player, bet: { betId }, outcome: "VOID", payout: 0n } as const;
  acceptedOf(await lanes.submit(undoEnvelope({ ...correction, reason: "misdealt" })));
  const corrected = (await readEvents()).at(-1);
  expect(corrected).toMatchObject({
    event: "bet.corrected",
    outcome: "VOID",
    payoutBefore: "9.00",
    payout: "3.00",
    reason: "misdealt",
  });
});

test("one settlement of bets in two games and currencies is told by game and currency", async () => {
  acceptedOf(await lanes.submit(depositEnvelope(player, 5_000n, "USD")));
  const place = (more = {}) => placeBet(lanes, house, { playerId: player, round: "mixed", stake: 200n, ...more });
  const bets = [await place(), await place({ currency: "USD" }), await place(), await place({ game: 1 })];
  const results = bets.map((betId) => ({ bet: { betId }, outcome: "LOSE" as const, payout: 0n }));
  acceptedOf(await lanes.submit(settleEnvelope(house, { playerId: player, round: "mixed", results })));

  const settled = (await readEvents()).filter(({ event }) => event === "round.settled");
  expect(settled).toMatchObject([
    { currency: "EUR", gameId: "wheel", roundStatus: "CLOSED", bets: [{}, {}] },
    { currency: "USD", gameId: "wheel", roundStatus: "CLOSED", bets: [{}] },
    { currency: "EUR", gameId: "cards", roundStatus: "CLOSED", bets: [{}] },
  ]);
  expect(new Set(settled.map(({ eventId }) => eventId)).size).toBe(3);
});

test("a late credit is told as late, and the settlement that closed the round stays the one that closed it", async () => {
  const first = await placeBet(lanes, house, { playerId: player, round: "r", stake: 100n });
  const second = await placeBet(lanes, house, { playerId: player, round: "r", stake: 100n });
  for (const [betId, outcome] of [
    [first, "LOSE"],
    [second, "WIN"],
  ] as const) {
    const results = [{ bet: { betId }, outcome, payout: outcome === "WIN" ? 200n : 0n }];
    acceptedOf(await lanes.submit(settleEnvelope(house, { playerId: player, round: "r", results })));
  }
  const settled = (await readEvents()).filter(({ event }) => event === "round.settled");
  expect(settled).toMatchObject([
    { roundStatus: "CLOSED", late: false },
    { roundStatus: "LATE_CREDITED", late: true },
  ]);
});

test("bonus money in a bet is told with its grant", async () => {
  const grant = { playerId: player, currency: "EUR", grant: "welcome", fundingPolicy: "BONUS_FIRST" } as const;
  acceptedOf(await lanes.submit(moveEnvelope({ type: "BONUS_GRANT", amount: 400n, ...grant })));
  const bet = await placeBet(lanes, house, { playerId: player, round: "r", stake: 1_000n });
  const results = [{ bet: { betId: bet }, outcome: "WIN", payout: 2_000n } as const];
  acceptedOf(await lanes.submit(settleEnvelope(house, { playerId: player, round: "r", results })));
  acceptedOf(await lanes.submit(moveEnvelope({ type: "BONUS_CONVERT", amount: 500n, cap: 450n, ...grant })));
  acceptedOf(await lanes.submit(moveEnvelope({ type: "BONUS_FORFEIT", amount: 300n, ...grant })));

  const events = (await readEvents()).slice(1);
  expect(events).toMatchObject([
    { event: "bonus.issued", amount: "4.00", grant: "welcome" },
    { event: "bet.placed", stake: "10.00", bonus: { grant: "welcome", amount: "4.00" } },
    { event: "round.settled", bonus: [{ grant: "welcome", stake: "4.00", payout: "8.00" }] },
    { event: "bonus.converted", amount: "5.00", converted: "4.50", returned: "0.50", grant: "welcome" },
    { event: "bonus.forfeited", amount: "3.00", grant: "welcome" },
  ]);
});

test("every other movement of money is told with its amounts", async () => {
  const base = { playerId: player, currency: "EUR", amount: 1_000n } as const;
  const moves: Parameters<typeof moveEnvelope>[0][] = [
    { ...base, type: "WITHDRAW_HOLD", reference: 77n },
    { ...base, type: "WITHDRAW_RELEASE" },
    { ...base, type: "WITHDRAW_HOLD" },
    { ...base, type: "WITHDRAW_SETTLE", psp: "test-bank" },
    { ...base, type: "FEE" },
    { ...base, type: "JACKPOT_CONTRIBUTION", jackpot: "mega" },
    { ...base, type: "JACKPOT_WIN", jackpot: "mega" },
    { ...base, type: "TRANSFER_OUT", provider: "testers" },
    { ...base, type: "TRANSFER_IN", provider: "testers" },
    { ...base, type: "CHARGEBACK", amount: 12_000n, psp: "test-card" },
    { ...base, type: "CHARGEBACK_REVERSAL", amount: 12_000n, psp: "test-card", fromLoss: 3_000n },
    { ...base, type: "ADJUSTMENT", direction: "FROM_PLAYER", category: "goodwill", reason: "paid twice" },
    {
      ...base,
      type: "CONVERSION",
      to: "USD",
      quote: {
        ok: true,
        value: {
          from: "EUR",
          to: "USD",
          converted: 1_083n,
          floor: 1_082n,
          rounding: 1n,
          rate: "1.0825",
          source: "ECB",
          asOf: "2026-01-05T15:00:00.000Z",
        },
      },
    },
  ];
  for (const move of moves) acceptedOf(await lanes.submit(moveEnvelope(move)));

  const events = (await readEvents()).slice(1);
  expect(events).toMatchObject([
    { event: "payout.held", amount: "10.00", balanceAfter: "90.00", reference: "77" },
    { event: "payout.released", amount: "10.00", balanceAfter: "100.00", reference: null },
    { event: "payout.held", amount: "10.00" },
    { event: "payout.settled", amount: "10.00", psp: "test-bank" },
    { event: "fee.charged", amount: "10.00", balanceAfter: "80.00" },
    { event: "jackpot.contributed", amount: "10.00", jackpot: "mega" },
    { event: "jackpot.won", amount: "10.00", jackpot: "mega", balanceAfter: "90.00" },
    { event: "transfer.out", amount: "10.00", provider: "testers" },
    { event: "transfer.in", amount: "10.00", provider: "testers" },
    { event: "chargeback.booked", amount: "120.00", covered: "90.00", loss: "30.00", balanceAfter: "0.00" },
    { event: "chargeback.reversed", amount: "120.00", fromLoss: "30.00", returned: "90.00", balanceAfter: "90.00" },
    { event: "wallet.adjusted", amount: "10.00", direction: "FROM_PLAYER", category: "goodwill", reason: "paid twice" },
    {
      event: "wallet.converted",
      currency: "EUR",
      amount: "10.00",
      to: "USD",
      converted: "10.83",
      rate: "1.0825",
      rateSource: "ECB",
      balanceAfter: "70.00",
      convertedBalanceAfter: "10.83",
    },
  ]);
});

test("what a bet and its win move in a jackpot is told, and so is what goes back", async () => {
  const jackpot = { code: "mega", amount: 25n };
  const bet = placeEnvelope(house, { playerId: player, round: "j", stake: 1_000n, jackpot });
  const win = winEnvelope(house, {
    playerId: player,
    round: "j",
    amount: 0n,
    jackpot: { code: "mega", amount: 5_000n },
  });
  const placed = acceptedOf(await lanes.submit(bet)).placed?.bet.id;
  acceptedOf(await lanes.submit(win));
  acceptedOf(await lanes.submit(moveEnvelope({ type: "FEE", playerId: player, currency: "EUR", amount: 12_000n })));
  acceptedOf(await lanes.submit(takeBackEnvelope(house, win)));
  acceptedOf(await lanes.submit(takeBackEnvelope(house, bet)));

  const events = (await readEvents()).slice(1);
  expect(events).toMatchObject([
    { event: "bet.placed", stake: "10.00" },
    { event: "jackpot.contributed", amount: "0.25", jackpot: "mega", reference: `${placed}` },
    { event: "round.settled", bets: [{ outcome: "LOSE", payout: "0.00" }] },
    { event: "jackpot.won", amount: "50.00", balanceAfter: "140.00", reference: `${placed}` },
    { event: "fee.charged" },
    { event: "jackpot.win_reversed", amount: "50.00", owed: "30.00", balanceAfter: "0.00" },
    { event: "bet.corrected", outcome: "LOSE", payout: "0.00", reason: "rolled back by its provider" },
    { event: "bet.corrected", outcome: "VOID", payout: "10.00" },
    { event: "jackpot.contribution_reversed", amount: "0.25", jackpot: "mega" },
  ]);
});

test("what moved no money is told as well: refusals, tombstones, empty rounds", async () => {
  await lanes.submit(placeEnvelope(house, { playerId: player, round: "r", stake: 90_000n, requestId: "too-much" }));
  acceptedOf(await lanes.submit(settleEnvelope(house, { playerId: player, round: "empty", results: [] })));
  const early = placeEnvelope(house, { playerId: player, round: "r", stake: 100n });
  const rollback = { type: "rollback", playerId: player, bet: { placeKey: early.command.requestKey } } as const;
  acceptedOf(await lanes.submit(undoEnvelope(rollback)));
  await lanes.submit(early);
  await lanes.submit(moveEnvelope({ type: "FEE", playerId: player, currency: "EUR", amount: 99_999_999n }));

  const events = (await readEvents()).slice(1);
  expect(events).toMatchObject([
    { event: "bet.denied", code: "FUNDS_INSUFFICIENT", command: "place", gameId: "wheel", requestId: "too-much" },
    { event: "round.closed", roundId: "empty", provider: "testers", status: "CLOSED" },
    { event: "bet.tombstoned", requestKey: early.command.requestKey },
    { event: "bet.denied", code: "BET_ROLLED_BACK" },
    { event: "wallet.denied", code: "FUNDS_INSUFFICIENT", rule: "wallet.balance-covers" },
  ]);
});

test("reading again from any position gives the same events, byte for byte", async () => {
  const bets = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      placeBet(lanes, house, { playerId: player, round: `r${index}`, stake: 100n }),
    ),
  );
  for (const [index, betId] of bets.entries()) {
    const results = [{ bet: { betId }, outcome: "LOSE" as const, payout: 0n }];
    await lanes.submit(settleEnvelope(house, { playerId: player, round: `r${index}`, results }));
  }
  const all = JSON.stringify(await readEvents());
  await source.close();
  source = createEventSource({ databaseUrl: house.url, applicationName: "test-source-again" });
  expect(JSON.stringify(await readEvents())).toBe(all);
  const ids = (JSON.parse(all) as DomainEvent[]).map(({ eventId }) => eventId);
  expect(new Set(ids).size).toBe(ids.length);
  const later = JSON.stringify(await readEvents(before + 20n));
  expect(later.length).toBeLessThan(all.length);
  expect(all.endsWith(later.slice(1))).toBe(true);
});
