/** Bodies of the public contract as a well-behaved game server sends them. */
import { randomUUID } from "node:crypto";
import type { SmallCasino } from "../simulation/small-casino.ts";

export interface Body {
  [field: string]: unknown;
}

export function placeBody(casino: SmallCasino, fields: Body = {}): Body {
  return {
    requestId: randomUUID(),
    playerId: casino.players[0]?.publicId,
    roundId: `round ${randomUUID()}`.replace(" ", "-"),
    gameId: casino.games[0],
    selection: [{ market: "straight", value: "17", stake: "10.00" }],
    stake: { amount: "10.00", currency: "EUR" },
    device: { ip: "203.0.113.7", ua: "Mozilla/5.0" },
    ...fields,
  };
}

export function settleBody(place: Body, result: Body = { outcome: "LOSE" }, fields: Body = {}): Body {
  return {
    requestId: randomUUID(),
    playerId: place["playerId"],
    roundId: place["roundId"],
    gameId: place["gameId"],
    bets: [{ placeRequestId: place["requestId"], ...result }],
    ...fields,
  };
}

export function undoBody(place: Body, fields: Body = {}): Body {
  return { requestId: randomUUID(), playerId: place["playerId"], placeRequestId: place["requestId"], ...fields };
}
