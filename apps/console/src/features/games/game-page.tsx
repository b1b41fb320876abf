"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { EditGame } from "#features/games/edit-game.tsx";
import { GameFacts } from "#features/games/game-facts.tsx";
import { GameLimits } from "#features/games/game-limits.tsx";
import { GameMaintenance } from "#features/games/game-maintenance.tsx";
import { GameStatus } from "#features/games/game-status.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function GamePage({ code }: { code: string }) {
  const t = useTranslations("games");
  const game = useQuery(read("game.show", { code }));
  const parent = { label: t("title"), href: "/games" };
  const { data } = game;
  if (game.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={code} parent={parent} />
        <FailureState failure={failureOf(game.error)} onRetry={() => void game.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : data.name}
          badge={data === undefined ? undefined : <GameStatus status={data.status} />}
          summary={<IdChip id={code} />}
          actions={data === undefined ? undefined : <EditGame key={data.updatedAt} game={data} />}
        />
      }
      rail={
        <Section title={t("detail.facts")}>
          {data === undefined ? <Skeleton className="h-72 rounded-md" /> : <GameFacts game={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        {data === undefined ? (
          <Skeleton className="mt-4 h-72 rounded-md" />
        ) : (
          <>
            <GameLimits game={data} />
            <GameMaintenance game={data} />
          </>
        )}
      </div>
    </DetailPage>
  );
}
