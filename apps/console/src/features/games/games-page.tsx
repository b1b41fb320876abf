"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Gamepad2 } from "lucide-react";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { gameStatuses } from "@pitboss/domain/catalog/game-status";
import { useTranslations } from "use-intl";
import { type GameRow, useGameColumns } from "#features/games/game-columns.tsx";
import { GamePeek } from "#features/games/game-peek.tsx";
import { ImportGames } from "#features/games/import-games.tsx";
import { ProviderSwitches } from "#features/games/provider-switches.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";

const parsers = {
  search: parseAsString,
  provider: parseAsString,
  category: parseAsString,
  tag: parseAsString,
  status: parseAsStringLiteral(gameStatuses),
};

export function GamesPage() {
  const t = useTranslations("games");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const query = useQuery({ ...read("game.list", { ...filters, cursor }), placeholderData: keepPreviousData });
  const facets = useQuery(read("game.facets"));
  const providers = useQuery(read("game.providers"));
  const columns = useGameColumns();
  const control = (id: Exclude<keyof typeof parsers, "search">) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
    kind: "choice" as const,
  });
  const same = (value: string) => ({ value, label: value });
  return (
    <ListPage<GameRow>
      title={t("title")}
      label={t("title")}
      actions={
        <>
          <ProviderSwitches providers={providers.data ?? []} />
          <ImportGames providers={providers.data ?? []} />
          <ViewsMenu list="games" state={url.state} onApply={url.apply} />
        </>
      }
      search={{
        value: filters.search ?? "",
        placeholder: t("search"),
        onChange: (text) => url.setFilter("search", text.trim() === "" ? null : text.trim()),
      }}
      filters={[
        { ...control("status"), choices: gameStatuses.map((value) => ({ value, label: t(`status.${value}`) })) },
        {
          ...control("provider"),
          choices: (providers.data ?? []).map(({ code, name }) => ({ value: code, label: name })),
        },
        { ...control("category"), choices: (facets.data?.categories ?? []).map(same) },
        { ...control("tag"), choices: (facets.data?.tags ?? []).map(same) },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.code}
      rowHref={(row) => `/games/${row.code}`}
      empty={{ icon: Gamepad2, title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(code) => <GamePeek code={code} />}
    />
  );
}
