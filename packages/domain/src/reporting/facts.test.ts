import { expect, test } from "vitest";
import { formatId } from "../kernel/public-id.ts";
import type { DomainEvent } from "../ops/events.ts";
import { factsOf } from "./facts.ts";

const stamp = {
  version: 1 as const,
  eventId: formatId("event", 77n),
  ts: "2026-11-23T12:00:00.000Z",
  traceId: "tr_0",
  playerId: formatId("player", 5n),
  subject: "r",
};
const place = { roundId: "r", gameId: "wheel", provider: "testers", currency: "EUR" };
const bet = (id: bigint): string => formatId("bet", id);

test("a settlement gives a fact a bet, with cash and bonus apart, and a push is no turnover", () => {
  const event = {
    event: "round.settled",
    ...stamp,
    ...place,
    bets: [
      { betId: bet(1n), outcome: "WIN", stake: "30.00", payout: "90.00" },
      { betId: bet(2n), outcome: "PUSH", stake: "5.00", payout: "5.00" },
      { betId: bet(3n), outcome: "LOSE", stake: "1.00", payout: "0.00" },
    ],
    roundStatus: "CLOSED",
    late: false,
    bonus: [{ betId: bet(1n), grant: "welcome", stake: "10.00", payout: "30.00" }],
  } as DomainEvent;
  expect(factsOf(event)).toMatchObject([
    {
      event: 77n,
      line: 0,
      kind: "SETTLED",
      betId: 1n,
      stakeCash: 2_000n,
      stakeBonus: 1_000n,
      winCash: 6_000n,
      winBonus: 3_000n,
      channel: "welcome",
    },
    { event: 77n, line: 1, kind: "PUSHED", betId: 2n, stakeCash: 0n, amount: 500n },
    {
      event: 77n,
      line: 2,
      kind: "SETTLED",
      betId: 3n,
      stakeCash: 100n,
      winCash: 0n,
      game: "wheel",
      provider: "testers",
    },
  ]);
});

test("a correction is what changed, down as well as up", () => {
  const event = {
    event: "bet.corrected",
    ...stamp,
    ...place,
    betId: bet(1n),
    outcome: "WIN",
    stake: "10.00",
    payoutBefore: "36.00",
    payout: "20.00",
    bonus: { grant: "welcome", payoutBefore: "6.00", payout: "8.00" },
    reason: null,
    requestId: null,
  } as DomainEvent;
  expect(factsOf(event)).toMatchObject([{ kind: "CORRECTED", winCash: -1_800n, winBonus: 200n, stakeCash: 0n }]);
});

test("a chargeback is told whole and as the house's loss; a part that is zero is no fact, and lines keep their numbers", () => {
  const event = {
    event: "chargeback.booked",
    ...stamp,
    transactionId: formatId("transaction", 77n),
    currency: "EUR",
    amount: "100.00",
    reference: null,
    actor: null,
    details: null,
    requestId: null,
    psp: "card",
    covered: "100.00",
    loss: "0.00",
    balanceAfter: null,
  } as DomainEvent;
  expect(factsOf(event).map(({ kind, line }) => [kind, line])).toEqual([["CHARGEBACK", 0]]);
  const lost = { ...event, covered: "0.00", loss: "100.00" } as DomainEvent;
  expect(factsOf(lost).map(({ kind, line }) => [kind, line])).toEqual([
    ["CHARGEBACK", 0],
    ["CHARGEBACK_LOSS", 1],
  ]);
});

test("a conversion is a fact in each of its currencies, with the decimals of each", () => {
  const event = {
    event: "wallet.converted",
    ...stamp,
    transactionId: formatId("transaction", 77n),
    currency: "EUR",
    amount: "10.00",
    to: "JPY",
    converted: "1629",
    rate: "162.93",
    rateSource: "test",
    rateAsOf: "",
    reference: null,
    actor: null,
    details: null,
    requestId: null,
    balanceAfter: "0.00",
    convertedBalanceAfter: "1629",
  } as DomainEvent;
  expect(factsOf(event)).toMatchObject([
    { kind: "CONVERTED_FROM", currency: "EUR", amount: 1_000n },
    { kind: "CONVERTED_TO", currency: "JPY", amount: 1_629n },
  ]);
});

test("a stake that is held is a fact of its own, and no turnover", () => {
  const placed = { event: "bet.placed", ...stamp, ...place, betId: bet(9n), stake: "2.50" } as unknown as DomainEvent;
  const [fact] = factsOf(placed);
  expect(fact).toMatchObject({ kind: "PLACED", game: "wheel", betId: 9n, amount: 250n, stakeCash: 0n, stakeBonus: 0n });
});

test("what moves no money has no facts", () => {
  const denied = { event: "bet.denied", ...stamp } as unknown as DomainEvent;
  const noted = { event: "bet.corrected", ...stamp, ...place, eventId: `${stamp.eventId}.0` } as unknown as DomainEvent;
  expect([denied, noted].flatMap(factsOf)).toEqual([]);
});
