"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { PlayerAffiliate } from "#features/affiliates/player-affiliate.tsx";
import { PlayerLinks } from "#features/links/player-links.tsx";
import { PlayerAccess } from "#features/players/player-access.tsx";
import { PlayerActions } from "#features/players/player-actions.tsx";
import { PlayerBalances } from "#features/players/player-balances.tsx";
import { PlayerBets } from "#features/players/player-bets.tsx";
import { PlayerFields } from "#features/players/player-fields.tsx";
import { PlayerNotes } from "#features/players/player-notes.tsx";
import { PlayerOpenApprovals } from "#features/players/player-open-approvals.tsx";
import { PlayerPostings } from "#features/players/player-postings.tsx";
import { PlayerStatus } from "#features/players/player-status.tsx";
import { PlayerTags } from "#features/players/player-tags.tsx";
import { PlayerTimeline } from "#features/players/player-timeline.tsx";
import { PlayerRg } from "#features/rg/player-rg.tsx";
import { useCountryNames } from "#features/players/use-country-names.ts";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { Time } from "#ui/time.tsx";

const tabs = ["timeline", "bets", "postings", "rg", "access", "links", "notes"] as const;

export function PlayerPage({ playerId }: { playerId: string }) {
  const t = useTranslations("players.detail");
  const titles = useTranslations("players");
  const countries = useCountryNames();
  const mayLinks = useMay("link.read");
  const mayAffiliates = useMay("affiliate.read");
  const [tab, setTab] = useQueryState(
    "tab",
    parseAsStringLiteral(tabs).withDefault("timeline").withOptions({ history: "push" }),
  );
  const player = useQuery(read("player.show", { playerId }));
  const parent = { label: titles("title"), href: "/players" };
  if (player.error !== null && player.data === undefined) {
    return (
      <>
        <PageHeader title={playerId} parent={parent} />
        <FailureState failure={failureOf(player.error)} onRetry={() => void player.refetch()} />
      </>
    );
  }
  const data = player.data;
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : data.erased ? t("erased") : data.nickname}
          badge={data === undefined ? undefined : <PlayerStatus status={data.status} />}
          summary={
            <span className="flex flex-wrap items-center gap-x-4">
              <IdChip id={playerId} />
              {data === undefined ? (
                <Skeleton className="w-56" />
              ) : (
                <>
                  <span>{countries(data.country)}</span>
                  <span>{data.brand}</span>
                  <span>
                    {t("registered")} <Time at={data.createdAt} precision="minute" />
                  </span>
                </>
              )}
            </span>
          }
          actions={data === undefined ? undefined : <PlayerActions player={data} />}
        />
      }
      rail={
        <>
          <PlayerBalances playerId={playerId} />
          <PlayerOpenApprovals playerId={playerId} />
          <PlayerFields playerId={playerId} player={data} />
          <PlayerTags playerId={playerId} tags={data?.tags} />
          {mayAffiliates && <PlayerAffiliate playerId={playerId} />}
        </>
      }
    >
      <Tabs
        label={t("parts")}
        value={tab}
        onChange={(next) => void setTab(next)}
        className="min-h-0 flex-1"
        tabs={tabs
          .filter((value) => value !== "links" || mayLinks)
          .map((value) => ({ value, label: t(`tabs.${value}`) }))}
      >
        {tab === "timeline" && <PlayerTimeline playerId={playerId} />}
        {tab === "bets" && <PlayerBets playerId={playerId} />}
        {tab === "postings" && <PlayerPostings playerId={playerId} />}
        {tab === "rg" && <PlayerRg playerId={playerId} />}
        {tab === "access" && <PlayerAccess playerId={playerId} />}
        {tab === "links" && <PlayerLinks playerId={playerId} />}
        {tab === "notes" && <PlayerNotes playerId={playerId} />}
      </Tabs>
    </DetailPage>
  );
}
