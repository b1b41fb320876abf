"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { PspCard } from "#features/psps/psp-card.tsx";
import { RoutingRules } from "#features/psps/routing-rules.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const refreshEveryMs = 5_000;

/** How payment providers answer, and which of them is asked for a deposit. */
export function PspsPage() {
  const t = useTranslations("psps");
  const psps = useQuery({ ...read("psp.list"), refetchInterval: refreshEveryMs });
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={t("lead")} />
      <div className="flex min-w-0 flex-col gap-2 px-(--page-x) pb-8">
        <Section title={t("health")}>
          {psps.data === undefined ? (
            psps.error === null ? (
              <Skeleton className="h-44 rounded-md" />
            ) : (
              <FailureState failure={failureOf(psps.error)} onRetry={() => void psps.refetch()} />
            )
          ) : psps.data.length === 0 ? (
            <Empty title={t("none")} hint={t("noneHint")} />
          ) : (
            <ul className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
              {psps.data.map((psp) => (
                <PspCard key={psp.psp} psp={psp} />
              ))}
            </ul>
          )}
        </Section>
        <RoutingRules />
      </div>
    </ScrollPage>
  );
}
