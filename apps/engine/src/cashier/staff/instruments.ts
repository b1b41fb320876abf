/** What players pay with and are paid to, for staff: whose it is, and whether it is verified. */
import {
  findInstrument,
  type InstrumentRecord,
  insertVerdict,
  listInstruments as listRecords,
} from "@pitboss/db/cashier/instrument-store";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { expiryOf } from "../instruments/expiry-of.ts";

export interface InstrumentRow {
  readonly instrumentId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly psp: string;
  readonly brand: string;
  readonly last4: string;
  readonly method: PaymentMethod;
  /** Of a card alone. */
  readonly expires: string | null;
  readonly country: string | null;
  readonly fingerprint: string;
  readonly since: string;
  /** Whether a payout may go to it. */
  readonly verified: boolean;
  /** How many other players brought the same one. */
  readonly otherOwners: number;
  readonly loop: readonly {
    readonly currency: Currency;
    readonly deposited: string;
    readonly paidOut: string;
    /** What goes back to it before anything goes elsewhere. */
    readonly room: string;
  }[];
}

export const listInstruments = procedure("payout.read")
  .input(
    z.object({
      ...pageInput,
      playerId: idInput("player").nullish(),
      fingerprint: z.string().max(255).nullish(),
      shared: z.boolean().nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<InstrumentRow>> => {
    const rows = await listRecords(ctx.deps.db, {
      playerId: input.playerId ?? undefined,
      fingerprint: input.fingerprint ?? undefined,
      shared: input.shared ?? undefined,
      before: readCursor("instrument", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentInstrument, ({ id }) => formatId("instrument", id));
  });

/** Says that it is the player's, as their papers show, or takes that back. */
export const verifyInstrument = staffProcedure("instrument.verify")
  .input(z.object({ instrumentId: idInput("instrument"), verified: z.boolean(), reason: reasonInput }))
  .mutation(async ({ ctx, input }) => {
    const { deps, acting, staff } = ctx;
    const { instrumentId: id, verified, reason } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const found = await findInstrument(tx, id);
        if (found === undefined) return err("INSTRUMENT_NOT_FOUND");
        if (found.verified === verified) return err("NOTHING_CHANGES");
        await insertVerdict(tx, { instrumentId: id, verified, staffId: staff.staffId, reason });
        const instrumentId = formatId("instrument", id);
        note({
          action: verified ? "instrument.verify" : "instrument.distrust",
          subject: { kind: "instrument", id: instrumentId },
          reason,
          before: { verified: found.verified },
          after: { verified, playerId: formatId("player", found.playerId) },
        });
        return ok({ instrumentId, verified });
      }),
    );
  });

export function presentInstrument(record: InstrumentRecord): InstrumentRow {
  return {
    instrumentId: formatId("instrument", record.id),
    playerId: formatId("player", record.playerId),
    nickname: record.nickname,
    psp: record.psp,
    brand: record.brand,
    last4: record.last4,
    method: record.method,
    expires: expiryOf(record),
    country: record.country,
    fingerprint: record.fingerprint,
    since: record.createdAt.toISOString(),
    verified: record.verified,
    otherOwners: record.otherOwners,
    loop: record.loop.map(({ currency, deposited, paidOut }) => ({
      currency,
      deposited: formatMinor(deposited, currency),
      paidOut: formatMinor(paidOut, currency),
      room: formatMinor(deposited > paidOut ? deposited - paidOut : 0n, currency),
    })),
  };
}
