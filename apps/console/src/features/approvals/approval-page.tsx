"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ApprovalContent } from "#features/approvals/approval-content.tsx";
import { ApprovalDecision } from "#features/approvals/approval-decision.tsx";
import { ApprovalHistory } from "#features/approvals/approval-history.tsx";
import { ApprovalStatus } from "#features/approvals/approval-status.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { Timeline } from "#ui/timeline.tsx";

export function ApprovalPage({ approvalId }: { approvalId: string }) {
  const t = useTranslations("approvals.detail");
  const titles = useTranslations("approvals");
  const kinds = useTranslations("words.approvalKind");
  const approval = useQuery({ ...read("approval.show", { approvalId }), refetchInterval: 15_000 });
  const parent = { label: titles("title"), href: "/approvals" };
  const { data } = approval;
  if (approval.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={approvalId} parent={parent} />
        <FailureState failure={failureOf(approval.error)} onRetry={() => void approval.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? <Skeleton className="h-5 w-80 max-w-full" /> : data.summary}
          badge={data === undefined ? undefined : <ApprovalStatus status={data.status} />}
          summary={
            <span className="flex flex-wrap items-center gap-x-4">
              <IdChip id={approvalId} />
              {data?.means}
            </span>
          }
        />
      }
      rail={
        <>
          <Section title={t("decide")}>
            {data === undefined ? <Skeleton className="h-20 rounded-md" /> : <ApprovalDecision approval={data} />}
          </Section>
          <Section title={t("facts")}>
            {data === undefined ? (
              <Skeleton className="h-32 rounded-md" />
            ) : (
              <KeyValues
                items={[
                  { label: t("kind"), value: kinds(data.kind) },
                  { label: t("by"), value: data.proposedBy.name },
                  { label: t("at"), value: <Time at={data.proposedAt} precision="minute" /> },
                  {
                    label: t("approvals"),
                    value: t("of", {
                      given: data.decisions.filter(({ decision }) => decision === "APPROVED").length,
                      required: data.required,
                    }),
                  },
                  { label: t("expires"), value: <Time at={data.expiresAt} precision="minute" /> },
                ]}
              />
            )}
          </Section>
        </>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("what")}>
          {data === undefined ? <Skeleton className="h-40 rounded-md" /> : <ApprovalContent approval={data} />}
        </Section>
        <Section title={t("history")}>
          {data === undefined ? (
            <Timeline entries={undefined} empty={{ title: "" }} />
          ) : (
            <ApprovalHistory approval={data} />
          )}
        </Section>
      </div>
    </DetailPage>
  );
}
