"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ConflictFacts, Findings } from "#features/geo/conflict-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function ConflictPeek({ decisionId }: { decisionId: string }) {
  const t = useTranslations("rg.conflicts");
  const decision = useQuery(read("geo.show", { decisionId }));
  if (decision.data === undefined) {
    return decision.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(decision.error)} onRetry={() => void decision.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <ConflictFacts decision={decision.data} />
      <Section title={t("findings")}>
        <Findings findings={decision.data.findings} />
      </Section>
    </div>
  );
}
