"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo, useState } from "react";
import { hitStates } from "@pitboss/domain/compliance/screening/hit-machine";
import { listSources } from "@pitboss/domain/compliance/screening/list-entry";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { useHitColumns } from "#features/screening/hit-columns.tsx";
import { HitPeek } from "#features/screening/hit-peek.tsx";
import type { HitRow } from "#features/screening/hit-state.tsx";
import { ListsDialog } from "#features/screening/lists-dialog.tsx";
import { ScreeningSummary } from "#features/screening/screening-summary.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { type InputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { Button } from "#ui/button.tsx";
import { ListPage } from "#ui/list-page.tsx";

const topics = ["SANCTION", "PEP"] as const;
const parsers = {
  player: parseAsString,
  state: parseAsStringLiteral(hitStates),
  source: parseAsStringLiteral(listSources),
  topic: parseAsStringLiteral(topics),
  minScore: parseAsString,
};
/** While a run goes on its progress is asked for this often, ms. */
const progressEveryMs = 2_000;

export function HitsPage() {
  const t = useTranslations("screening");
  const states = useTranslations("words.hitState");
  const topicWords = useTranslations("words.listTopic");
  const sourceWords = useTranslations("words.listSource");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const [showingLists, setShowingLists] = useState(false);
  const input = useMemo((): InputOf<"screening.hits"> => {
    const { player, minScore, ...same } = filters;
    const least = minScore !== null && /^[0-9]{1,4}$/.test(minScore) ? Number(minScore) : null;
    return { ...same, playerId: player, minScore: least, cursor };
  }, [filters, cursor]);
  const query = useQuery({ ...read("screening.hits", input), placeholderData: keepPreviousData });
  const status = useQuery({
    ...read("screening.status"),
    refetchInterval: ({ state }) => (state.data?.run?.state === "RUNNING" ? progressEveryMs : false),
  });
  const columns = useHitColumns();

  /** A hit's id opens it; a player's becomes the filter. */
  function search(text: string) {
    if (parseId("screeningHit", text) !== undefined) router.push(`/screening/${text}`);
    else url.setFilter("player", text);
  }

  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <>
      <ListPage<HitRow>
        title={t("title")}
        label={t("title")}
        summary={status.data === undefined ? undefined : <ScreeningSummary status={status.data} />}
        actions={
          <>
            <Button onClick={() => setShowingLists(true)}>{t("lists.open")}</Button>
            <ViewsMenu list="screening" state={url.state} onApply={url.apply} />
          </>
        }
        search={{ value: filters.player ?? "", placeholder: t("search"), onChange: search }}
        filters={[
          { ...control("state"), kind: "choice", choices: hitStates.map((value) => ({ value, label: states(value) })) },
          {
            ...control("source"),
            kind: "choice",
            choices: listSources.map((value) => ({ value, label: sourceWords(value) })),
          },
          {
            ...control("topic"),
            kind: "choice",
            choices: topics.map((value) => ({ value, label: topicWords(value) })),
          },
          { ...control("minScore"), kind: "text", placeholder: "900" },
        ]}
        onClearFilters={url.clearFilters}
        columns={columns}
        visible={url.columns}
        onColumns={url.setColumns}
        list={listStateOf(query, (data) => data.rows)}
        rowId={(row) => row.hitId}
        rowHref={(row) => `/screening/${row.hitId}`}
        empty={{ title: t("empty"), hint: t("emptyHint") }}
        next={query.data?.next}
        cursor={cursor}
        onPage={url.goTo}
        peekId={url.peek}
        onPeek={url.setPeek}
        peek={(hitId) => <HitPeek hitId={hitId} />}
      />
      <ListsDialog status={status.data} open={showingLists} onClose={() => setShowingLists(false)} />
    </>
  );
}
