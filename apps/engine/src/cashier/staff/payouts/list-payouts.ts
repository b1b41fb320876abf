import {
  countPayoutQueue,
  listPayoutQueue,
  listPayouts as listRecords,
  type QueueCounts,
} from "@pitboss/db/cashier/list-payouts";
import { payoutStates, type PayoutState } from "@pitboss/domain/cashier/payout-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { orThrow, throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { type Page, pageInput, readCursor } from "../../../edge/trpc/page.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";
import { type PayoutRow, presentPayoutRows } from "./present-payout-row.ts";

export interface PayoutQueuePage extends Page<PayoutRow> {
  readonly counts: QueueCounts;
}

/** What waits for people: first what is due first, of those the riskiest. */
export const showPayoutQueue = procedure("payout.read")
  .input(
    z.object({
      cursor: z
        .string()
        .regex(/^[0-9]{1,6}$/)
        .nullish(),
      limit: z.int().min(1).max(200).default(50),
      snoozed: z.boolean().default(false),
    }),
  )
  .query(async ({ ctx, input }): Promise<PayoutQueuePage> => {
    const { deps } = ctx;
    const now = new Date(deps.clock.now());
    const offset = Number(input.cursor ?? 0);
    const rows = await listPayoutQueue(deps.db, { snoozed: input.snoozed, now, offset, limit: input.limit + 1 });
    return {
      rows: await presentPayoutRows(deps, rows.slice(0, input.limit)),
      next: rows.length > input.limit ? String(offset + input.limit) : null,
      counts: await countPayoutQueue(deps.db, now),
    };
  });

/** All payouts, newest first. */
export const listPayouts = procedure("payout.read")
  .input(
    z.object({
      ...pageInput,
      playerId: idInput("player").nullish(),
      state: z.enum(payoutStates as [PayoutState, ...PayoutState[]]).nullish(),
      psp: z.string().max(40).nullish(),
      currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]).nullish(),
      minAmount: z.string().max(40).nullish(),
      /** Only those that are where they are for longer than they may. */
      late: z.boolean().nullish(),
      from: z.iso.datetime().nullish(),
      to: z.iso.datetime().nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<PayoutRow>> => {
    const { deps } = ctx;
    const { currency, minAmount } = input;
    if (minAmount != null && currency == null) {
      throwFailure({
        code: "REQUEST_INVALID",
        detail: "A smallest amount needs a currency.",
        data: { fields: ["currency"] },
      });
    }
    const rows = await listRecords(deps.db, {
      playerId: input.playerId ?? undefined,
      states: input.state == null ? undefined : [input.state],
      psp: input.psp ?? undefined,
      currency: currency ?? undefined,
      minAmount: minAmount == null || currency == null ? undefined : orThrow(parseAmount(minAmount, currency)),
      lateAt: input.late === true ? new Date(deps.clock.now()) : undefined,
      from: input.from ?? undefined,
      to: input.to ?? undefined,
      before: readCursor("payout", input.cursor),
      limit: input.limit + 1,
    });
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      rows: await presentPayoutRows(deps, page),
      next: rows.length > input.limit && last !== undefined ? formatId("payout", last.id) : null,
    };
  });
