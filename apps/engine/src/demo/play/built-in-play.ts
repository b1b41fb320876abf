/** Bets on the house's own games, by players with their own tokens, as the house's front end would send them. */
import { randomUUID } from "node:crypto";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { problemCode } from "@pitboss/wires/traffic/api-client";
import { playBuiltIn } from "@pitboss/wires/traffic/built-in-round";
import { z } from "zod";
import { noteBalance, playerToken, type PlayersContext, type Purse } from "./players.ts";

export async function betBuiltIn(context: PlayersContext, purse: Purse, gameId: string, stake: bigint): Promise<void> {
  const { chance } = context;
  const { player, currency } = purse;
  const token = await playerToken(context, player);
  if (token === undefined) return;
  // Now and then somebody types a zero or six too many.
  const asked = chance.happens(0.01) ? stake * 1_000_000n : stake;
  const { playerId } = player;
  const result = await playBuiltIn(context, { gameId, playerId, currency, token, stake: asked, told: purse.told });
  if (result === undefined) return;
  // The next bet takes a new token.
  if (result.status === 401) player.token = undefined;
  if (result.refused === "FUNDS_INSUFFICIENT") purse.available = 0n;
  purse.told = result.balance;
  if (result.balance !== undefined) purse.available = result.balance;
}

const cashConverted = z.object({ balances: z.record(z.string(), z.string()) });

/** A fifth of the purse goes into another currency. */
export async function convertSome(context: PlayersContext, purse: Purse): Promise<void> {
  const { player, currency } = purse;
  const body = {
    requestId: randomUUID(),
    playerId: player.playerId,
    from: { amount: formatMinor(purse.available / 5n, currency), currency },
    to: currency === "EUR" ? "USD" : "EUR",
  };
  const token = await playerToken(context, player);
  if (token === undefined) return;
  const answer = await context.api.send({ method: "POST", path: "/v1/wallet/convert", token, body });
  if (answer === undefined) return;
  if (answer.status === 401) player.token = undefined;
  context.tally.count(problemCode(answer) ?? "conversions");
  const balance = cashConverted.safeParse(answer.body).data?.balances[currency];
  if (balance !== undefined) noteBalance(purse, balance);
}
