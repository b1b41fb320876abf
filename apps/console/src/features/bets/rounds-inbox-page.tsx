"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import { parseAsStringLiteral } from "nuqs";
import { useTranslations } from "use-intl";
import { AlertBanner } from "#features/alerts/alert-banner.tsx";
import { RoundsNavigation } from "#features/bets/rounds-navigation.tsx";
import { type Trouble, useTroubleColumns } from "#features/bets/trouble-columns.tsx";
import { TroublePeek } from "#features/bets/trouble-peek.tsx";
import { read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Segmented } from "#ui/segmented.tsx";

const boxes = ["WAITING", "LATE_WINS", "TOMBSTONES"] as const;
const parsers = { box: parseAsStringLiteral(boxes) };

/** Rounds that somebody should look at: for how long, why, and what to do. */
export function RoundsInboxPage() {
  const t = useTranslations("bets.inbox");
  const url = useListUrl(parsers);
  const box = url.filters.box ?? "WAITING";
  const query = useQuery({
    ...read("round.troubles", { box, cursor: url.cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const rows = query.data?.rows ?? [];
  return (
    <ListPage<Trouble>
      title={t("title")}
      label={t("title")}
      actions={
        <Segmented
          label={t("box")}
          value={box}
          onChange={(next) => url.setFilter("box", next === "WAITING" ? null : next)}
          choices={boxes.map((value) => ({ value, label: t(`boxes.${value}`) }))}
        />
      }
      above={
        <>
          <RoundsNavigation />
          <AlertBanner kinds={["STALE_BETS"]} />
        </>
      }
      filters={[]}
      onClearFilters={url.clearFilters}
      columns={useTroubleColumns()}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.troubleId}
      rowHref={hrefOfTrouble}
      empty={{ icon: Hourglass, title: t(`empty.${box}`), hint: t(`emptyHint.${box}`) }}
      next={query.data?.next}
      cursor={url.cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(id) => <TroublePeek trouble={rows.find(({ troubleId }) => troubleId === id)} />}
    />
  );
}

/** Where the round is shown; a rollback whose bet never came belongs to no known round, and leads to its player. */
function hrefOfTrouble({ provider, playerId, roundId }: Trouble): string {
  return provider === null || roundId === null
    ? `/players/${playerId}`
    : `/rounds/${encodeURIComponent(provider)}/${playerId}/${encodeURIComponent(roundId)}`;
}
