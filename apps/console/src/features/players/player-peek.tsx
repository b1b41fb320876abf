"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { PlayerBalances } from "#features/players/player-balances.tsx";
import { PlayerFields } from "#features/players/player-fields.tsx";
import { PlayerStatus } from "#features/players/player-status.tsx";
import { PlayerTags } from "#features/players/player-tags.tsx";
import { PlayerTimeline } from "#features/players/player-timeline.tsx";
import { useCountryNames } from "#features/players/use-country-names.ts";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

/** A player at a glance, beside the list. */
export function PlayerPeek({ playerId }: { playerId: string }) {
  const t = useTranslations("players.detail");
  const countries = useCountryNames();
  const player = useQuery(read("player.show", { playerId }));
  const { data } = player;
  if (player.error !== null && data === undefined) {
    return <FailureState failure={failureOf(player.error)} onRetry={() => void player.refetch()} />;
  }
  return (
    <div className="px-4 py-3">
      <div className="mb-3">
        <h2 className="text-lg font-semibold tracking-[-0.01em]">
          {data === undefined ? <Skeleton className="my-2 w-32" /> : data.erased ? t("erased") : data.nickname}
        </h2>
        <div className="flex min-h-5 items-center gap-4 text-ink-muted">
          {data !== undefined && (
            <>
              <PlayerStatus status={data.status} />
              <span>{countries(data.country)}</span>
            </>
          )}
        </div>
      </div>
      <PlayerBalances playerId={playerId} />
      <PlayerFields playerId={playerId} player={data} />
      <PlayerTags playerId={playerId} tags={data?.tags} />
      <Section title={t("tabs.timeline")} className="[--page-x:0px]">
        <PlayerTimeline playerId={playerId} />
      </Section>
    </div>
  );
}
