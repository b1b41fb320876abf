"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useRouter } from "next/navigation";
import { type BetRow, useBetColumns } from "#features/bets/bet-columns.tsx";
import { BetPeek } from "#features/bets/bet-peek.tsx";
import { betInput, betParsers, useBetFilters } from "#features/bets/use-bet-filters.ts";
import { BulkVoid } from "#features/bets/bulk-void.tsx";
import { VoidMatching } from "#features/bets/void-matching.tsx";
import { ExportButton } from "#features/exports/export-button.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";

export function BetsPage() {
  const t = useTranslations("bets");
  const router = useRouter();
  const url = useListUrl(betParsers);
  const input = useMemo(() => betInput(url.filters, url.cursor), [url.filters, url.cursor]);
  const query = useQuery({ ...read("bet.list", input), placeholderData: keepPreviousData });
  const columns = useBetColumns();
  const filters = useBetFilters(url.filters, url.setFilter);

  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selection = useMay("bet.void") ? { ids: chosen, change: setChosen } : undefined;

  /** A bet's id opens the bet; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("bet", text) !== undefined) router.push(`/bets/${text}`);
    else url.setFilter("player", text);
  }

  return (
    <ListPage<BetRow>
      title={t("title")}
      label={t("title")}
      actions={<ViewsMenu list="bets" state={url.state} onApply={url.apply} />}
      search={{ value: url.filters.player ?? "", placeholder: t("search"), onChange: search }}
      filters={filters.filter(({ id }) => id !== "player")}
      onClearFilters={url.clearFilters}
      tools={
        <>
          {selection !== undefined && <VoidMatching filters={input} />}
          <ExportButton list="bets" filters={input} />
        </>
      }
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(bet) => bet.betId}
      rowHref={(bet) => `/bets/${bet.betId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      selection={selection}
      bulk={selection !== undefined && <BulkVoid selection={selection} />}
      next={query.data?.next}
      searchedTo={query.data?.searchedTo}
      cursor={url.cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(betId) => <BetPeek betId={betId} />}
    />
  );
}
