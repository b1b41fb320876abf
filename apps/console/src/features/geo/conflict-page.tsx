"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ConflictFacts, Findings } from "#features/geo/conflict-facts.tsx";
import { GeoVerdict } from "#features/geo/geo-verdict.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function ConflictPage({ decisionId }: { decisionId: string }) {
  const t = useTranslations("rg.conflicts");
  const words = useTranslations("words.geoRule");
  const decision = useQuery(read("geo.show", { decisionId }));
  const parent = { label: t("title"), href: "/geo/conflicts" };
  const { data } = decision;
  if (decision.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={decisionId} parent={parent} />
        <FailureState failure={failureOf(decision.error)} onRetry={() => void decision.refetch()} />
      </>
    );
  }
  const title = data === undefined ? undefined : data.rule === null ? t("nothingFound") : words(data.rule);
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={title ?? <Skeleton className="h-5 w-40" />}
          badge={data === undefined ? undefined : <GeoVerdict verdict={data.verdict} />}
          summary={<IdChip id={decisionId} />}
        />
      }
      rail={
        <Section title={t("facts")}>
          {data === undefined ? <Skeleton className="h-64 rounded-md" /> : <ConflictFacts decision={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("findings")}>
          {data === undefined ? <Skeleton className="h-24 rounded-md" /> : <Findings findings={data.findings} />}
        </Section>
      </div>
    </DetailPage>
  );
}
