import { checkHolds } from "@pitboss/db/wallet/check-holds";
import { checkTransactions, checkWallets, type LedgerFault } from "@pitboss/db/wallet/check-ledger";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { verifySeals } from "../verify-seals.ts";

export interface VerifiedSlice {
  readonly checked: number;
  /** Where to go on; null where the ledger ends. */
  readonly next: string | null;
  readonly faults: readonly { readonly kind: LedgerFault["kind"]; readonly id: string; readonly detail: string }[];
}

/** Rows of one slice: a second's work or so, however large the ledger is. */
const sizes = { transactions: 10_000, wallets: 200, holds: 200 } as const;
const kinds = { transactions: "transaction", wallets: "wallet", holds: "wallet" } as const;
const checks = { transactions: checkTransactions, wallets: checkWallets, holds: checkHolds } as const;

/** Checks the next slice of the ledger from its rows alone. Whoever asks goes on with `next` until it is null. */
export const verifyLedger = procedure("ledger.read")
  .input(z.object({ part: z.enum(["transactions", "wallets", "holds"]), after: z.string().max(20).nullish() }))
  .query(async ({ ctx, input }): Promise<VerifiedSlice> => {
    const { part } = input;
    const kind = kinds[part];
    const after = input.after == null ? 0n : (parseId(kind, input.after) ?? throwFailure({ code: "CURSOR_INVALID" }));
    const { checked, upTo, faults } = await checks[part](ctx.deps.db, after, sizes[part]);
    return {
      checked,
      next: checked < sizes[part] || upTo === null ? null : formatId(kind, upTo),
      faults: faults.map((fault) => ({ ...fault, id: formatId(kind, fault.id) })),
    };
  });

export interface VerifiedSeals {
  readonly seals: number;
  readonly transactions: number;
  /** The number of the last seal that was looked at: go on after it. */
  readonly upTo: string;
  readonly done: boolean;
  readonly broken: { readonly number: string; readonly step: string } | null;
}

/** Checks the next seals: the chain and the signatures, and each tree against all rows that the ledger has now. */
export const verifySealed = procedure("ledger.read")
  .input(
    z.object({
      after: z
        .string()
        .regex(/^(0|[1-9][0-9]{0,18})$/)
        .nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<VerifiedSeals> => {
    const { db, ledger } = ctx.deps;
    const { upTo, broken, ...counts } = await verifySeals({ db, session: ledger }, BigInt(input.after ?? 0));
    return { ...counts, upTo: upTo.toString(), broken: broken ?? null };
  });
