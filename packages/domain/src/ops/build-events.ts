/**
 * Makes the events of a committed batch, in order: those that its transactions tell, then those that its writer noted.
 * Pure, and a function of rows that never change, so that a replay gives the same events with the same ids.
 */
import { buildBetCorrectedWithoutMoney, startBetEvents } from "../gaming/build-bet-events.ts";
import type { JsonValue } from "../kernel/json.ts";
import { formatId } from "../kernel/public-id.ts";
import { assert } from "../kernel/result.ts";
import { buildMoneyEvent, isMoneyTransaction } from "../wallet/build-money-events.ts";
import { isHouseTransaction } from "../wallet/ledger-codes.ts";
import { firstIdOfBatch, transactionTimeMs } from "../wallet/transaction-id.ts";
import type { CommittedBatch, CommittedTransaction, EventFacts, SideEventRecord } from "./committed-batch.ts";
import { type DomainEvent, eventSchemas, isEventName } from "./events.ts";

/** What an event made from a transaction has in common with the others of its batch. */
export interface EventStamp {
  readonly eventId: string;
  readonly ts: string;
  readonly traceId: string;
  readonly playerId: string;
}

export function buildEvents(batch: CommittedBatch, facts: EventFacts): DomainEvent[] {
  const ts = new Date(transactionTimeMs(firstIdOfBatch(batch.batch))).toISOString();
  const events: DomainEvent[] = [];
  const bets = startBetEvents(facts, (event) => events.push(event));
  for (const transaction of batch.transactions) {
    if (isHouseTransaction(transaction.type)) continue;
    const stamp = stampOf(transaction, ts);
    if (isMoneyTransaction(transaction)) {
      bets.flush();
      events.push(buildMoneyEvent(transaction, stamp, facts));
    } else {
      bets.take(transaction, stamp);
    }
  }
  bets.flush();
  for (const [index, record] of batch.sideEvents.entries()) {
    const eventId = `${formatId("event", firstIdOfBatch(batch.batch))}.${index}`;
    events.push(buildSideEvent(record, { eventId, ts }, facts));
  }
  return events;
}

function stampOf({ id, traceId, playerId }: CommittedTransaction, ts: string): EventStamp {
  assert(playerId !== null, "a transaction that is told as an event has a player");
  return {
    eventId: formatId("event", id),
    ts,
    traceId: `tr_${traceId}`,
    playerId: formatId("player", playerId),
  };
}

/**
 * A side event is stored as it goes out, but for what its place in the ledger gives it, and for the codes of games and
 * providers, which the hot path knows by number.
 */
function buildSideEvent(
  record: SideEventRecord,
  stamp: Pick<EventStamp, "eventId" | "ts">,
  facts: EventFacts,
): DomainEvent {
  const { type, ...stored } = record;
  if (type === "bet.corrected") return buildBetCorrectedWithoutMoney(stored, stamp, facts);
  const { game, provider, ...payload } = stored;
  const version = isEventName(type) ? eventSchemas[type].shape.version.value : 1;
  const event: Record<string, JsonValue> = { event: type, version, ...stamp, subject: subjectOf(stored), ...payload };
  if (game !== undefined) event["gameId"] = codeOf(facts.games.get(Number(game))?.code, "game", game);
  if (provider !== undefined) event["provider"] = codeOf(facts.providers.get(Number(provider)), "provider", provider);
  // The writer is held to the schema by types, and by a test that reads back what every kind of command left.
  return event as unknown as DomainEvent;
}

function codeOf(code: string | undefined, what: string, number: JsonValue): string {
  assert(code !== undefined, `there is a ${what} with the number ${JSON.stringify(number)}`);
  return code;
}

function subjectOf(stored: Readonly<Record<string, JsonValue>>): string {
  for (const field of ["subject", "roundId", "requestKey", "requestId", "playerId"]) {
    const value = stored[field];
    if (typeof value === "string") return value;
  }
  throw new Error("an event names what it is about");
}
