"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { geoFindingRules, geoVerdicts } from "@pitboss/domain/risk/geo";
import { useTranslations } from "use-intl";
import { useConflictColumns } from "#features/geo/conflict-columns.tsx";
import { ConflictPeek } from "#features/geo/conflict-peek.tsx";
import type { GeoDecisionRow } from "#features/geo/geo-verdict.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";

const parsers = {
  player: parseAsString,
  verdict: parseAsStringLiteral(geoVerdicts),
  rule: parseAsStringLiteral(geoFindingRules),
  jurisdiction: parseAsString,
};

/** What was found when players launched games and paid in; with a verdict chosen also where nothing was. */
export function ConflictsPage() {
  const t = useTranslations("rg.conflicts");
  const words = useTranslations("words");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"geo.list"> => {
    const { player, ...same } = filters;
    return { ...same, playerId: player, cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("geo.list", input), placeholderData: keepPreviousData });
  const columns = useConflictColumns();

  /** A decision's id opens it; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("geoDecision", text) !== undefined) router.push(`/geo/conflicts/${text}`);
    else url.setFilter("player", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <ListPage<GeoDecisionRow>
      title={t("title")}
      label={t("title")}
      summary={t("lead")}
      actions={<ViewsMenu list="geo-conflicts" state={url.state} onApply={url.apply} />}
      search={{ value: filters.player ?? "", placeholder: t("search"), onChange: search }}
      filters={[
        {
          ...control("verdict"),
          kind: "choice",
          choices: geoVerdicts.map((value) => ({ value, label: words(`geoVerdict.${value}`) })),
        },
        {
          ...control("rule"),
          kind: "choice",
          choices: geoFindingRules.map((value) => ({ value, label: words(`geoRule.${value}`) })),
        },
        { ...control("jurisdiction"), kind: "text", placeholder: "DE" },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.decisionId}
      rowHref={(row) => `/geo/conflicts/${row.decisionId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(decisionId) => <ConflictPeek decisionId={decisionId} />}
    />
  );
}
