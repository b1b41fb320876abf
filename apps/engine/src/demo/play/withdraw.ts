/** Players who leave with money: now and then one asks for a payout, to a card that they have paid with. */
import { randomUUID } from "node:crypto";
import { exponentOf } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { problemCode } from "@pitboss/wires/traffic/api-client";
import { deposit, noteBalance, type PlayersContext, type Purse } from "./players.ts";

const instrumentsForm = z.object({
  instruments: z.array(z.object({ instrumentId: z.string(), verified: z.boolean() })),
});
const payoutForm = z.object({ status: z.string() });

/** How much of what they have; a few take all of it. */
const shares = [
  { weight: 50, value: 4n },
  { weight: 35, value: 2n },
  { weight: 15, value: 1n },
];
/** The smallest payout is ten of most currencies; less than twice that is left for the next visit. */
const least = 20n;

export async function withdrawSome(context: PlayersContext, purse: Purse): Promise<void> {
  const { api, chance, tally, operatorKey: token } = context;
  const unit = 10n ** BigInt(exponentOf(purse.currency));
  const amount = (purse.available / chance.pickWeighted(shares) / unit) * unit;
  if (amount < least * unit) return;
  const instrumentId = await findInstrument(context, purse);
  // Whoever has only ever been given money pays in by card first, and takes their winnings out another time.
  if (instrumentId === undefined) {
    await deposit(context, purse, unit);
    return;
  }
  const body = {
    requestId: randomUUID(),
    playerId: purse.player.playerId,
    amount: { amount: formatMinor(amount, purse.currency), currency: purse.currency },
    instrumentId,
    device: purse.player.device,
  };
  const answer = await api.send({ method: "POST", path: "/v1/payouts", token, body });
  if (answer === undefined) return;
  tally.count(
    answer.status === 200 ? `payouts ${payoutForm.parse(answer.body).status}` : (problemCode(answer) ?? "payouts"),
  );
  if (answer.status === 200) noteBalance(purse, formatMinor(purse.available - amount, purse.currency));
}

async function findInstrument({ api, operatorKey }: PlayersContext, { player }: Purse): Promise<string | undefined> {
  const path = `/v1/instruments?playerId=${player.playerId}`;
  const answer = await api.send({ method: "GET", path, token: operatorKey });
  if (answer?.status !== 200) return undefined;
  return instrumentsForm.parse(answer.body).instruments.find(({ verified }) => verified)?.instrumentId;
}
