"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CaseActions } from "#features/kyc/case-actions.tsx";
import { CaseDocuments } from "#features/kyc/case-documents.tsx";
import { CaseFacts, CaseFields } from "#features/kyc/case-facts.tsx";
import { CaseHistory } from "#features/kyc/case-history.tsx";
import { CaseState } from "#features/kyc/case-state.tsx";
import { CaseVendor } from "#features/kyc/case-vendor.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Timeline } from "#ui/timeline.tsx";

export function CasePage({ caseId }: { caseId: string }) {
  const t = useTranslations("kyc");
  const found = useQuery(read("kyc.show", { caseId }));
  const parent = { label: t("title"), href: "/kyc" };
  const { data } = found;
  if (found.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={caseId} parent={parent} />
        <FailureState failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={
            data === undefined ? (
              <Skeleton className="h-5 w-40" />
            ) : (
              `${data.nickname} · ${t("level", { level: data.level })}`
            )
          }
          badge={data === undefined ? undefined : <CaseState state={data.state} />}
          summary={<IdChip id={caseId} />}
          actions={data === undefined ? undefined : <CaseActions found={data} />}
        />
      }
      rail={
        <>
          <Section title={t("detail.facts")}>
            {data === undefined ? <Skeleton className="h-56 rounded-md" /> : <CaseFacts found={data} />}
          </Section>
          <Section title={t("detail.fields")}>
            {data === undefined ? <Skeleton className="h-40 rounded-md" /> : <CaseFields found={data} />}
          </Section>
        </>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("documents.title")}>
          {data === undefined ? <Skeleton className="h-24 rounded-md" /> : <CaseDocuments found={data} />}
        </Section>
        {data?.vendor != null && (
          <Section title={t("vendor.title")}>
            <CaseVendor vendor={data.vendor} />
          </Section>
        )}
        <Section title={t("history.title")}>
          {data === undefined ? (
            <Timeline entries={undefined} empty={{ title: t("history.empty") }} />
          ) : (
            <CaseHistory found={data} />
          )}
        </Section>
      </div>
    </DetailPage>
  );
}
