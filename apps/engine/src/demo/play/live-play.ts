/** Bets on the live provider's games, as its servers send them: mostly one call, at times not quite by the book. */
import { randomUUID } from "node:crypto";
import type { PlaceBody } from "@pitboss/domain/gaming/contract";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { type ApiAnswer, problemCode } from "@pitboss/wires/traffic/api-client";
import { liveBlackjack, type LiveGame, liveRoulette, orchardSlot } from "./live-odds.ts";
import type { LiveTables, Round } from "./live-tables.ts";
import type { OwedCalls } from "./owed-calls.ts";
import { noteBalance, type PlayersContext, type Purse } from "./players.ts";

export interface LivePlayContext extends PlayersContext {
  readonly tables: LiveTables;
  readonly owed: OwedCalls;
}

const placedAnswer = z.object({ betId: z.string(), balanceAfter: z.string() });

type Manner = "plain" | "several" | "repeated" | "rolledBack" | "rolledBackBefore" | "tooHigh" | "wrongCurrency";

const manners: readonly { readonly weight: number; readonly value: Manner }[] = [
  { weight: 860, value: "plain" },
  { weight: 90, value: "several" },
  { weight: 20, value: "repeated" },
  { weight: 8, value: "rolledBack" },
  { weight: 5, value: "rolledBackBefore" },
  { weight: 10, value: "tooHigh" },
  { weight: 7, value: "wrongCurrency" },
];

function liveGameOf(gameId: string): LiveGame {
  if (gameId.includes("roulette")) return liveRoulette;
  return gameId.includes("blackjack") ? liveBlackjack : orchardSlot;
}

export async function betLive(context: LivePlayContext, purse: Purse, gameId: string, stake: bigint): Promise<void> {
  const { chance, tables, tally } = context;
  const round = tables.join(gameId, liveGameOf(gameId));
  const manner = chance.pickWeighted(manners);
  if (manner === "rolledBackBefore") {
    await meetTombstone(context, purse, round, stake);
    return;
  }
  const bets = manner === "several" && purse.available >= stake * 2n ? 2 : 1;
  for (let number = 0; number < bets; number += 1) {
    const body = placeBody(context, purse, round, manner === "tooHigh" ? stake * 1_000_000n : stake);
    if (manner === "wrongCurrency") body.stake.currency = "ISK";
    const answer = await place(context, body);
    if (answer === undefined) return;
    tally.count(problemCode(answer) ?? "bets");
    if (answer.status !== 200) {
      if (problemCode(answer) === "FUNDS_INSUFFICIENT") purse.available = 0n;
      return;
    }
    const { betId, balanceAfter } = placedAnswer.parse(answer.body);
    noteBalance(purse, balanceAfter);
    if (manner === "rolledBack") {
      context.owed.owe(rollbackCall(body), 0);
      continue;
    }
    if (manner === "repeated") await repeat(context, body, answer);
    const { currency } = purse;
    tables.add(round, { betId, purse, stake, currency, selection: body.selection ?? [] });
  }
}

type MutablePlace = PlaceBody & { stake: { amount: string; currency: string } };

function placeBody({ chance }: LivePlayContext, purse: Purse, round: Round, stake: bigint): MutablePlace {
  const { player, currency } = purse;
  return {
    requestId: randomUUID(),
    playerId: player.playerId,
    roundId: round.roundId,
    gameId: round.gameId,
    selection: [...round.game.select(chance, stake, currency)],
    stake: { amount: formatMinor(stake, currency), currency },
    device: player.device,
  };
}

async function place(context: LivePlayContext, body: PlaceBody): Promise<ApiAnswer | undefined> {
  const { api, operatorKey, owed } = context;
  const answer = await api.send({ method: "POST", path: "/v1/bets/place", token: operatorKey, body });
  // Whether it was taken is not known, and nobody will ask again: if it was, it is given back.
  if (answer === undefined) owed.owe(rollbackCall(body), 0);
  return answer;
}

/** A provider that lost the answer sends the same bet again. */
async function repeat({ api, operatorKey, tally }: LivePlayContext, body: PlaceBody, first: ApiAnswer): Promise<void> {
  const again = await api.send({ method: "POST", path: "/v1/bets/place", token: operatorKey, body });
  if (again === undefined) return;
  const same = JSON.stringify(again.body) === JSON.stringify(first.body);
  tally.count(same ? "repeats" : "repeats answered differently");
}

/** The rollback overtakes its bet; the bet then meets the tombstone. */
async function meetTombstone(context: LivePlayContext, purse: Purse, round: Round, stake: bigint): Promise<void> {
  const { api, operatorKey, tally } = context;
  const body = placeBody(context, purse, round, stake);
  const rolledBack = await api.send({ method: "POST", token: operatorKey, ...rollbackCall(body) });
  if (rolledBack === undefined) return;
  const answer = await place(context, body);
  if (answer !== undefined) tally.count(problemCode(answer) ?? "bets after their tombstone");
}

function rollbackCall({ playerId, requestId }: PlaceBody): { path: string; body: Record<string, unknown> } {
  return { path: "/v1/bets/rollback", body: { requestId: randomUUID(), playerId, placeRequestId: requestId } };
}
