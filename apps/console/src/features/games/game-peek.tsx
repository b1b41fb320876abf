"use client";

import { useQuery } from "@tanstack/react-query";
import { GameFacts } from "#features/games/game-facts.tsx";
import { GameLimits } from "#features/games/game-limits.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function GamePeek({ code }: { code: string }) {
  const game = useQuery(read("game.show", { code }));
  if (game.data === undefined) {
    return game.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(game.error)} onRetry={() => void game.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <GameFacts game={game.data} />
      <GameLimits game={game.data} />
    </div>
  );
}
