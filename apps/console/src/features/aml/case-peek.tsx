"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CaseAlerts } from "#features/aml/case-alerts.tsx";
import { AmlCaseFacts } from "#features/aml/case-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function AmlCasePeek({ caseId }: { caseId: string }) {
  const t = useTranslations("monitoring.sections");
  const found = useQuery(read("aml.case", { caseId }));
  if (found.data === undefined) {
    return found.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <AmlCaseFacts found={found.data} />
      <Section title={t("found")}>
        <CaseAlerts found={found.data} />
      </Section>
    </div>
  );
}
