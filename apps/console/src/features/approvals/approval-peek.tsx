"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ApprovalContent } from "#features/approvals/approval-content.tsx";
import { ApprovalDecision } from "#features/approvals/approval-decision.tsx";
import { ApprovalHistory } from "#features/approvals/approval-history.tsx";
import { ApprovalStatus } from "#features/approvals/approval-status.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function ApprovalPeek({ approvalId }: { approvalId: string }) {
  const t = useTranslations("approvals.detail");
  const approval = useQuery(read("approval.show", { approvalId }));
  const { data } = approval;
  if (data === undefined) {
    return approval.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(approval.error)} onRetry={() => void approval.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <div>
        <h2 className="font-semibold">{data.summary}</h2>
        <ApprovalStatus status={data.status} />
      </div>
      <ApprovalDecision approval={data} />
      <Section title={t("what")}>
        <ApprovalContent approval={data} />
      </Section>
      <Section title={t("history")}>
        <ApprovalHistory approval={data} />
      </Section>
    </div>
  );
}
