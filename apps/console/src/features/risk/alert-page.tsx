"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { AlertState } from "#features/monitoring/alert-state.tsx";
import { EvidenceTable } from "#features/monitoring/evidence-table.tsx";
import { AlertActions } from "#features/risk/alert-actions.tsx";
import { RiskAlertFacts } from "#features/risk/alert-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function RiskAlertPage({ alertId }: { alertId: string }) {
  const t = useTranslations("monitoring");
  const alert = useQuery(read("risk.alert", { alertId }));
  const parent = { label: t("titles.alerts"), href: "/risk" };
  const { data } = alert;
  if (alert.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={alertId} parent={parent} />
        <FailureState failure={failureOf(alert.error)} onRetry={() => void alert.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : `${data.nickname} · ${data.rule}`}
          badge={data === undefined ? undefined : <AlertState state={data.state} />}
          summary={<IdChip id={alertId} />}
          actions={data === undefined ? undefined : <AlertActions alert={data} />}
        />
      }
      rail={
        <Section title={t("sections.facts")}>
          {data === undefined ? <Skeleton className="h-64 rounded-md" /> : <RiskAlertFacts alert={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("sections.evidence")}>
          {data === undefined ? (
            <Skeleton className="h-48 rounded-md" />
          ) : (
            <EvidenceTable label={t("sections.evidence")} facts={data.evidence} />
          )}
        </Section>
      </div>
    </DetailPage>
  );
}
