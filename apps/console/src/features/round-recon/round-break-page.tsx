"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { BreakActions } from "#features/round-recon/break-actions.tsx";
import { BreakFacts, BreakHistory, BreakSides } from "#features/round-recon/break-facts.tsx";
import { BreakState } from "#features/round-recon/break-state.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function RoundBreakPage({ breakId }: { breakId: string }) {
  const t = useTranslations("roundRecon");
  const found = useQuery(read("recon.show", { breakId }));
  const parent = { label: t("title"), href: "/provider-reconciliation" };
  const { data } = found;
  if (data === undefined) {
    return (
      <>
        <PageHeader title={breakId} parent={parent} />
        {found.error === null ? (
          <Skeleton className="mx-(--page-x) h-72 rounded-md" />
        ) : (
          <FailureState failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
        )}
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data.subject["roundId"] ?? breakId}
          badge={<BreakState state={data.state} />}
          summary={<IdChip id={breakId} />}
          actions={<BreakActions found={data} />}
        />
      }
      rail={
        <Section title={t("detail.facts")}>
          <BreakFacts found={data} />
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("detail.sides")}>
          <BreakSides found={data} />
        </Section>
        <Section title={t("detail.history")}>
          <BreakHistory found={data} />
        </Section>
      </div>
    </DetailPage>
  );
}
