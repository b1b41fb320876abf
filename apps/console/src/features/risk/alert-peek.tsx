"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { EvidenceTable } from "#features/monitoring/evidence-table.tsx";
import { RiskAlertFacts } from "#features/risk/alert-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function RiskAlertPeek({ alertId }: { alertId: string }) {
  const t = useTranslations("monitoring.sections");
  const alert = useQuery(read("risk.alert", { alertId }));
  if (alert.data === undefined) {
    return alert.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(alert.error)} onRetry={() => void alert.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <RiskAlertFacts alert={alert.data} />
      <Section title={t("evidence")}>
        <EvidenceTable label={t("evidence")} facts={alert.data.evidence} />
      </Section>
    </div>
  );
}
