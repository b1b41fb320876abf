/**
 * Sends a transfer to the game bank, and finds out what became of one that was sent. That it is sent is written before the
 * provider hears of it; what is not answered is unknown, and is asked about before it is sent again.
 */
import {
  findBankTransfer,
  type BankTransferRecord,
  moveBankTransfer,
  setTransferWork,
} from "@pitboss/db/gaming/bank-transfer-store";
import { listWallets } from "@pitboss/db/wallet/read-wallets";
import {
  decideTransferReport,
  askAgainMs,
  mayResend,
  type TransferReport,
} from "@pitboss/domain/gaming/game-bank/judge-transfer";
import { defaultGameBank, type GameBankPolicy } from "@pitboss/domain/gaming/provider-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Integration } from "../dialects/kit/integrations.ts";
import { queryBank, type Said, transferAtBank } from "./bank-client.ts";
import { type BankDesk, workerActor } from "./game-bank.ts";
import { postTransfer } from "./post-transfer.ts";

/** Beyond the time that an answer is waited for: whoever sent it by then did not live to see it, ms. */
const leaseMs = 10_000;

/** Of REQUESTED, or of UNKNOWN where the provider said that it does not know of it. */
export async function sendTransfer(desk: BankDesk, seen: BankTransferRecord, actor = workerActor): Promise<void> {
  const bank = desk.integrations.byCode(seen.provider);
  const policy = bank?.policy.gameBank;
  if (bank === undefined || policy == null) return waitLonger(desk, seen, undefined);
  const workAt = new Date(desk.clock.now() + policy.answerWithinMs + leaseMs);
  const event = seen.state === "REQUESTED" ? "send" : "resend";
  if (!(await moveBankTransfer(desk.db, seen, { event, actor, change: { workAt } }))) return;
  const transfer: BankTransferRecord = { ...seen, state: "SENT" };
  const { id, currency, amount } = transfer;
  const said = await transferAtBank(bank, desk.clock.now(), {
    transferId: formatId("bankTransfer", id),
    sessionId: formatId("gameBank", transfer.sessionId),
    playerId: formatId("player", transfer.playerId),
    currency,
    direction: transfer.direction,
    amount: amount === null ? null : formatMinor(amount, currency),
  });
  // A provider that has yet to do it, or says that it never heard of what it just got, has not answered.
  if (said.kind === "unanswered" || said.value.status === "PENDING" || said.value.status === "NOT_FOUND") {
    await loseTransfer(desk, transfer, said.kind === "unanswered" ? said.why : `It said ${said.value.status}.`, policy);
    return;
  }
  await applyReport(desk, transfer, said.value, policy);
}

/** Of SENT, where no answer was seen. */
async function loseTransfer(
  { db, clock, log }: BankDesk,
  transfer: BankTransferRecord,
  why: string,
  policy: Pick<GameBankPolicy, "retryFirstSeconds"> = defaultGameBank,
): Promise<void> {
  const workAt = new Date(clock.now() + policy.retryFirstSeconds * 1_000);
  const lost = await moveBankTransfer(db, transfer, {
    event: "lose",
    actor: workerActor,
    details: { why },
    change: { workAt },
  });
  if (lost)
    log.warn({ transfer: formatId("bankTransfer", transfer.id), why }, "what became of a transfer is not known yet");
}

/** Of UNKNOWN: asks, and sends it again only where the provider has been quiet about it for long enough. */
async function askAboutTransfer(desk: BankDesk, transfer: BankTransferRecord): Promise<void> {
  const bank = desk.integrations.byCode(transfer.provider);
  const policy = bank?.policy.gameBank;
  if (bank === undefined || policy == null) return waitLonger(desk, transfer, undefined);
  const said = await ask(bank, desk.clock.now(), transfer);
  if (said.kind === "unanswered" || said.value.status === "PENDING") return waitLonger(desk, transfer, policy);
  if (said.value.status !== "NOT_FOUND") return applyReport(desk, transfer, said.value, policy);
  const lastSentMs = (transfer.lastSentAt ?? transfer.createdAt).getTime();
  if (mayResend({ lastSentMs, nowMs: desk.clock.now() }, policy)) return sendTransfer(desk, transfer);
  return waitLonger(desk, transfer, policy);
}

