/** The event of a win that no bet stands behind, which its transaction's details tell. */
import type { JsonValue } from "../kernel/json.ts";
import { assert } from "../kernel/result.ts";
import type { EventStamp } from "../ops/build-events.ts";
import type { CommittedTransaction, EventFacts } from "../ops/committed-batch.ts";
import type { EventOf } from "../ops/events.ts";
import { winSources } from "./commands.ts";

/** A HOLD is about the bet that it makes; any other transaction of bets that is about none is the house's own payment. */
export function isHouseWin({ type, reference }: CommittedTransaction): boolean {
  return reference === null && (type === "PAYOUT" || type === "CORRECTION");
}

export function houseWinEvent(
  { type, details, requestId }: CommittedTransaction,
  stamp: EventStamp,
  facts: EventFacts,
): EventOf<"round.credited"> {
  assert(details !== null && typeof details === "object" && !Array.isArray(details), "a house-paid win has details");
  const told = details as Readonly<Record<string, JsonValue>>;
  const provider = facts.providers.get(Number(told["provider"]));
  assert(provider !== undefined, "a house-paid win names its provider");
  const source = winSources.find((one) => one === told["source"]);
  assert(source !== undefined, "a house-paid win names what it is for");
  const round = textOf(told["round"]);
  const game = told["game"];
  return {
    event: "round.credited",
    version: 1,
    ...stamp,
    subject: round ?? stamp.playerId,
    roundId: round,
    gameId: typeof game === "number" ? (facts.games.get(game)?.code ?? null) : null,
    provider,
    currency: textOf(told["currency"]) ?? "",
    amount: textOf(told["amount"]) ?? "",
    direction: type === "PAYOUT" ? "PAID" : "TAKEN_BACK",
    source,
    requestId,
  };
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}
