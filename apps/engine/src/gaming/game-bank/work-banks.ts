/** The worker of game banks and their transfers. Any number of engines may run it side by side. */
import { claimDueTransfers } from "@pitboss/db/gaming/bank-transfer-store";
import {
  claimDueBanks,
  findGameBank,
  type GameBankRecord,
  moveGameBank,
  setBankWork,
} from "@pitboss/db/gaming/game-bank-store";
import type { BankCloseReason } from "@pitboss/domain/gaming/game-bank/bank-machines";
import { defaultGameBank } from "@pitboss/domain/gaming/provider-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { barredFromPlay } from "../../compliance/rg/barred-from-play.ts";
import { beginClosing, followClosing } from "./close-bank.ts";
import type { BankDesk } from "./game-bank.ts";
import { askToOpen } from "./open-bank.ts";
import { followTransfer } from "./send-transfer.ts";

const atOnce = 20;
/** How long one engine has to do what it took; then another may, ms. Longer than any answer is waited for. */
const leaseMs = 60_000;
/** How often an open bank is looked at: a player who was excluded does not leave money there for longer, ms. */
const lookEveryMs = 15_000;
const minuteMs = 60_000;

/** True where there may be more to do at once. */
export async function workBanks(desk: BankDesk): Promise<boolean> {
  const now = desk.clock.now();
  const lease = { now: new Date(now), until: new Date(now + leaseMs), limit: atOnce };
  const transfers = await claimDueTransfers(desk.db, lease);
  const banks = await claimDueBanks(desk.db, lease);
  const names = [
    ...transfers.map((id) => formatId("bankTransfer", id)),
    ...banks.map((id) => formatId("gameBank", id)),
  ];
  const done = await Promise.allSettled([
    ...transfers.map((id) => followTransfer(desk, id)),
    ...banks.map((id) => followBank(desk, id)),
  ]);
  for (const [index, result] of done.entries()) {
    if (result.status === "fulfilled") continue;
    desk.log.warn({ err: result.reason as unknown, what: names[index] }, "a game bank has to wait");
  }
  return transfers.length === atOnce || banks.length === atOnce;
}

async function followBank(desk: BankDesk, id: bigint): Promise<void> {
  const bank = await findGameBank(desk.db, id);
  switch (bank?.state) {
    case "OPENING":
      return finishOpening(desk, bank);
    case "OPEN":
      return lookAfter(desk, bank);
    case "CLOSING":
      return followClosing(desk, id);
    default:
      return;
  }
}

/** Nothing goes in before it is open, so that one which never opens can be given up. */
async function finishOpening(desk: BankDesk, bank: GameBankRecord): Promise<void> {
  const policy = desk.integrations.byCode(bank.provider)?.policy.gameBank;
  const giveUpMs = (policy?.sweepMinutes ?? defaultGameBank.sweepMinutes) * minuteMs;
  const opened = await askToOpen(desk, bank);
  if (opened.ok || opened.error.code === "GAME_BANK_REFUSED") return;
  const said = opened.error.detail ?? opened.error.code;
  if (desk.clock.now() - bank.createdAt.getTime() > giveUpMs) await moveGameBank(desk.db, bank, "fail", { said });
  else await setBankWork(desk.db, bank.id, new Date(desk.clock.now() + lookEveryMs), said);
}

async function lookAfter(desk: BankDesk, bank: GameBankRecord): Promise<void> {
  const reason = await whyClose(desk, bank);
  if (reason !== undefined && (await beginClosing(desk, bank, reason))) return followClosing(desk, bank.id);
  await setBankWork(desk.db, bank.id, new Date(desk.clock.now() + lookEveryMs), null);
}

async function whyClose(
  { db, clock, integrations }: BankDesk,
  bank: GameBankRecord,
): Promise<BankCloseReason | undefined> {
  const now = clock.now();
  if ((await barredFromPlay(db, bank.playerId, now)) !== undefined) return "BARRED";
  const policy = integrations.byCode(bank.provider)?.policy.gameBank;
  const unusedMs = now - bank.usedAt.getTime();
  if (unusedMs > (policy?.sweepMinutes ?? defaultGameBank.sweepMinutes) * minuteMs) return "EXPIRED";
  return bank.playEndsAt !== null && bank.playEndsAt.getTime() <= now ? "EXPIRED" : undefined;
}
