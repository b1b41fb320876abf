import {
  type ChargebackRecord,
  findChargeback,
  listChargebacks as listRecords,
  listChargebackSteps,
  listEvidence,
} from "@pitboss/db/cashier/chargeback-store";
import { type ChargebackState, chargebackStates } from "@pitboss/domain/cashier/chargeback";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";

export interface ChargebackRow {
  readonly chargebackId: string;
  readonly depositId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly psp: string;
  readonly reference: string;
  readonly state: ChargebackState;
  readonly currency: Currency;
  readonly amount: string;
  /** What the player's cash did not cover. */
  readonly lost: string;
  readonly reasonCode: string;
  readonly reason: string;
  readonly openedAt: string;
  /** Until when the provider takes evidence; null where it names no day. */
  readonly dueAt: string | null;
  readonly closedAt: string | null;
}

/** Newest first. */
export const listChargebacks = procedure("chargeback.read")
  .input(
    z.object({
      ...pageInput,
      state: z.enum(chargebackStates as [ChargebackState, ...ChargebackState[]]).nullish(),
      psp: z.string().max(40).nullish(),
      playerId: idInput("player").nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<ChargebackRow>> => {
    const rows = await listRecords(ctx.deps.db, {
      states: input.state == null ? undefined : [input.state],
      psp: input.psp ?? undefined,
      playerId: input.playerId ?? undefined,
      before: readCursor("chargeback", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentChargeback, ({ id }) => formatId("chargeback", id));
  });

export interface ChargebackDetail extends ChargebackRow {
  readonly transactionId: string;
  readonly reversalId: string | null;
  readonly steps: readonly {
    readonly number: number;
    readonly at: string;
    readonly to: ChargebackState;
    readonly actor: string;
    readonly note: string | null;
    readonly webhookId: string | null;
  }[];
  readonly evidence: readonly {
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly by: string;
    readonly at: string;
  }[];
}

export const showChargeback = procedure("chargeback.read")
  .input(z.object({ chargebackId: idInput("chargeback") }))
  .query(async ({ ctx, input }): Promise<ChargebackDetail> => {
    const { db } = ctx.deps;
    const found = (await findChargeback(db, input.chargebackId)) ?? throwFailure({ code: "CHARGEBACK_NOT_FOUND" });
    const steps = await listChargebackSteps(db, found.id);
    const evidence = await listEvidence(db, found.id);
    return {
      ...presentChargeback(found),
      transactionId: formatId("transaction", found.transactionId),
      reversalId: found.reversalId === null ? null : formatId("transaction", found.reversalId),
      steps: steps.map((step) => ({
        ...step,
        at: step.at.toISOString(),
        webhookId: step.webhookId === null ? null : formatId("webhook", step.webhookId),
      })),
      evidence: evidence.map(({ name, mediaType, bytes, sha256, addedBy, addedAt }) => ({
        name,
        mediaType,
        bytes,
        sha256,
        by: addedBy,
        at: addedAt.toISOString(),
      })),
    };
  });

function presentChargeback(record: ChargebackRecord): ChargebackRow {
  const { currency } = record;
  return {
    chargebackId: formatId("chargeback", record.id),
    depositId: formatId("deposit", record.depositId),
    playerId: formatId("player", record.playerId),
    nickname: record.nickname,
    psp: record.psp,
    reference: record.reference,
    state: record.state,
    currency,
    amount: formatMinor(record.amount, currency),
    lost: formatMinor(record.lost, currency),
    reasonCode: record.reasonCode,
    reason: record.reason,
    openedAt: record.openedAt.toISOString(),
    dueAt: record.dueAt?.toISOString() ?? null,
    closedAt: record.closedAt?.toISOString() ?? null,
  };
}
