"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { BetFacts } from "#features/bets/bet-facts.tsx";
import { BetHistory } from "#features/bets/bet-history.tsx";
import { VoidBet } from "#features/bets/void-bet.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function BetPeek({ betId }: { betId: string }) {
  const t = useTranslations("bets.detail");
  const bet = useQuery(read("bet.show", { betId }));
  if (bet.data === undefined) {
    return bet.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(bet.error)} onRetry={() => void bet.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <BetFacts bet={bet.data} />
      <Section title={t("history")}>
        <BetHistory bet={bet.data} />
      </Section>
      <VoidBet bet={bet.data} />
    </div>
  );
}
