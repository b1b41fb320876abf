"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { slaDimensions } from "@pitboss/domain/reporting/payout-sla";
import { Duration } from "#features/payout-sla/duration.tsx";
import { SlaStages } from "#features/payout-sla/sla-stages.tsx";
import { FreshnessNote } from "#features/reports/freshness-note.tsx";
import { Percent } from "#features/reports/percent.tsx";
import { addDays, today } from "#features/reports/report-days.ts";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import type { FilterControl } from "#ui/filter-bar.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Stat } from "#ui/stat.tsx";

export type Sla = OutputOf<"report.payoutSla">;
export type SlaRow = Sla["total"];

const AreaChart = dynamic(() => import("#ui/area-chart.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="h-40 rounded-md" />,
});

const usualDays = 30;
const parsers = {
  from: parseAsString,
  to: parseAsString,
  zone: parseAsString,
  by: parseAsStringLiteral(slaDimensions),
  method: parseAsString,
  psp: parseAsString,
  currency: parseAsString,
  country: parseAsString,
};

/** How long payouts take, whole and by stage, and which are later than promised. */
export function PayoutSlaPage() {
  const t = useTranslations("payoutSla");
  const url = useListUrl(parsers);
  const { filters } = url;
  const by = filters.by ?? "method";
  const input = useMemo((): InputOf<"report.payoutSla"> => {
    const to = filters.to ?? today();
    const one = (value: string | null) => (value === null ? null : [value]);
    return {
      from: filters.from ?? addDays(to, 1 - usualDays),
      to,
      zone: filters.zone ?? "UTC",
      by,
      methods: one(filters.method),
      psps: one(filters.psp),
      currencies: one(filters.currency) as InputOf<"report.payoutSla">["currencies"],
      countries: one(filters.country),
    };
  }, [filters, by]);
  const query = useQuery({ ...read("report.payoutSla", input), placeholderData: keepPreviousData });
  const columns = useColumns(by);
  const controls = useControls(input, filters, url.setFilter);
  return (
    <ListPage<SlaRow>
      title={t("title")}
      label={t("label", { by: t(`dimensions.${by}`) })}
      summary={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {t("lead")}
          {query.data !== undefined && <FreshnessNote freshness={query.data.freshness} />}
        </span>
      }
      above={
        <>
          <Stats total={query.data?.total} />
          <Trend data={query.data} from={input.from} to={input.to} />
        </>
      }
      filters={controls}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.key}
      rowHref={(row) => payoutsOf(by, row, input)}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={null}
      cursor={null}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(id) => {
        const row = query.data?.rows.find(({ key }) => key === id);
        return row === undefined ? null : <SlaStages row={row} />;
      }}
    />
  );
}

/** The payouts behind a row, as far as their list can be narrowed down. */
function payoutsOf(by: (typeof slaDimensions)[number], { key }: SlaRow, { from, to }: { from: string; to: string }) {
  const days = by === "day" ? { from: key, to: key } : { from, to };
  return `/payouts?${new URLSearchParams({ box: "all", ...days, ...(by === "currency" ? { currency: key } : {}) })}`;
}

function Stats({ total }: { total: SlaRow | undefined }) {
  const t = useTranslations("payoutSla.stats");
  return (
    <div className="mx-(--page-x) mb-2 grid grid-cols-2 border-y border-line lg:grid-cols-5 lg:divide-x lg:divide-line">
      <Stat
        className="max-lg:ps-0"
        label={t("p50")}
        value={total === undefined ? undefined : <Duration seconds={total.total.p50} />}
      />
      <Stat label={t("p95")} value={total === undefined ? undefined : <Duration seconds={total.total.p95} />} />
      <Stat
        className="max-lg:ps-0"
        label={t("kept")}
        value={total === undefined ? undefined : <Percent ratio={total.kept} />}
      />
      <Stat
        label={t("late")}
        value={total?.total.late}
        {...(total === undefined ? {} : { hint: t("lateHint", { open: total.openLate }) })}
      />
      <Stat
        className="max-lg:ps-0"
        label={t("open")}
        value={total?.open}
        hint={
          <Link href="/payouts" className="text-accent no-underline hover:underline">
            {t("openHint")}
          </Link>
        }
      />
    </div>
  );
}

