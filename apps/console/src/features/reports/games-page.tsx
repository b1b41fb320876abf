"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString } from "nuqs";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { FactsPeek } from "#features/reports/facts-peek.tsx";
import { FreshnessNote } from "#features/reports/freshness-note.tsx";
import { Percent } from "#features/reports/percent.tsx";
import { periodOf } from "#features/reports/report-filters.ts";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Status } from "#ui/status.tsx";

type Game = OutputOf<"report.games">["rows"][number];

const parsers = {
  from: parseAsString,
  to: parseAsString,
  zone: parseAsString,
  country: parseAsString,
  provider: parseAsString,
};
const tones = { unknown: "neutral", within: "good", below: "bad", above: "warn" } as const;

/** How each game pays, against what it promises, with the bounds that chance leaves. */
export function GamesPage() {
  const t = useTranslations("reports");
  const url = useListUrl(parsers);
  const { filters } = url;
  const period = useMemo(() => periodOf(filters), [filters]);
  const input = useMemo(
    () => ({
      ...period,
      countries: filters.country === null ? null : [filters.country],
      providers: filters.provider === null ? null : [filters.provider],
    }),
    [period, filters],
  );
  const query = useQuery({ ...read("report.games", input), placeholderData: keepPreviousData });
  const columns = useColumns();
  const rowHref = (row: Game) => {
    const more = filters.country === null ? {} : { country: filters.country };
    return `/reports/facts?${new URLSearchParams({ from: period.from, to: period.to, game: row.gameId, ...more })}`;
  };
  const text = (id: "zone" | "country" | "provider", placeholder: string) => ({
    id,
    label: t(`filters.${id}`),
    kind: "text" as const,
    placeholder,
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  const day = (id: "from" | "to") => ({
    id,
    label: t(`filters.${id}`),
    kind: "day" as const,
    value: period[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <ListPage<Game>
      title={t("games.title")}
      label={t("games.title")}
      summary={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {t("games.lead")}
          {query.data !== undefined && <FreshnessNote freshness={query.data.freshness} />}
        </span>
      }
      actions={<ViewsMenu list="games-performance" state={url.state} onApply={url.apply} />}
      filters={[
        day("from"),
        day("to"),
        text("provider", "pragm"),
        text("country", t("filters.countryHint")),
        text("zone", t("filters.zoneHint")),
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.gameId}
      rowHref={rowHref}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={null}
      cursor={null}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(id) => {
        const row = query.data?.rows.find(({ gameId }) => gameId === id);
        return row === undefined ? null : <FactsPeek address={rowHref(row)} />;
      }}
    />
  );
}

function useColumns(): readonly Column<Game>[] {
  const t = useTranslations("reports");
  const locale = useLocale();
  return useMemo(() => {
    const count = new Intl.NumberFormat(locale);
    const money = (id: "turnover" | "wins" | "ggr"): Column<Game> => ({
      id,
      header: t(`columns.${id}`),
      width: 9,
      align: "end",
      narrow: id === "ggr" ? "end" : "none",
      cell: (row) => <Money amount={row[id]} currency={row.currency} />,
    });
    return [
      {
        id: "game",
        header: t("dimensions.game"),
        width: 12,
        cell: (row) => <span className="font-medium">{row.name}</span>,
      },
      { id: "provider", header: t("dimensions.provider"), width: 7, narrow: "none", cell: (row) => row.provider },
      {
        id: "category",
        header: t("dimensions.category"),
        width: 7,
        narrow: "none",
        optional: true,
        cell: (row) => row.category,
      },
      {
        id: "bets",
        header: t("columns.bets"),
        width: 6,
        align: "end",
        narrow: "none",
        cell: (row) => <span className="tabular">{count.format(BigInt(row.bets))}</span>,
      },
      {
        id: "players",
        header: t("columns.players"),
        width: 5.5,
        align: "end",
        narrow: "none",
        cell: (row) => <span className="tabular">{count.format(BigInt(row.players))}</span>,
      },
      money("turnover"),
      money("ggr"),
      {
        id: "rtp",
        header: t("columns.rtp"),
        width: 6,
        align: "end",
        narrow: "none",
        cell: (row) => <Percent ratio={row.rtp} />,
      },
      {
        id: "bounds",
        header: t("games.bounds"),
        width: 10,
        align: "end",
        narrow: "none",
        cell: (row) =>
          row.low === null ? (
            <span className="text-ink-faint">{t("games.fewBets")}</span>
          ) : (
            <>
              <Percent ratio={row.low} /> – <Percent ratio={row.high} />
            </>
          ),
      },
      {
        id: "promised",
        header: t("games.promised"),
        width: 6.5,
        align: "end",
        narrow: "none",
        cell: (row) => <Percent ratio={row.promised} />,
      },
      {
        id: "verdict",
        header: t("games.verdict"),
        width: 10,
        cell: (row) => <Status tone={tones[row.verdict]}>{t(`games.verdicts.${row.verdict}`)}</Status>,
      },
      money("wins"),
    ];
  }, [t, locale]);
}
