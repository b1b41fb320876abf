"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { FiguresInput } from "#features/reports/report-filters.ts";
import { read } from "#lib/api.ts";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const AreaChart = dynamic(() => import("#ui/area-chart.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="h-44 rounded-md" />,
});

/** GGR day by day, with the report's own filters. In their own currencies amounts have no common axis. */
export function FigureChart({ input }: { input: FiguresInput }) {
  const t = useTranslations("reports.chart");
  const locale = useLocale();
  const daily = useQuery({
    ...read("report.figures", { ...input, by: ["day"], inCurrency: "reporting", players: false }),
    placeholderData: keepPreviousData,
  });
  const { data } = daily;
  const currency = data?.totals[0]?.currency ?? "EUR";
  const format = useMemo(
    () => new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }),
    [locale],
  );
  const points = useMemo(() => data?.rows.map(({ keys, ggr }) => ({ x: keys[0] ?? "", y: Number(ggr) })), [data]);
  return (
    <Section title={t("title")} className="mx-(--page-x) border-t-0 pt-0 pb-3">
      <AreaChart
        points={daily.error === null ? points : []}
        summary={t("summary", { from: input.from, to: input.to, currency })}
        empty={{ title: t("empty") }}
        formatX={(x) => x.slice(5)}
        formatY={(y) => format.format(y)}
        className="h-44"
      />
    </Section>
  );
}
