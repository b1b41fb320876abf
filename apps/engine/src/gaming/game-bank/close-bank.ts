/**
 * Closes a game bank: everything that is left is taken back, and only when the provider has said how much that was, and
 * that nothing is left, is it over. Safe to do again at any point.
 */
import { findOpenTransfer, listBankTransfers } from "@pitboss/db/gaming/bank-transfer-store";
import { findGameBank, type GameBankRecord, moveGameBank, setBankWork } from "@pitboss/db/gaming/game-bank-store";
import type { BankCloseReason } from "@pitboss/domain/gaming/game-bank/bank-machines";
import { isTransferOver } from "@pitboss/domain/gaming/game-bank/bank-machines";
import { askAgainMs } from "@pitboss/domain/gaming/game-bank/judge-transfer";
import { defaultGameBank } from "@pitboss/domain/gaming/provider-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { randomBytes } from "node:crypto";
import { hash64, requestKey } from "../request-key.ts";
import { closeAtBank } from "./bank-client.ts";
import { type BankDesk, workerActor } from "./game-bank.ts";
import { transferOut } from "./request-transfer.ts";

/** False where it was closed or being closed already. */
export async function beginClosing(
  desk: Pick<BankDesk, "db">,
  bank: GameBankRecord,
  closeReason: BankCloseReason,
): Promise<boolean> {
  return bank.state === "OPEN" && (await moveGameBank(desk.db, bank, "close", { closeReason }));
}

/** Of CLOSING: the next thing that there is to do. */
export async function followClosing(desk: BankDesk, id: bigint): Promise<void> {
  const bank = await findGameBank(desk.db, id);
  if (bank?.state !== "CLOSING") return;
  const underWay = await findOpenTransfer(desk.db, id);
  if (underWay !== undefined) return comeBack(desk, bank, "A transfer is still under way.");
  const [newest] = await listBankTransfers(desk.db, { sessionId: id, limit: 1 });
  const isEmpty = newest?.everything === true && newest.state === "DONE" && newest.balanceAfter === 0n;
  if (!isEmpty && !(await sweep(desk, bank))) return;
  await end(desk, bank);
}

/** True where the provider said that nothing is left. */
async function sweep(desk: BankDesk, bank: GameBankRecord): Promise<boolean> {
  const earlier = await listBankTransfers(desk.db, { sessionId: bank.id, limit: 1 });
  // Named by what came before it, so that two engines that sweep at once make one transfer.
  const requestId = `sweep:${formatId("gameBank", bank.id)}:${earlier[0]?.id.toString() ?? "0"}`;
  const swept = await transferOut(desk, bank, {
    requestKey: requestKey("game-bank", requestId),
    requestId,
    bodyHash: hash64(requestId),
    traceId: randomBytes(16).toString("hex"),
    actor: workerActor,
    amount: null,
  });
  if (!swept.ok) {
    await comeBack(desk, bank, swept.error.detail ?? swept.error.code);
    return false;
  }
  const { state, balanceAfter, failure } = swept.value;
  if (state === "DONE" && balanceAfter === 0n) return true;
  const refusal = failure?.message ?? "Something was left after the sweep.";
  await comeBack(desk, bank, isTransferOver(state) ? refusal : "What was swept is not known yet.");
  return false;
}

async function end(desk: BankDesk, bank: GameBankRecord): Promise<void> {
  const integration = desk.integrations.byCode(bank.provider);
  if (integration === undefined) return comeBack(desk, bank, "The provider is not set up here.");
  const said = await closeAtBank(integration, desk.clock.now(), formatId("gameBank", bank.id), bank.currency);
  if (said.kind === "unanswered") return comeBack(desk, bank, said.why);
  if (said.value.status === "REFUSED") return comeBack(desk, bank, said.value.message);
  if (said.value.balance > 0n) {
    // A win came in after the sweep.
    await sweep(desk, bank);
    return;
  }
  await moveGameBank(desk.db, bank, "end");
}

async function comeBack({ db, clock, integrations }: BankDesk, bank: GameBankRecord, said: string): Promise<void> {
  const policy = integrations.byCode(bank.provider)?.policy.gameBank;
  const waitMs = askAgainMs(bank.worked, policy ?? { ...defaultGameBank, url: "" });
  await setBankWork(db, bank.id, new Date(clock.now() + waitMs), said);
}
