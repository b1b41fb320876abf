import { listBankCredits as listRecords } from "@pitboss/db/cashier/bank-credit-store";
import { type CreditState, creditStates } from "@pitboss/domain/cashier/bank/credit-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../../edge/trpc/page.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";
import { type BankCreditRow, presentCredit } from "./present-credit.ts";

/** What came to the house's accounts, newest first. */
export const listBankCredits = procedure("payment.read")
  .input(
    z.object({
      ...pageInput,
      state: z.enum(creditStates as [CreditState, ...CreditState[]]).nullish(),
      why: z.string().max(60).nullish(),
      bank: z.string().max(40).nullish(),
      playerId: idInput("player").nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<BankCreditRow>> => {
    const rows = await listRecords(ctx.deps.db, {
      states: input.state == null ? undefined : [input.state],
      why: input.why ?? undefined,
      bank: input.bank ?? undefined,
      playerId: input.playerId ?? undefined,
      before: readCursor("bankCredit", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentCredit, ({ id }) => formatId("bankCredit", id));
  });
