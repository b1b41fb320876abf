/** Opens a player's game bank with a provider, or takes the one that is open: the launch of a game that is played from it. */
import { type GameBankRecord, findGameBank, moveGameBank, takeGameBank } from "@pitboss/db/gaming/game-bank-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { openAtBank } from "./bank-client.ts";
import type { BankDesk } from "./game-bank.ts";

/** How long an opening that nobody lived to finish is left alone, ms. */
const openingLeaseMs = 30_000;

export interface BankLaunch {
  readonly playerId: bigint;
  readonly provider: string;
  readonly gameId: number;
  readonly gameSessionId: bigint | null;
  readonly currency: Currency;
}

export interface OpenedBank {
  readonly bank: GameBankRecord;
  readonly launchUrl: string;
}

export async function openGameBank(desk: BankDesk, launch: BankLaunch): Promise<Result<OpenedBank>> {
  const { db, clock, integrations } = desk;
  const { playerId, provider, gameId, gameSessionId, currency } = launch;
  const integration = integrations.byCode(provider);
  const policy = integration?.policy.gameBank;
  if (integration === undefined || policy == null) return err("GAME_BANK_NONE");
  if (policy.most[currency] === undefined) {
    return err("CURRENCY_MISMATCH", "This game bank holds no money of this currency.");
  }
  const bank = await takeGameBank(db, {
    playerId,
    providerId: integration.providerId,
    gameId,
    gameSessionId,
    currency: currencies[currency].number,
    workAt: new Date(clock.now() + openingLeaseMs),
  });
  // What is left there goes home first; then a new one can be opened.
  if (bank.state === "CLOSING")
    return err("GAME_BANK_BUSY", "The player's last game bank there is still being closed.");
  return askToOpen(desk, bank);
}

/** Opening moves no money and is the same however often it is asked for, so it needs no question first. */
export async function askToOpen(
  { db, clock, integrations }: BankDesk,
  bank: GameBankRecord,
): Promise<Result<OpenedBank>> {
  const integration = integrations.byCode(bank.provider);
  if (integration === undefined) return err("GAME_BANK_NONE");
  const said = await openAtBank(integration, clock.now(), {
    sessionId: formatId("gameBank", bank.id),
    playerId: formatId("player", bank.playerId),
    currency: bank.currency,
    gameId: bank.game,
  });
  if (said.kind === "unanswered") return err("GAME_BANK_UNAVAILABLE", said.why);
  if (said.value.status === "REFUSED") {
    const { code, message } = said.value;
    if (bank.state === "OPENING") await moveGameBank(db, bank, "fail", { said: `${code}: ${message}` });
    return err("GAME_BANK_REFUSED", message, { code });
  }
  if (bank.state === "OPENING") await moveGameBank(db, bank, "open");
  return ok({ bank: (await findGameBank(db, bank.id)) ?? bank, launchUrl: said.value.launchUrl });
}
