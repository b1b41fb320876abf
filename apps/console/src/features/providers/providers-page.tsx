"use client";

import { useQuery } from "@tanstack/react-query";
import { AlertBanner } from "#features/alerts/alert-banner.tsx";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { CircuitStatus, useLatency } from "#features/providers/provider-health.tsx";
import { ProviderState } from "#features/providers/provider-state.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

/** The providers that speak a dialect: a handful, so there are no pages and no filters. */
export function ProvidersPage() {
  const t = useTranslations("providers");
  const providers = useQuery({ ...read("provider.list"), refetchInterval: 15_000 });
  const latency = useLatency();
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={t("lead")} />
      <AlertBanner kinds={["PROVIDER_DOWN", "TRANSFERS_UNKNOWN"]} />
      <div className="flex min-w-0 flex-col gap-5 px-(--page-x)">
        {providers.data === undefined ? (
          providers.error === null ? (
            <Skeleton className="h-40 rounded-md" />
          ) : (
            <FailureState failure={failureOf(providers.error)} onRetry={() => void providers.refetch()} />
          )
        ) : (
          <RecordList
            label={t("title")}
            rows={providers.data.rows}
            rowKey={(row) => row.provider}
            empty={<Empty title={t("none")} hint={t("noneHint")} />}
            cells={(row) => [
              <Link key="name" href={`/providers/${row.provider}`} className="font-medium hover:underline">
                {row.name}
              </Link>,
              <ProviderState key="state" state={row.state} />,
              <CircuitStatus key="circuit" circuit={row.health.circuit} />,
              row.dialectTitle,
              <span key="latency" className="tabular text-ink-muted">
                {t("health.quantiles", { p50: latency(row.health, "p50Ms"), p95: latency(row.health, "p95Ms") })}
              </span>,
              <span key="calls" className="tabular text-ink-muted">
                {t("calls", { count: row.calls, refused: String(row.refused) })}
              </span>,
            ]}
          />
        )}
      </div>
    </ScrollPage>
  );
}