function ask(bank: Integration, nowMs: number, { id }: BankTransferRecord): Promise<Said<TransferReport>> {
  return queryBank(bank, nowMs, formatId("bankTransfer", id));
}

async function waitLonger(
  { db, clock }: BankDesk,
  { id, worked }: BankTransferRecord,
  policy: GameBankPolicy | undefined,
): Promise<void> {
  const waitMs = policy === undefined ? defaultGameBank.retryMostSeconds * 1_000 : askAgainMs(worked, policy);
  await setTransferWork(db, id, new Date(clock.now() + waitMs));
}

async function applyReport(
  desk: BankDesk,
  transfer: BankTransferRecord,
  report: TransferReport,
  policy: GameBankPolicy,
): Promise<void> {
  const decided = decideTransferReport(transfer, report);
  if (!decided.ok) {
    const transferId = formatId("bankTransfer", transfer.id);
    desk.log.error(
      { transfer: transferId, said: decided.error.data },
      "what a game bank says does not fit the transfer",
    );
    if (transfer.state === "SENT") return loseTransfer(desk, transfer, "Its answer does not fit the transfer.", policy);
    return waitLonger(desk, transfer, policy);
  }
  const decision = decided.value;
  switch (decision.event) {
    case "confirm":
      return confirm(desk, transfer, decision);
    case "refuse":
      return refuse(desk, transfer, decision);
    case null:
      return waitLonger(desk, transfer, policy);
  }
}

async function confirm(
  desk: BankDesk,
  transfer: BankTransferRecord,
  { amount, balance }: { readonly amount: bigint; readonly balance: bigint },
): Promise<void> {
  const change = { amount, balanceAfter: balance };
  const move = { event: "confirm", actor: workerActor, change } as const;
  if (transfer.direction === "IN") {
    await moveBankTransfer(desk.db, transfer, move);
    return;
  }
  // One transfer of a bank is under way at a time, and nothing else moves what the ledger has there.
  const inBank = await readInBank(desk, transfer);
  if (amount === 0n && balance === inBank) {
    await moveBankTransfer(desk.db, transfer, move);
    return;
  }
  tellUnposted(desk, transfer, await postTransfer(desk, transfer, { amount, left: balance }, move));
}

async function refuse(
  desk: BankDesk,
  transfer: BankTransferRecord,
  { code, message }: { readonly code: string; readonly message: string },
): Promise<void> {
  const move = { event: "refuse", actor: workerActor, change: { failure: { code, message } } } as const;
  if (transfer.direction === "OUT" || transfer.amount === null) {
    await moveBankTransfer(desk.db, transfer, move);
    return;
  }
  tellUnposted(desk, transfer, await postTransfer(desk, transfer, { amount: transfer.amount }, move));
}

/** Whoever comes next asks the provider again and gets the same answer, so a posting that failed is only late. */
function tellUnposted(
  { log }: BankDesk,
  transfer: BankTransferRecord,
  posted: Awaited<ReturnType<typeof postTransfer>>,
): void {
  if (posted.ok) return;
  const { code } = posted.error;
  log.error({ transfer: formatId("bankTransfer", transfer.id), code }, "a transfer's answer could not be posted");
}

export async function readInBank(
  { db }: Pick<BankDesk, "db">,
  { playerId, currency, provider }: Pick<BankTransferRecord, "playerId" | "currency" | "provider">,
): Promise<bigint> {
  const wallets = await listWallets(db, playerId);
  const bank = wallets.find(
    (wallet) => wallet.kind === "IN_GAME_BANK" && wallet.currency === currency && wallet.qualifier === provider,
  );
  return bank?.available ?? 0n;
}

/** The worker's part: whatever is due of a transfer. */
export async function followTransfer(desk: BankDesk, id: bigint): Promise<void> {
  const transfer = await findBankTransfer(desk.db, id);
  switch (transfer?.state) {
    case "REQUESTED":
      return sendTransfer(desk, transfer);
    case "SENT":
      return loseTransfer(desk, transfer, "The answer was never seen.");
    case "UNKNOWN":
      return askAboutTransfer(desk, transfer);
    default:
      return;
  }
}
