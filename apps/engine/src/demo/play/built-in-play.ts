/** Bets on the house's own games, by players with their own tokens, as the house's front end would send them. */
import { randomUUID } from "node:crypto";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { type ApiAnswer, problemCode } from "./api-client.ts";
import { selectBuiltIn } from "./built-in-bets.ts";
import { noteBalance, playerToken, type PlayersContext, type Purse } from "./players.ts";

const playedAnswer = z.object({ balanceAfter: z.string().nullable() });

export async function betBuiltIn(context: PlayersContext, purse: Purse, gameId: string, stake: bigint): Promise<void> {
  const { chance, tally } = context;
  const { player, currency } = purse;
  const tooHigh = chance.happens(0.01);
  const body = {
    requestId: randomUUID(),
    playerId: player.playerId,
    stake: { amount: formatMinor(tooHigh ? stake * 1_000_000n : stake, currency), currency },
    selection: selectBuiltIn(gameId, chance, stake, currency),
  };
  const path = `/v1/games/${gameId}/play`;
  const answer = await sendAsPlayer(context, purse, path, body);
  if (answer === undefined) return;
  tally.count(problemCode(answer) ?? "plays");
  if (problemCode(answer) === "FUNDS_INSUFFICIENT") purse.available = 0n;
  if (answer.status !== 200) return;
  const { balanceAfter } = playedAnswer.parse(answer.body);
  if (balanceAfter !== null) noteBalance(purse, balanceAfter);
  // An impatient finger, or a phone that lost the answer in a tunnel.
  if (chance.happens(0.02)) {
    const again = await sendAsPlayer(context, purse, path, body);
    const same = JSON.stringify(again?.body) === JSON.stringify(answer.body);
    if (again !== undefined) tally.count(same ? "repeats" : "repeats answered differently");
  }
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
  const answer = await sendAsPlayer(context, purse, "/v1/wallet/convert", body);
  if (answer === undefined) return;
  context.tally.count(problemCode(answer) ?? "conversions");
  const balance = cashConverted.safeParse(answer.body).data?.balances[currency];
  if (balance !== undefined) noteBalance(purse, balance);
}

async function sendAsPlayer(
  context: PlayersContext,
  { player }: Purse,
  path: string,
  body: unknown,
): Promise<ApiAnswer | undefined> {
  const token = await playerToken(context, player);
  if (token === undefined) return undefined;
  const answer = await context.api.send({ method: "POST", path, token, body });
  // The next bet takes a new token.
  if (answer?.status === 401) player.token = undefined;
  return answer;
}
