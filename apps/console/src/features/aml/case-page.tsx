"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CaseActions } from "#features/aml/case-actions.tsx";
import { CaseAlerts } from "#features/aml/case-alerts.tsx";
import { AmlCaseFacts } from "#features/aml/case-facts.tsx";
import { CaseHistory } from "#features/aml/case-history.tsx";
import { CaseSars } from "#features/aml/case-sars.tsx";
import { AmlCaseState } from "#features/aml/case-state.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Timeline } from "#ui/timeline.tsx";

export function AmlCasePage({ caseId }: { caseId: string }) {
  const t = useTranslations("monitoring");
  const found = useQuery(read("aml.case", { caseId }));
  const parent = { label: t("titles.cases"), href: "/aml" };
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
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : data.nickname}
          badge={data === undefined ? undefined : <AmlCaseState state={data.state} />}
          summary={<IdChip id={caseId} />}
          actions={data === undefined ? undefined : <CaseActions found={data} />}
        />
      }
      rail={
        <>
          <Section title={t("sections.facts")}>
            {data === undefined ? <Skeleton className="h-64 rounded-md" /> : <AmlCaseFacts found={data} />}
          </Section>
          {data !== undefined && data.others.length > 0 && (
            <Section title={t("sections.others")}>
              <ul className="flex flex-col gap-2">
                {data.others.map((other) => (
                  <li key={other.caseId} className="flex flex-wrap items-center gap-2">
                    <IdChip id={other.caseId} href={`/aml/${other.caseId}`} />
                    <AmlCaseState state={other.state} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("sections.found")}>
          {data === undefined ? <Skeleton className="h-48 rounded-md" /> : <CaseAlerts found={data} />}
        </Section>
        <Section title={t("sections.reports")}>
          {data === undefined ? <Skeleton className="h-16 rounded-md" /> : <CaseSars found={data} />}
        </Section>
        <Section title={t("sections.history")}>
          {data === undefined ? (
            <Timeline entries={undefined} empty={{ title: t("sections.nothing") }} />
          ) : (
            <CaseHistory found={data} />
          )}
        </Section>
      </div>
    </DetailPage>
  );
}
