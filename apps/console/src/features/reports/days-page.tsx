"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { DayLines } from "#features/reports/day-lines.tsx";
import { DayStatus } from "#features/reports/day-status.tsx";
import { FreshnessNote } from "#features/reports/freshness-note.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

type Day = OutputOf<"report.days">["rows"][number];

const parsers = {};

export function DaysPage() {
  const t = useTranslations("reports.days");
  const url = useListUrl(parsers);
  const query = useQuery({ ...read("report.days", { cursor: url.cursor }), placeholderData: keepPreviousData });
  const columns = useMemo(
    (): readonly Column<Day>[] => [
      { id: "day", header: t("day"), width: 8, cell: (row) => <span className="tabular">{row.day}</span> },
      { id: "status", header: t("status"), width: 7, narrow: "end", cell: (row) => <DayStatus status={row.status} /> },
      {
        id: "ggr",
        header: t("ggr"),
        width: 13,
        align: "end",
        cell: (row) =>
          row.lines
            .filter(({ line }) => line === "ggr")
            .map(({ currency, facts }) => <Money key={currency} amount={facts} currency={currency} className="ms-3" />),
      },
      {
        id: "lines",
        header: t("lines"),
        width: 5,
        align: "end",
        cell: (row) => <span className="tabular">{row.lines.length}</span>,
      },
      {
        id: "revision",
        header: t("revision"),
        width: 6,
        align: "end",
        cell: (row) => <span className="tabular">{row.revision}</span>,
      },
      {
        id: "closed",
        header: t("closed"),
        width: 11,
        cell: (row) => <Time at={row.closedAt} short precision="minute" />,
      },
      { id: "why", header: t("why"), cell: (row) => row.reason },
    ],
    [t],
  );
  return (
    <ListPage<Day>
      title={t("title")}
      label={t("title")}
      summary={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {t("lead")}
          {query.data !== undefined && <FreshnessNote freshness={query.data.freshness} />}
        </span>
      }
      filters={[]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.day}
      rowHref={(row) => `/reports/days/${row.day}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={url.cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(day) => {
        const found = query.data?.rows.find((row) => row.day === day);
        return found === undefined ? null : (
          <div className="px-4 py-3">
            <DayLines day={found} />
          </div>
        );
      }}
    />
  );
}
