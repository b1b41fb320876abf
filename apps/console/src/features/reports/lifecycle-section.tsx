"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "use-intl";
import { Percent } from "#features/reports/percent.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

/** How far those get who opened an account in the time. */
export function FunnelSection({ input }: { input: InputOf<"report.funnel"> }) {
  const t = useTranslations("reports.funnel");
  const count = new Intl.NumberFormat(useLocale());
  const funnel = useQuery({ ...read("report.funnel", input), placeholderData: keepPreviousData });
  const { data } = funnel;
  return (
    <Section title={t("title")} className="mx-(--page-x)">
      {data === undefined ? (
        funnel.error === null ? (
          <Skeleton className="h-36 rounded-md" />
        ) : (
          <FailureState failure={failureOf(funnel.error)} onRetry={() => void funnel.refetch()} />
        )
      ) : (
        <div className="max-w-3xl">
          <RecordList
            label={t("title")}
            rows={data.steps}
            rowKey={(row) => row.step}
            empty={null}
            cells={(row) => [
              <span key="step" className="font-medium">
                {t(`steps.${row.step}`)}
              </span>,
              <span key="players" className="tabular">
                {count.format(BigInt(row.players))}
              </span>,
              <span key="before" className="text-ink-muted">
                {row.ofBefore === null ? null : t("ofBefore")}{" "}
                {row.ofBefore !== null && <Percent ratio={row.ofBefore} />}
              </span>,
              <Percent key="all" ratio={row.ofAll} />,
            ]}
          />
        </div>
      )}
    </Section>
  );
}

/** Where players stand at the end of the time, and how many of its depositors played. */
export function LifecycleSection({ input }: { input: InputOf<"report.lifecycle"> }) {
  const t = useTranslations("reports.lifecycle");
  const count = new Intl.NumberFormat(useLocale());
  const lifecycle = useQuery({ ...read("report.lifecycle", input), placeholderData: keepPreviousData });
  const { data } = lifecycle;
  return (
    <Section title={t("title")} className="mx-(--page-x)">
      {data === undefined ? (
        lifecycle.error === null ? (
          <Skeleton className="h-44 rounded-md" />
        ) : (
          <FailureState failure={failureOf(lifecycle.error)} onRetry={() => void lifecycle.refetch()} />
        )
      ) : (
        <div className="flex max-w-3xl flex-col gap-3">
          <RecordList
            label={t("title")}
            rows={data.stages}
            rowKey={(row) => row.stage}
            empty={null}
            cells={(row) => [
              <span key="stage" className="font-medium">
                {t(`stages.${row.stage}`)}
              </span>,
              <span key="means" className="text-ink-muted">
                {t(`means.${row.stage}`)}
              </span>,
              <span key="players" className="tabular">
                {count.format(BigInt(row.players))}
              </span>,
              <Percent key="share" ratio={row.share} />,
            ]}
          />
          <p className="text-ink-muted">
            {t("conversion", {
              depositors: count.format(BigInt(data.depositors)),
              played: count.format(BigInt(data.depositedAndBet)),
            })}{" "}
            <Percent ratio={data.conversion} />
          </p>
        </div>
      )}
    </Section>
  );
}
