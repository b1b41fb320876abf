import {
  findProposalOf,
  findStatement,
  listStatements as listRecords,
  listVersions,
  type StatementRecord,
} from "@pitboss/db/reporting/affiliate-statement-store";
import { findPayment, releasePayment as releaseRecord } from "@pitboss/db/reporting/affiliate-payment-store";
import { affiliatePayeeContent } from "@pitboss/domain/identity/approval-content";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { type StatementState, statementStates } from "@pitboss/domain/reporting/affiliates/statement";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import { answered } from "../store/answered.ts";
import { makeStatement } from "./make-statement.ts";
import { payeeHandler } from "./payee-handler.ts";
import { type AffiliateDetail, readAffiliate } from "./list-affiliates.ts";
import { statementHandler } from "./statement-handler.ts";

const monthInput = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);

export interface StatementRow {
  readonly statementId: string;
  readonly affiliateId: string;
  readonly affiliate: string;
  readonly month: string;
  readonly version: number;
  readonly state: StatementState;
  readonly currency: Currency;
  readonly total: string;
  readonly due: string;
  readonly madeAt: string;
  readonly reason: string;
  readonly approvedAt: string | null;
}

/** Newest first. */
export const listStatements = procedure("affiliate.read")
  .input(
    z.object({
      ...pageInput,
      affiliateId: idInput("affiliate").nullish(),
      month: monthInput.nullish(),
      state: z.enum(statementStates as [StatementState, ...StatementState[]]).nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<StatementRow>> => {
    const rows = await listRecords(ctx.deps.db, {
      affiliateId: input.affiliateId ?? undefined,
      month: input.month ?? undefined,
      state: input.state ?? undefined,
      before: readCursor("affiliateStatement", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentStatement, ({ id }) => formatId("affiliateStatement", id));
  });

export interface StatementDetail extends StatementRow {
  /** The statement whole: its plan, figures, share, and the players who qualified. */
  readonly body: JsonObject;
  /** Hex SHA-256 of it with its version and what is due; an approval is bound to this. */
  readonly hash: string;
  readonly transactionId: string | null;
  /** The newest proposal to approve it. */
  readonly approvalId: string | null;
  /** Every version of the month, newest first. */
  readonly versions: readonly StatementRow[];
}

export const showStatement = procedure("affiliate.read")
  .input(z.object({ statementId: idInput("affiliateStatement") }))
  .query(async ({ ctx, input }): Promise<StatementDetail> => {
    const { db } = ctx.deps;
    const found = (await findStatement(db, input.statementId)) ?? throwFailure({ code: "STATEMENT_NOT_FOUND" });
    return detailOf(ctx.deps.db, found);
  });

async function detailOf(db: Parameters<typeof findStatement>[0], found: StatementRecord): Promise<StatementDetail> {
  const row = presentStatement(found);
  const proposal = await findProposalOf(db, row.affiliateId, row.statementId);
  return {
    ...row,
    body: found.body,
    hash: found.hash,
    transactionId: found.transactionId === null ? null : formatId("transaction", found.transactionId),
    approvalId: proposal === undefined ? null : formatId("approval", proposal),
    versions: (await listVersions(db, found.affiliateId, found.month)).map(presentStatement),
  };
}

/** Makes a month's statement now, or anew; one that says the same as the last version leaves that standing. */
export const makeStatementNow = staffProcedure("affiliate.propose")
  .input(z.object({ affiliateId: idInput("affiliate"), month: monthInput, reason: reasonInput }))
  .mutation(
    ({ ctx, input }): Promise<StatementDetail> =>
      answered(
        makeStatement(ctx.deps, input.affiliateId, input.month, ctx.acting, input.reason).then((made) =>
          detailOf(ctx.deps.db, orThrow(made)),
        ),
      ),
  );

export const proposeStatement = staffProcedure("affiliate.propose")
  .input(z.object({ statementId: idInput("affiliateStatement"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const described = orThrow(await statementHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "affiliate.statement", described, input.reason);
  });

export const proposePayee = staffProcedure("affiliate.propose")
  .input(
    z.object({
      affiliateId: idInput("affiliate"),
      psp: affiliatePayeeContent.shape.psp,
      token: affiliatePayeeContent.shape.token,
      label: affiliatePayeeContent.shape.label,
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const described = orThrow(await payeeHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "affiliate.payee", described, input.reason);
  });

/** What came back is sent anew to the same payee; with another payee it is by itself. */
export const releasePayment = staffProcedure("affiliate.propose")
  .input(z.object({ paymentId: idInput("affiliatePayment"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<AffiliateDetail> => {
    const { paymentId, reason } = input;
    const payment =
      (await findPayment(ctx.deps.db, paymentId)) ?? throwFailure({ code: "AFFILIATE_PAYMENT_NOT_FOUND" });
    orThrow(
      await withAudit(ctx.deps.db, ctx.acting, async (tx, note) => {
        if (!(await releaseRecord(tx, paymentId))) return err("NOTHING_CHANGES");
        note({
          action: "affiliate.release-payment",
          subject: { kind: "affiliate", id: formatId("affiliate", payment.affiliateId) },
          reason,
          after: { paymentId: formatId("affiliatePayment", paymentId) },
        });
        return ok(true);
      }),
    );
    return readAffiliate(ctx.deps, payment.affiliateId);
  });

function presentStatement(record: StatementRecord): StatementRow {
  const { currency } = record;
  return {
    statementId: formatId("affiliateStatement", record.id),
    affiliateId: formatId("affiliate", record.affiliateId),
    affiliate: record.affiliate,
    month: record.month,
    version: record.version,
    state: record.state,
    currency,
    total: formatMinor(record.total, currency),
    due: formatMinor(record.due, currency),
    madeAt: record.madeAt.toISOString(),
    reason: record.reason,
    approvedAt: record.approvedAt?.toISOString() ?? null,
  };
}
