"use client";

import { useTranslations } from "use-intl";
import { ApprovalStatus } from "#features/approvals/approval-status.tsx";
import type { PayoutDetail } from "#features/payouts/payout-facts.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Time } from "#ui/time.tsx";

/** Who said yes or no to what: the first yes proposes, the others decide. */
export function PayoutApprovals({ approvals }: Pick<PayoutDetail, "approvals">) {
  const t = useTranslations("payouts.approvals");
  if (approvals.length === 0) return <p className="text-ink-muted">{t("none")}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {approvals.map(({ approvalId, status, proposedBy, proposedAt, decisions, contentHash }) => (
        <li key={approvalId} className="flex flex-col gap-1">
          <span className="flex flex-wrap items-center gap-x-3">
            <IdChip id={approvalId} href={`/approvals/${approvalId}`} />
            <ApprovalStatus status={status} />
            <span className="font-mono text-xs text-ink-muted">{contentHash.slice(0, 16)}…</span>
          </span>
          <span className="text-sm">
            {t("first", { name: proposedBy.name })} <Time at={proposedAt} className="text-xs text-ink-muted" />
          </span>
          {decisions.map(({ by, decision, at, reason }) => (
            <span key={by.staffId} className="text-sm">
              {t(decision, { name: by.name })} <Time at={at} className="text-xs text-ink-muted" />
              {reason !== null && <span className="block text-xs text-ink-muted">{reason}</span>}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
