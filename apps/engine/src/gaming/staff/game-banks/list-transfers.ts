/** Transfers to and from game banks as staff see them, and the banks that are open. */
import {
  type BankTransferRecord,
  findBankTransfer,
  listBankSteps,
  listBankTransfers,
} from "@pitboss/db/gaming/bank-transfer-store";
import { findProviderId } from "@pitboss/db/gaming/provider-store";
import { type GameBankRecord, listLiveBanks } from "@pitboss/db/gaming/game-bank-store";
import { type BankTransferState, bankTransferStates } from "@pitboss/domain/gaming/game-bank/bank-machines";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { formatTrace } from "../../../edge/problem.ts";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";

export interface BankTransferRow {
  readonly transferId: string;
  readonly gameBankId: string;
  readonly provider: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly direction: "IN" | "OUT";
  readonly state: BankTransferState;
  /** Null where everything was asked for and how much is not known yet. */
  readonly amount: string | null;
  readonly currency: Currency;
  readonly everything: boolean;
  readonly sends: number;
  readonly requestedAt: string;
  readonly lastSentAt: string | null;
  /** When the provider is asked next. */
  readonly askedNextAt: string | null;
  readonly failure: string | null;
}

export interface GameBankRow {
  readonly gameBankId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly state: GameBankRecord["state"];
  readonly balance: string;
  readonly currency: Currency;
  readonly usedAt: string;
  readonly said: string | null;
}

const input = z.object({
  provider: z.string().min(1).max(80).nullish(),
  playerId: idInput("player").nullish(),
  states: z.array(z.enum(bankTransferStates)).max(5).nullish(),
  cursor: z.string().max(40).nullish(),
  limit: z.int().min(1).max(200).default(50),
});

/** Newest first. */
export const listTransfers = procedure("provider.read")
  .input(input)
  .query(async ({ ctx, input: { provider, playerId, states, cursor, limit } }) => {
    const { db } = ctx.deps;
    const before = cursor == null ? undefined : parseId("bankTransfer", cursor);
    if (cursor != null && before === undefined) throwFailure({ code: "CURSOR_INVALID" });
    const providerId = provider == null ? undefined : await findProviderId(db, provider);
    if (provider != null && providerId === undefined) throwFailure({ code: "PROVIDER_NOT_FOUND" });
    const found = await listBankTransfers(db, {
      limit: limit + 1,
      ...(providerId === undefined ? {} : { providerId }),
      ...(playerId == null ? {} : { playerId }),
      ...(states == null || states.length === 0 ? {} : { states }),
      ...(before === undefined ? {} : { before }),
    });
    const rows = found.slice(0, limit).map(presentTransferRow);
    const next = found.length > limit ? (rows.at(-1)?.transferId ?? null) : null;
    return { rows, next };
  });

/** The banks of a provider that are open or being closed, the longest unused first. */
export const listBanks = procedure("provider.read")
  .input(z.object({ provider: z.string().min(1).max(80), limit: z.int().min(1).max(200).default(50) }))
  .query(async ({ ctx, input: { provider, limit } }): Promise<{ readonly rows: readonly GameBankRow[] }> => {
    const { db } = ctx.deps;
    const providerId = (await findProviderId(db, provider)) ?? throwFailure({ code: "PROVIDER_NOT_FOUND" });
    return { rows: (await listLiveBanks(db, { providerId, limit })).map(presentBankRow) };
  });

/** One transfer with every step that it took. */
export const showTransfer = procedure("provider.read")
  .input(z.object({ transferId: idInput("bankTransfer") }))
  .query(async ({ ctx, input: { transferId } }) => {
    const { db } = ctx.deps;
    const transfer = (await findBankTransfer(db, transferId)) ?? throwFailure({ code: "BANK_TRANSFER_NOT_FOUND" });
    const { balanceAfter, currency, requestId, traceId, actor } = transfer;
    const steps = await listBankSteps(db, transferId);
    return {
      ...presentTransferRow(transfer),
      balanceAfter: balanceAfter === null ? null : formatMinor(balanceAfter, currency),
      requestId,
      traceId: formatTrace(traceId),
      actor,
      steps: steps.map(({ at, ...step }) => ({ ...step, at: at.toISOString() })),
    };
  });

function presentTransferRow(transfer: BankTransferRecord): BankTransferRow {
  const { id, sessionId, playerId, provider, nickname, direction, state, amount, currency, failure } = transfer;
  return {
    transferId: formatId("bankTransfer", id),
    gameBankId: formatId("gameBank", sessionId),
    provider,
    playerId: formatId("player", playerId),
    nickname,
    direction,
    state,
    amount: amount === null ? null : formatMinor(amount, currency),
    currency,
    everything: transfer.everything,
    sends: transfer.sends,
    requestedAt: transfer.createdAt.toISOString(),
    lastSentAt: transfer.lastSentAt?.toISOString() ?? null,
    askedNextAt: transfer.workAt?.toISOString() ?? null,
    failure: failure === null ? null : `${failure.code}: ${failure.message}`,
  };
}

function presentBankRow(bank: GameBankRecord): GameBankRow {
  const { id, playerId, nickname, state, balance, currency, usedAt, said } = bank;
  return {
    gameBankId: formatId("gameBank", id),
    playerId: formatId("player", playerId),
    nickname,
    state,
    balance: formatMinor(balance, currency),
    currency,
    usedAt: usedAt.toISOString(),
    said,
  };
}
