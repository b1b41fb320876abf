"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { BetFacts } from "#features/bets/bet-facts.tsx";
import { BetHistory } from "#features/bets/bet-history.tsx";
import { BetStatus } from "#features/bets/bet-status.tsx";
import { VoidBet } from "#features/bets/void-bet.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { JsonView } from "#ui/json-view.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Timeline } from "#ui/timeline.tsx";

export function BetPage({ betId }: { betId: string }) {
  const t = useTranslations("bets.detail");
  const titles = useTranslations("bets");
  const bet = useQuery(read("bet.show", { betId }));
  const parent = { label: titles("title"), href: "/bets" };
  const { data } = bet;
  if (bet.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={betId} parent={parent} />
        <FailureState failure={failureOf(bet.error)} onRetry={() => void bet.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={t("title", { game: data?.gameName ?? "…" })}
          badge={data === undefined ? undefined : <BetStatus status={data.status} outcome={data.outcome} />}
          summary={<IdChip id={betId} />}
          actions={data === undefined ? undefined : <VoidBet bet={data} />}
        />
      }
      rail={
        <Section title={t("facts")}>
          {data === undefined ? <Skeleton className="h-64 rounded-md" /> : <BetFacts bet={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("history")}>
          {data === undefined ? (
            <Timeline entries={undefined} empty={{ title: t("noHistory") }} />
          ) : (
            <BetHistory bet={data} />
          )}
        </Section>
        <Section title={t("selection")}>
          {data === undefined ? (
            <Skeleton className="h-16 rounded-md" />
          ) : (
            <JsonView value={data.selection} label={t("selection")} />
          )}
        </Section>
      </div>
    </DetailPage>
  );
}
