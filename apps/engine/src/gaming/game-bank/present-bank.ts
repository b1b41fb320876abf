/** Game banks and their transfers as the public API shows them. */
import type { BankTransferRecord } from "@pitboss/db/gaming/bank-transfer-store";
import type { GameBankRecord } from "@pitboss/db/gaming/game-bank-store";
import type { bankTransferAnswer, gameBanksAnswer } from "@pitboss/domain/gaming/game-bank/bank-contract";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { z } from "zod";

export function presentTransfer(transfer: BankTransferRecord): z.infer<typeof bankTransferAnswer> {
  const { id, direction, state, amount, currency, everything, createdAt, failure } = transfer;
  return {
    transferId: formatId("bankTransfer", id),
    direction,
    state,
    amount: amount === null ? null : formatMinor(amount, currency),
    currency,
    everything,
    requestedAt: createdAt.toISOString(),
    failure: failure,
  };
}

export function presentBank(bank: GameBankRecord): z.infer<typeof gameBanksAnswer>["gameBanks"][number] {
  const { id, provider, game, currency, state, balance, createdAt, usedAt, closeReason } = bank;
  return {
    gameBankId: formatId("gameBank", id),
    provider,
    gameId: game,
    currency,
    state,
    balance: formatMinor(balance, currency),
    openedAt: createdAt.toISOString(),
    usedAt: usedAt.toISOString(),
    closeReason,
  };
}
