"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { type BetRow, useBetColumns } from "#features/bets/bet-columns.tsx";
import { betInput, betParsers, useBetFilters } from "#features/bets/use-bet-filters.ts";
import { read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { ColumnMenu } from "#ui/column-menu.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { FilterBar } from "#ui/filter-bar.tsx";
import { Pager } from "#ui/pager.tsx";

export function PlayerBets({ playerId }: { playerId: string }) {
  const t = useTranslations("bets");
  const url = useListUrl(betParsers);
  const input = useMemo(
    () => betInput({ ...url.filters, player: playerId }, url.cursor),
    [url.filters, url.cursor, playerId],
  );
  const query = useQuery({ ...read("bet.list", input), placeholderData: keepPreviousData });
  const columns = useBetColumns(true);
  const filters = useBetFilters(url.filters, url.setFilter, true);
  const next = query.data?.next;
  return (
    <div className="flex min-h-full flex-col pt-3">
      <FilterBar
        filters={filters}
        onClear={url.clearFilters}
        tools={<ColumnMenu columns={columns} visible={url.columns} onChange={url.setColumns} />}
      />
      <div className="flex-1 overflow-x-auto">
        <DataTable<BetRow>
          label={t("title")}
          columns={columns}
          visible={url.columns}
          list={listStateOf(query, (data) => data.rows)}
          rowId={(bet) => bet.betId}
          rowHref={(bet) => `/bets/${bet.betId}`}
          empty={{ title: t("empty"), hint: t("emptyHint") }}
        />
      </div>
      <Pager
        count={query.data?.rows.length}
        searchedTo={typeof next === "string" ? query.data?.searchedTo : undefined}
        onFirst={url.cursor === null ? undefined : () => url.goTo(null)}
        onNext={typeof next === "string" ? () => url.goTo(next) : undefined}
      />
    </div>
  );
}
