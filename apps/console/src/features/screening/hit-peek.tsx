"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { HitComparison } from "#features/screening/hit-comparison.tsx";
import { HitFacts } from "#features/screening/hit-entry.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function HitPeek({ hitId }: { hitId: string }) {
  const t = useTranslations("screening.comparison");
  const hit = useQuery(read("screening.hit", { hitId }));
  if (hit.data === undefined) {
    return hit.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(hit.error)} onRetry={() => void hit.refetch()} />
    );
  }
  const { details } = hit.data;
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <HitFacts hit={hit.data} />
      {details !== null && (
        <Section title={t("title")}>
          <HitComparison details={details} hit={hit.data} />
        </Section>
      )}
    </div>
  );
}
