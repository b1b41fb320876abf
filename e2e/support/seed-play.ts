/** Some play through the public API, so that every screen has something to show, and whom and what the specs look at. */
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setKycLevel, setScreening } from "@pitboss/db/compliance/standing-store";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { expect } from "@playwright/test";
import { z } from "zod";
import { casino } from "../playwright.config.ts";
import { callEngine, withDatabase } from "./casino.ts";

const played = z.object({
  /** A player with a deposit, two settled bets and a held one; `cash` is what that leaves in EUR. */
  playerId: z.string(),
  nickname: z.string(),
  cash: z.string(),
  wonBetId: z.string(),
  heldBetId: z.string(),
  /** The round of the bet that won. */
  roundId: z.string(),
  /** A player whose name a spreadsheet would take for a formula. */
  formulaPlayerId: z.string(),
  /** A payout of somebody else's that waits for people. */
  payoutId: z.string(),
});
export type Played = z.infer<typeof played>;

const path = join(casino.dataDir, "e2e", "played.json");
const gameId = "pragm_live_roulette";

/** A nickname that a spreadsheet would take for a formula. */
export const formulaNickname = `=HYPERLINK("https://evil.example","ada")`;

export function readPlayed(): Played {
  return played.parse(JSON.parse(readFileSync(path, "utf8")));
}

export async function seedPlay(): Promise<void> {
  const nickname = "edda";
  const playerId = await openPlayer(nickname, "250.00");
  const roundId = `R-${randomUUID()}`;
  const won = await place(playerId, roundId, "10.00");
  await settle(playerId, roundId, [{ betId: won, outcome: "WIN", payout: { amount: "360.00", currency: "EUR" } }]);
  const lostRound = `R-${randomUUID()}`;
  await settle(playerId, lostRound, [{ betId: await place(playerId, lostRound, "5.00"), outcome: "LOSE" }]);
  const heldBetId = await place(playerId, `R-${randomUUID()}`, "2.50");
  for (const other of ["p_2", "p_3", "p_4"]) await place(other, `R-${randomUUID()}`, "1.00");
  const facts: Played = {
    playerId,
    nickname,
    // 250.00 deposited, 10.00 + 5.00 + 2.50 bet, 360.00 won.
    cash: "592.50",
    wonBetId: won,
    heldBetId,
    roundId,
    formulaPlayerId: await openPlayer(formulaNickname),
    payoutId: await askForPayout(await openPlayer("olof", "900.00"), "600.00"),
  };
  // Something for compliance and risk to look at: much money, and a card that two accounts show.
  await openPlayer("gustav", "2000.00");
  const lender = await openPlayer("lena", "20.00");
  await showCardOf(lender, await openPlayer("lars"));
  await depositByCard(lender, "20.00");
  await launchFromAfar(lender);
  await forgeKycWebhook();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(facts, null, 2));
}

/** A player of Malta, with this deposit in euros where there is one; answers the id. */
export async function openPlayer(nickname: string, deposit?: string): Promise<string> {
  const { playerId } = await callEngine("/v1/players", { nickname, country: "MT" });
  if (deposit !== undefined) {
    await depositByCard(String(playerId), deposit);
  }
  return String(playerId);
}

/** The player's papers are in order, and no list means them. */
export async function verify(playerId: string): Promise<void> {
  const id = parseId("player", playerId) ?? 0n;
  await withDatabase(async (db) => {
    await setKycLevel(db, id, 2);
    await setScreening(db, id, "CLEAR", new Date());
  });
}

/** To the card that the player has paid with; answers the payout's id. */
export async function askForPayout(playerId: string, euros: string): Promise<string> {
  const listed = await callEngine(`/v1/instruments?playerId=${playerId}`);
  const [instrument] = listed["instruments"] as { instrumentId: string }[];
  const payout = await callEngine("/v1/payouts", {
    requestId: randomUUID(),
    playerId,
    instrumentId: instrument?.instrumentId,
    amount: { amount: euros, currency: "EUR" },
  });
  return String(payout["payoutId"]);
}

/** By a card of the player's own, through the simulated acquirer; it may take a moment, as it does with real ones. */
export async function depositByCard(
  playerId: string,
  euros: string,
  kind = "visa",
  paid: readonly string[] = ["CREDITED"],
): Promise<void> {
  const body = {
    requestId: randomUUID(),
    playerId,
    amount: { amount: euros, currency: "EUR" },
    method: "card",
    token: `pm_card_${kind}_${playerId}`,
  };
  // The same request is the same deposit, as it stands now.
  await expect
    .poll(async () => paid.includes(String((await callEngine("/v1/deposits", body))["status"])), { timeout: 60_000 })
    .toBe(true);
}

/** A deposit with a card that another player has brought: the house refuses it. */
export async function showCardOf(owner: string, playerId: string): Promise<void> {
  const body = {
    requestId: randomUUID(),
    playerId,
    amount: { amount: "20.00", currency: "EUR" },
    method: "card",
    token: `pm_card_visa_${owner}`,
  };
  await expect(callEngine("/v1/deposits", body)).rejects.toThrow(/INSTRUMENT_NOT_OWN/);
}

/** From a country that nobody plays from: the house refuses it, and keeps why. */
async function launchFromAfar(playerId: string): Promise<void> {
  const launch = { playerId, currency: "EUR", ip: "8.8.8.8" };
  await expect(callEngine(`/v1/games/${gameId}/launch`, launch)).rejects.toThrow(/LOCATION_NOT_ALLOWED/);
}

/** What claims to be the verification vendor's is kept as evidence. */
async function forgeKycWebhook(): Promise<void> {
  const headers = { "content-type": "application/json", "x-payload-digest": "00" };
  const body = JSON.stringify({ type: "applicantReviewed", applicantId: "nobody" });
  const answer = await fetch(`${casino.engineUrl}/v1/kyc/webhooks`, { method: "POST", headers, body });
  expect(answer.ok).toBe(false);
}

/** A player whose bank takes the deposit back moments after it was made; answers the id. */
export async function openDisputed(nickname: string): Promise<string> {
  const playerId = await openPlayer(nickname);
  await depositByCard(playerId, "80.00", "disputed", ["CREDITED", "DISPUTED"]);
  return playerId;
}

/** Places a bet and answers its id. */
export async function place(playerId: string, roundId: string, amount: string): Promise<string> {
  const answer = await callEngine("/v1/bets/place", {
    requestId: randomUUID(),
    playerId,
    wallet: "cash",
    roundId,
    gameId,
    selection: [{ market: "straight", value: "17" }],
    stake: { amount, currency: "EUR" },
    device: { ip: "203.0.113.5", ua: "Mozilla/5.0" },
  });
  return String(answer["betId"]);
}

async function settle(playerId: string, roundId: string, bets: readonly object[]): Promise<void> {
  await callEngine("/v1/rounds/settle", { requestId: randomUUID(), playerId, roundId, gameId, bets });
}
