"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { BulkLock } from "#features/players/bulk-lock.tsx";
import { PlayerPeek } from "#features/players/player-peek.tsx";
import { PlayerStatus } from "#features/players/player-status.tsx";
import { type PlayerSearch, readPlayerSearch } from "#features/players/read-player-search.ts";
import { ExportButton } from "#features/exports/export-button.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { useListUrl } from "#lib/use-list-url.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import type { Column } from "#ui/data-table-types.ts";
import type { FilterControl } from "#ui/filter-bar.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Time } from "#ui/time.tsx";

type PlayerRow = OutputOf<"player.list">["rows"][number];

const statuses = ["ACTIVE", "BLOCKED", "CLOSED"] as const;
const parsers = {
  q: parseAsString,
  /** A word without a space may be a name as well; this says so. */
  as: parseAsStringLiteral(["name", "nickname"]),
  status: parseAsStringLiteral(statuses),
  country: parseAsString,
  tag: parseAsString,
};

export function PlayersPage() {
  const t = useTranslations("players");
  const url = useListUrl(parsers);
  const { filters, setFilter } = url;
  const personal = useMay("player.search-personal");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selection = useMay("player.lock") ? { ids: chosen, change: setChosen } : undefined;
  const typed = readPlayerSearch(filters.q ?? "");
  const search =
    typed !== undefined && filters.as !== null && (typed.kind === "name" || typed.kind === "nickname")
      ? { ...typed, kind: filters.as }
      : typed;
  const query = usePlayers(search, filters, url.cursor);
  const columns = useColumns();
  const controls = useFilters(filters, setFilter);
  const list = listStateOf(query, (data) => data.rows);
  return (
    <ListPage<PlayerRow>
      title={t("title")}
      label={t("title")}
      actions={<ViewsMenu list="players" state={url.state} onApply={url.apply} />}
      search={{
        value: filters.q ?? "",
        placeholder: t(personal ? "search" : "searchPlain"),
        onChange: (value) => setFilter("q", value),
      }}
      filters={controls}
      onClearFilters={url.clearFilters}
      tools={
        <>
          {search !== undefined && <SearchedAs search={search} onChange={(as) => setFilter("as", as)} />}
          <ExportButton
            list="players"
            filters={{
              status: filters.status,
              country: filters.country,
              tag: filters.tag,
              // Whom somebody looked for by what is personal is not written into a job.
              nickname: search?.kind === "nickname" ? search.text : null,
            }}
          />
        </>
      }
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={list}
      rowId={(row) => row.playerId}
      rowHref={(row) => `/players/${row.playerId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      selection={selection}
      bulk={selection !== undefined && <BulkLock selection={selection} />}
      next={query.data?.next}
      cursor={url.cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(playerId) => <PlayerPeek playerId={playerId} />}
    />
  );
}

type Filters = { readonly [K in keyof typeof parsers]: string | null };

function usePlayers(search: PlayerSearch | undefined, filters: Filters, cursor: string | null) {
  const input = useMemo(
    (): InputOf<"player.list"> => ({
      status: filters.status as (typeof statuses)[number] | null,
      country: filters.country,
      tag: filters.tag,
      cursor,
      ...(search === undefined || search.kind === "playerId" ? {} : { [search.kind]: search.text }),
    }),
    [search?.kind, search?.text, filters.status, filters.country, filters.tag, cursor],
  );
  const byId = search?.kind === "playerId" ? search.text : undefined;
  const listed = useQuery({
    ...read("player.list", input),
    placeholderData: keepPreviousData,
    enabled: byId === undefined,
  });
  const found = useQuery({
    ...read("player.show", { playerId: byId ?? "" }),
    enabled: byId !== undefined,
    select: (player) => ({ rows: [player], next: null }),
  });
  return byId === undefined ? listed : found;
}

function SearchedAs({ search, onChange }: { search: PlayerSearch; onChange: (as: "name" | "nickname") => void }) {
  const t = useTranslations("players.searched");
  const personal = useMay("player.search-personal");
  const other = search.kind === "name" ? "nickname" : search.kind === "nickname" && personal ? "name" : undefined;
  return (
    <span className="flex items-center gap-2 text-xs text-ink-muted">
      {t(search.kind)}
      {other !== undefined && (
        <Button look="link" size="sm" onClick={() => onChange(other)}>
          {t(`instead.${other}`)}
        </Button>
      )}
    </span>
  );
}

function useColumns(): readonly Column<PlayerRow>[] {
  const t = useTranslations("players.columns");
  const locale = useLocale();
  return useMemo(() => {
    const countries = new Intl.DisplayNames(locale, { type: "region" });
    return [
      {
        id: "nickname",
        header: t("nickname"),
        cell: (row) => <span className="font-medium">{row.erased ? t("erased") : row.nickname}</span>,
      },
      {
        id: "id",
        header: t("id"),
        width: 8,
        cell: (row) => <span className="font-mono text-xs text-ink-muted">{row.playerId}</span>,
      },
      {
        id: "status",
        header: t("status"),
        width: 8,
        narrow: "end",
        cell: (row) => <PlayerStatus status={row.status} />,
      },
      { id: "country", header: t("country"), width: 11, cell: (row) => countries.of(row.country) ?? row.country },
      {
        id: "tags",
        header: t("tags"),
        width: 14,
        cell: (row) => (
          <span className="flex gap-1">
            {row.tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </span>
        ),
      },
      {
        id: "email",
        header: t("email"),
        width: 9,
        optional: true,
        cell: (row) => t(row.emailVerified ? "verified" : "unverified"),
      },
      { id: "created", header: t("created"), width: 12, cell: (row) => <Time at={row.createdAt} precision="minute" /> },
    ];
  }, [t, locale]);
}

function useFilters(
  filters: Filters,
  set: (name: keyof typeof parsers, value: string | null) => void,
): readonly FilterControl[] {
  const t = useTranslations("players.columns");
  const words = useTranslations("words.playerStatus");
  const tags = useQuery(read("player.tags"));
  return [
    {
      id: "status",
      label: t("status"),
      kind: "choice",
      choices: statuses.map((value) => ({ value, label: words(value) })),
      value: filters.status,
      onChange: (value) => set("status", value),
    },
    {
      id: "country",
      label: t("country"),
      kind: "text",
      placeholder: "DE",
      value: filters.country,
      onChange: (value) => set("country", value?.toUpperCase() ?? null),
    },
    {
      id: "tag",
      label: t("tags"),
      kind: "choice",
      choices: (tags.data ?? []).map(({ tag }) => ({ value: tag, label: tag })),
      value: filters.tag,
      onChange: (value) => set("tag", value),
    },
  ];
}
