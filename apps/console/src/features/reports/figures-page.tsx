"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { deductions } from "@pitboss/domain/reporting/figures";
import { chosenMeasures } from "@pitboss/domain/reporting/report-view";
import { ExportButton } from "#features/exports/export-button.tsx";
import { factsAddress } from "#features/reports/cell-address.ts";
import { DeductionBoxes } from "#features/reports/deduction-boxes.tsx";
import { FactsPeek } from "#features/reports/facts-peek.tsx";
import { FigureChart } from "#features/reports/figure-chart.tsx";
import { type FigureRow, type FigureView, useFigureColumns } from "#features/reports/figure-columns.tsx";
import { FigureStats } from "#features/reports/figure-stats.tsx";
import { FreshnessNote } from "#features/reports/freshness-note.tsx";
import { spanBefore, spanOfYearBefore } from "#features/reports/report-days.ts";
import {
  dimensionsOf,
  figureParsers,
  figuresInput,
  takenOff,
  useFigureFilters,
} from "#features/reports/report-filters.ts";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Notice } from "#ui/notice.tsx";

const figureFormats = ["xlsx", "pdf", "csv"] as const;
const timely = new Set(["day", "week", "month"]);
const keyOfRow = ({ keys, currency }: FigureRow): string => [...keys, currency].join("|");

/** A pivot of the house's figures: by any two dimensions, or three in the builder, compared with the time before, each row a door to its transactions. */
export function FiguresPage({ view }: { view: FigureView }) {
  const t = useTranslations("reports");
  const url = useListUrl(figureParsers);
  const { filters } = url;
  const input = useMemo(() => figuresInput(filters), [filters]);
  const by = useMemo(() => dimensionsOf(filters), [filters]);
  const query = useQuery({ ...read("report.figures", input), placeholderData: keepPreviousData });
  const compares = filters.compare !== null;
  const span = useMemo(
    () => (filters.compare === "year" ? spanOfYearBefore(input) : spanBefore(input)),
    [input, filters.compare],
  );
  const earlier = useMemo(() => ({ ...input, ...span }), [input, span]);
  const previous = useQuery({ ...read("report.figures", earlier), enabled: compares });
  const before = useMemo(() => {
    if (!compares || timely.has(by[0] ?? "")) return undefined;
    const known = new Map(previous.data?.rows.map((row) => [keyOfRow(row), row.ggr]));
    return (row: FigureRow) => known.get(keyOfRow(row));
  }, [compares, by, previous.data]);
  const columns = useFigureColumns(view, by, before);
  const controls = useFigureFilters(filters, url.setFilter, view === "builder");
  const chosen = view === "builder" ? chosenMeasures(url.columns === undefined ? undefined : [...url.columns]) : [];
  const [total, ...others] = query.data?.totals ?? [];
  const rowHref = (row: FigureRow) => factsAddress(filters, by, row.keys);
  return (
    <ListPage<FigureRow>
      title={t(`${view}.title`)}
      label={t(`${view}.label`, { by: by.map((dimension) => t(`dimensions.${dimension}`)).join(", ") })}
      summary={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {t(`${view}.lead`)}
          {query.data !== undefined && <FreshnessNote freshness={query.data.freshness} />}
        </span>
      }
      actions={<ViewsMenu list={view} state={url.state} onApply={url.apply} />}
      above={
        <>
          {others.length === 0 && (
            <FigureStats
              total={total}
              before={compares ? previous.data?.totals[0] : undefined}
              against={compares ? t("against", span) : undefined}
            />
          )}
          {view === "ggr" ? (
            <FigureChart input={input} />
          ) : (
            <Deductions without={filters.without} onChange={(without) => url.setFilter("without", without)} />
          )}
          {(query.data?.unrated.length ?? 0) > 0 && (
            <Notice tone="warn" className="mx-(--page-x) mb-3">
              {t("unrated", { currencies: query.data?.unrated.join(", ") ?? "" })}
            </Notice>
          )}
        </>
      }
      filters={controls}
      tools={
        <ExportButton
          list="figures"
          filters={chosen.length === 0 ? input : { ...input, measures: chosen }}
          formats={figureFormats}
        />
      }
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={keyOfRow}
      rowHref={rowHref}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={null}
      cursor={null}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(id) => {
        const row = query.data?.rows.find((each) => keyOfRow(each) === id);
        return row === undefined ? null : <FactsPeek address={rowHref(row)} />;
      }}
    />
  );
}

/** What NGR is after; each can be left out, and the address says which are. */
function Deductions({ without, onChange }: { without: string | null; onChange: (without: string | null) => void }) {
  const t = useTranslations("reports.deductions");
  return (
    <DeductionBoxes
      label={t("label")}
      taken={takenOff(without)}
      onChange={(taken) => {
        const left = deductions.filter((name) => !taken.includes(name));
        onChange(left.length === 0 ? null : left.join(","));
      }}
      className="mx-(--page-x) pb-3"
    />
  );
}
