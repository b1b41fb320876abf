import { checkTransactions, checkWallets, type LedgerFault } from "@pitboss/db/wallet/check-ledger";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";

export interface VerifiedSlice {
  readonly checked: number;
  /** Where to go on; null where the ledger ends. */
  readonly next: string | null;
  readonly faults: readonly { readonly kind: LedgerFault["kind"]; readonly id: string; readonly detail: string }[];
}

/** Rows of one slice: a second's work or so, however large the ledger is. */
const sizes = { transactions: 10_000, wallets: 200 } as const;
const kinds = { transactions: "transaction", wallets: "wallet" } as const;

/** Checks the next slice of the ledger from its rows alone. Whoever asks goes on with `next` until it is null. */
export const verifyLedger = procedure("ledger.read")
  .input(z.object({ part: z.enum(["transactions", "wallets"]), after: z.string().max(20).nullish() }))
  .query(async ({ ctx, input }): Promise<VerifiedSlice> => {
    const { part } = input;
    const kind = kinds[part];
    const after = input.after == null ? 0n : (parseId(kind, input.after) ?? throwFailure({ code: "CURSOR_INVALID" }));
    const check = part === "transactions" ? checkTransactions : checkWallets;
    const { checked, upTo, faults } = await check(ctx.deps.db, after, sizes[part]);
    return {
      checked,
      next: checked < sizes[part] || upTo === null ? null : formatId(kind, upTo),
      faults: faults.map((fault) => ({ ...fault, id: formatId(kind, fault.id) })),
    };
  });