function Trend({ data, from, to }: { data: Sla | undefined; from: string; to: string }) {
  const t = useTranslations("payoutSla");
  const points = useMemo(
    () =>
      data?.trend
        .filter(({ total }) => total.p95 !== null)
        .map(({ key, total }) => ({ x: key, y: (total.p95 ?? 0) / 3_600 })),
    [data],
  );
  return (
    <div className="mx-(--page-x) grid grid-cols-1 gap-x-8 pb-3 lg:grid-cols-2">
      <Section title={t("trend")} className="border-t-0 pt-0">
        <AreaChart
          points={points}
          summary={t("trendSummary", { from, to })}
          empty={{ title: t("empty") }}
          formatX={(x) => x.slice(5)}
          formatY={(y) => `${y.toFixed(y < 10 ? 1 : 0)} h`}
          className="h-40"
        />
      </Section>
      <Section title={t("stages")} className="border-t-0 pt-0">
        {data === undefined ? <Skeleton className="h-40 rounded-md" /> : <SlaStages row={data.total} />}
      </Section>
    </div>
  );
}

function useColumns(by: (typeof slaDimensions)[number]): readonly Column<SlaRow>[] {
  const t = useTranslations("payoutSla");
  return useMemo(() => {
    const count = (id: "requested" | "paid" | "open" | "rejected" | "returned", optional = false): Column<SlaRow> => ({
      id,
      header: t(`columns.${id}`),
      width: 6.5,
      align: "end",
      narrow: "none",
      optional,
      cell: (row) => <span className="tabular">{row[id]}</span>,
    });
    return [
      { id: "key", header: t(`dimensions.${by}`), width: 11, fixed: true, cell: ({ key }) => key || t("none") },
      count("requested"),
      count("paid"),
      count("open"),
      count("rejected"),
      count("returned", true),
      {
        id: "p50",
        header: t("columns.p50"),
        width: 6.5,
        align: "end",
        narrow: "none",
        cell: ({ total }) => <Duration seconds={total.p50} />,
      },
      {
        id: "p95",
        header: t("columns.p95"),
        width: 6.5,
        align: "end",
        narrow: "end",
        cell: ({ total }) => <Duration seconds={total.p95} />,
      },
      {
        id: "late",
        header: t("columns.late"),
        width: 5.5,
        align: "end",
        narrow: "none",
        cell: ({ total }) => <span className={total.late === "0" ? "tabular" : "tabular text-bad"}>{total.late}</span>,
      },
      {
        id: "kept",
        header: t("columns.kept"),
        width: 6,
        align: "end",
        narrow: "none",
        cell: ({ kept }) => <Percent ratio={kept} />,
      },
    ];
  }, [t, by]);
}

function useControls(
  input: InputOf<"report.payoutSla">,
  filters: Readonly<Record<keyof typeof parsers, string | null>>,
  set: (name: keyof typeof parsers, value: string | null) => void,
): readonly FilterControl[] {
  const t = useTranslations("payoutSla");
  const words = useTranslations("reports.filters");
  return useMemo(() => {
    const control = (id: keyof typeof parsers, label: string, value: string | null) => ({
      id,
      label,
      value,
      onChange: (next: string | null) => set(id, next === "" ? null : next),
    });
    return [
      { ...control("from", words("from"), input.from), kind: "day" },
      { ...control("to", words("to"), input.to), kind: "day" },
      {
        ...control("by", t("filters.by"), filters.by ?? "method"),
        kind: "choice",
        choices: slaDimensions.map((value) => ({ value, label: t(`dimensions.${value}`) })),
      },
      { ...control("method", t("filters.method"), filters.method), kind: "text", placeholder: "card" },
      { ...control("psp", t("filters.psp"), filters.psp), kind: "text", placeholder: "cardium" },
      { ...control("currency", words("currency"), filters.currency), kind: "text", placeholder: "EUR" },
      { ...control("country", words("country"), filters.country), kind: "text", placeholder: words("countryHint") },
      { ...control("zone", words("zone"), filters.zone), kind: "text", placeholder: words("zoneHint") },
    ];
  }, [t, words, input, filters, set]);
}
