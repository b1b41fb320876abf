/** A statement that two people approve: the house then owes what is due, by a posting in the same transaction. */
import {
  approveStatementStatement,
  findStatement,
  hasEarlierOpen,
} from "@pitboss/db/reporting/affiliate-statement-store";
import type { AffiliateStatementContent } from "@pitboss/domain/identity/approval-content";
import { canonicalJson } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { randomUUID } from "node:crypto";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

export const statementHandler: KindHandler<
  AffiliateStatementContent,
  { readonly statementId: bigint; readonly reason: string }
> = {
  async describe({ db }, { statementId, reason }) {
    const found = await findStatement(db, statementId);
    if (found === undefined) return err("STATEMENT_NOT_FOUND");
    if (found.state !== "OPEN") return err("STATEMENT_NOT_OPEN");
    if (await hasEarlierOpen(db, found.affiliateId, found.month)) return err("STATEMENT_OUT_OF_ORDER");
    const { currency, affiliate, month, version } = found;
    const due = formatMinor(found.due, currency);
    const content: AffiliateStatementContent = {
      statementId: formatId("affiliateStatement", statementId),
      affiliateId: formatId("affiliate", found.affiliateId),
      affiliate,
      month,
      version,
      currency,
      total: formatMinor(found.total, currency),
      due,
      hash: found.hash,
      reason,
    };
    return ok({
      content,
      summary: `${month} of ${affiliate}, version ${version}: ${due} ${currency}`,
      subject: { kind: "affiliate", id: content.affiliateId },
      sums: [{ amount: found.due < 0n ? -found.due : found.due, currency }],
    });
  },
  apply: {
    where: "door",
    envelope(content, approval) {
      const statementId = parseId("affiliateStatement", content.statementId);
      const taken = content.due.startsWith("-");
      const due = parseAmount(taken ? content.due.slice(1) : content.due, content.currency);
      if (statementId === undefined) return err("ID_INVALID");
      if (!due.ok) return due;
      const approvalId = formatId("approval", approval.id);
      // A refusal stands for its request id for ever, and a proposal may be tried again: each try has an id of its own.
      const requestId = `approval:${approvalId}:${randomUUID()}`;
      const key = requestKey("approvals", requestId);
      const [cost, owed] = [
        { kind: "AFFILIATE_COST", qualifier: "" } as const,
        { kind: "AFFILIATE_LIABILITY", qualifier: content.affiliateId } as const,
      ];
      return ok({
        requestId,
        command: {
          type: "post",
          playerId: 0n,
          requestKey: key,
          bodyHash: hash64(canonicalJson(approval.content)),
          post: {
            type: "AFFILIATE_COMMISSION",
            currency: content.currency,
            amount: due.value,
            ...(taken ? { from: owed, to: cost } : { from: cost, to: owed }),
            reference: statementId,
            details: {
              approvalId,
              statementId: content.statementId,
              affiliateId: content.affiliateId,
              month: content.month,
            },
          },
        },
        // Refused by the database where the statement is another one by now, or a player of it was paid for elsewhere.
        alongside: [
          {
            statement: approveStatementStatement,
            values: [statementId.toString(), content.hash, key, `approval:${approvalId}`],
          },
        ],
      });
    },
  },
};
