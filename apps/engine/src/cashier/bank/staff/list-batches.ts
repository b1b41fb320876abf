/** Files of payouts for banks, and what stands in each. */
import {
  type BatchWithCounts,
  findBatch,
  listBatches,
  listBatchItems,
  listBatchSends,
  listPayoutStates,
} from "@pitboss/db/cashier/payout-batch-store";
import type { BatchItemState } from "@pitboss/db/cashier/payout-batch-items.schema";
import { type BatchState, batchStates } from "@pitboss/domain/cashier/bank/batch-machine";
import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../../edge/trpc/page.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";
import { sayReason } from "../say-reason.ts";

export interface PayoutBatchRow {
  readonly batchId: string;
  readonly bank: string;
  readonly messageId: string;
  readonly state: BatchState;
  readonly currency: Currency;
  /** How many payments it holds and what they add up to; null until it is built. */
  readonly count: number | null;
  readonly controlSum: string | null;
  readonly pending: number;
  readonly paid: number;
  readonly failed: number;
  readonly createdAt: string;
  readonly sentAt: string | null;
}

export const listPayoutBatches = procedure("payout.read")
  .input(
    z.object({
      ...pageInput,
      bank: z.string().max(40).nullish(),
      state: z.enum(batchStates as [BatchState, ...BatchState[]]).nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<PayoutBatchRow>> => {
    const rows = await listBatches(ctx.deps.db, {
      bank: input.bank ?? undefined,
      state: input.state ?? undefined,
      before: readCursor("payoutBatch", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentBatch, ({ id }) => formatId("payoutBatch", id));
  });

export interface PayoutBatchDetail extends PayoutBatchRow {
  /** Hex SHA-256 of the file as it is sent. */
  readonly fileHash: string | null;
  /** What the bank said of the file as a whole. */
  readonly said: string | null;
  readonly sends: readonly {
    readonly number: number;
    readonly begunAt: string;
    readonly endedAt: string | null;
    readonly outcome: string | null;
    readonly said: string | null;
  }[];
  readonly items: readonly {
    readonly number: number;
    /** One of both: a payout, or a transfer that is sent back. */
    readonly payoutId: string | null;
    readonly creditId: string | null;
    readonly amount: string;
    readonly state: BatchItemState;
    readonly payoutState: PayoutState | null;
    readonly playerId: string | null;
    readonly nickname: string | null;
    readonly status: string | null;
    readonly reason: string | null;
    readonly reasonText: string | null;
    readonly bankReference: string | null;
  }[];
}

export const showPayoutBatch = procedure("payout.read")
  .input(z.object({ batchId: idInput("payoutBatch") }))
  .query(async ({ ctx, input }): Promise<PayoutBatchDetail> => {
    const { db } = ctx.deps;
    const batch = (await findBatch(db, input.batchId)) ?? throwFailure({ code: "PAYOUT_BATCH_NOT_FOUND" });
    const [sends, items, payouts] = [
      await listBatchSends(db, batch.id),
      await listBatchItems(db, batch.id),
      await listPayoutStates(db, batch.id),
    ];
    const currency = currencyOfNumber(batch.currency);
    const count = (...states: BatchItemState[]): number => items.filter(({ state }) => states.includes(state)).length;
    return {
      ...presentBatch({
        ...batch,
        pending: count("GATHERED", "SENT", "PENDING"),
        paid: count("PAID"),
        failed: count("FAILED"),
      }),
      fileHash: batch.fileHash?.toString("hex") ?? null,
      said: batch.said,
      sends: sends.map(({ number, begunAt, endedAt, outcome, said }) => ({
        number,
        begunAt: begunAt.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
        outcome,
        said,
      })),
      items: items.map(({ number, payoutId, creditId, amount, state, status, reason, bankReference }) => {
        const payout = payoutId === null ? undefined : payouts.get(payoutId);
        return {
          number,
          payoutId: payoutId === null ? null : formatId("payout", payoutId),
          creditId: creditId === null ? null : formatId("bankCredit", creditId),
          amount: formatMinor(amount, currency),
          state,
          payoutState: payout?.state ?? null,
          playerId: payout === undefined ? null : formatId("player", payout.playerId),
          nickname: payout?.nickname ?? null,
          status,
          reason,
          reasonText: reason === null ? null : sayReason(reason),
          bankReference,
        };
      }),
    };
  });

function presentBatch(batch: BatchWithCounts): PayoutBatchRow {
  const { id, bank, messageId, state, count, controlSum, pending, paid, failed, createdAt, firstSentAt } = batch;
  const currency = currencyOfNumber(batch.currency);
  return {
    batchId: formatId("payoutBatch", id),
    bank,
    messageId,
    state,
    currency,
    count,
    controlSum: controlSum === null ? null : formatMinor(controlSum, currency),
    pending,
    paid,
    failed,
    createdAt: createdAt.toISOString(),
    sentAt: firstSentAt?.toISOString() ?? null,
  };
}
