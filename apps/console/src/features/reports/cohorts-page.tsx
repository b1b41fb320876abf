"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { FreshnessNote } from "#features/reports/freshness-note.tsx";
import { FunnelSection, LifecycleSection } from "#features/reports/lifecycle-section.tsx";
import { Percent } from "#features/reports/percent.tsx";
import { addDays, today } from "#features/reports/report-days.ts";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { FilterBar } from "#ui/filter-bar.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Stat } from "#ui/stat.tsx";

type Answer = OutputOf<"report.cohorts">;
type Cohort = Answer["total"];

const spans = ["day", "week", "month"] as const;
const usualDays = 84;
const parsers = { from: parseAsString, to: parseAsString, by: parseAsStringLiteral(spans), country: parseAsString };

/** Who comes back on day 1, 7 and 30 after a first deposit, and how far first depositors get. */
export function CohortsPage() {
  const t = useTranslations("reports");
  const [filters, set] = useQueryStates(parsers, { history: "push" });
  const input = useMemo(() => {
    const to = filters.to ?? today();
    return {
      from: filters.from ?? addDays(to, 1 - usualDays),
      to,
      by: filters.by ?? ("week" as const),
      countries: filters.country === null ? null : [filters.country],
    };
  }, [filters]);
  const cohorts = useQuery({ ...read("report.cohorts", input), placeholderData: keepPreviousData });
  const change = (name: keyof typeof parsers) => (value: string | null) =>
    void set({ [name]: value === "" ? null : value });
  return (
    <ScrollPage>
      <PageHeader
        title={t("cohorts.title")}
        summary={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            {t("cohorts.lead")}
            {cohorts.data !== undefined && <FreshnessNote freshness={cohorts.data.freshness} />}
          </span>
        }
      />
      <FilterBar
        filters={[
          { id: "from", label: t("filters.from"), kind: "day", value: input.from, onChange: change("from") },
          { id: "to", label: t("filters.to"), kind: "day", value: input.to, onChange: change("to") },
          {
            id: "by",
            label: t("by"),
            kind: "choice",
            choices: spans.map((value) => ({ value, label: t(`dimensions.${value}`) })),
            value: input.by,
            onChange: change("by"),
          },
          {
            id: "country",
            label: t("filters.country"),
            kind: "text",
            placeholder: t("filters.countryHint"),
            value: filters.country,
            onChange: change("country"),
          },
        ]}
        onClear={() => void set({ from: null, to: null, by: null, country: null })}
      />
      {cohorts.error !== null && cohorts.data === undefined ? (
        <FailureState failure={failureOf(cohorts.error)} onRetry={() => void cohorts.refetch()} />
      ) : (
        <>
          <Funnel total={cohorts.data?.total} />
          <FunnelSection input={{ from: input.from, to: input.to, countries: input.countries }} />
          <LifecycleSection input={{ from: input.from, to: input.to, countries: input.countries }} />
          <Section title={t("cohorts.retention")} className="mx-(--page-x)">
            {cohorts.data === undefined ? (
              <Skeleton className="h-64 rounded-md" />
            ) : (
              <Retention rows={cohorts.data.rows} />
            )}
          </Section>
        </>
      )}
    </ScrollPage>
  );
}

/** From the first deposit on: who played, and who deposited again. */
function Funnel({ total }: { total: Cohort | undefined }) {
  const t = useTranslations("reports.cohorts");
  const count = new Intl.NumberFormat(useLocale());
  const step = (name: "players" | "played" | "depositedAgain") => {
    const part = total === undefined ? undefined : BigInt(total[name]);
    const whole = total === undefined ? 0n : BigInt(total.players);
    return {
      label: t(name),
      value: part === undefined ? undefined : count.format(part),
      ...(part === undefined || whole === 0n
        ? {}
        : { hint: <Percent ratio={(Number(part) / Number(whole)).toFixed(6)} /> }),
    };
  };
  return (
    <div className="mx-(--page-x) mb-2 grid grid-cols-1 border-t border-line sm:grid-cols-3 sm:divide-x sm:divide-line">
      <Stat {...step("players")} className="max-sm:ps-0" />
      <Stat {...step("played")} className="max-sm:ps-0" />
      <Stat {...step("depositedAgain")} className="max-sm:ps-0" />
    </div>
  );
}

/** The deeper the colour the more came back; the number says it as well. */
function Retention({ rows }: { rows: readonly Cohort[] }) {
  const t = useTranslations("reports.cohorts");
  const count = new Intl.NumberFormat(useLocale());
  const [first] = rows;
  if (first === undefined) return <Empty title={t("empty")} hint={t("emptyHint")} />;
  return (
    <div tabIndex={0} role="group" aria-label={t("retention")} className="overflow-x-auto">
      <table className="w-full max-w-3xl">
        <thead>
          <tr className="text-xs text-ink-muted">
            <th className="h-7 pe-4 text-start font-normal">{t("cohort")}</th>
            <th className="pe-4 text-end font-normal">{t("players")}</th>
            {first.retention.map(({ day }) => (
              <th key={day} className="w-28 px-3 text-end font-normal">
                {t("onDay", { day: String(day) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {rows.map((row) => (
            <tr key={row.cohort}>
              <td className="tabular h-8.5 pe-4 whitespace-nowrap">{row.cohort}</td>
              <td className="tabular pe-4 text-end">{count.format(BigInt(row.players))}</td>
              {row.retention.map(({ day, of, back, rate }) => (
                <td key={day} className="relative px-3 text-end">
                  {rate === null ? (
                    <span className="text-ink-faint" title={t("young")}>
                      –
                    </span>
                  ) : (
                    <span title={t("backOf", { back, of })}>
                      <span
                        aria-hidden
                        className="absolute inset-x-1 inset-y-1 rounded-sm bg-accent-soft"
                        style={{ opacity: Math.min(1, Number(rate) * 1.5) }}
                      />
                      <span className="relative">
                        <Percent ratio={rate} />
                      </span>
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
