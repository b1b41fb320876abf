"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { RoundStatus } from "@pitboss/domain/wallet/ledger-codes";
import { useTranslations } from "use-intl";
import { BetHistory } from "#features/bets/bet-history.tsx";
import { BetStatus } from "#features/bets/bet-status.tsx";
import { VoidRound } from "#features/bets/void-round.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";

const tones = {
  OPEN: "accent",
  CLOSED: "good",
  LATE_CREDITED: "warn",
  STALE: "bad",
  VOIDED: "neutral",
} as const satisfies Record<RoundStatus, string>;

interface RoundPageProps {
  readonly provider: string;
  readonly playerId: string;
  readonly roundId: string;
}

/** A player's round with all of its bets. */
export function RoundPage({ provider, playerId, roundId }: RoundPageProps) {
  const t = useTranslations("bets.round");
  const titles = useTranslations("bets");
  const statuses = useTranslations("words.roundStatus");
  const round = useQuery(read("round.show", { provider, playerId, roundId }));
  const { data } = round;
  return (
    <ScrollPage>
      <PageHeader
        parent={{ label: titles("title"), href: "/bets" }}
        title={t("title")}
        actions={data !== undefined && <VoidRound round={data} />}
        badge={
          data !== undefined && (
            <Status tone={tones[data.status]} open={data.status === "OPEN"}>
              {statuses(data.status)}
            </Status>
          )
        }
        summary={
          <span className="flex flex-wrap items-center gap-x-4">
            <IdChip id={roundId} />
            <span>{provider}</span>
            <IdChip id={playerId} href={`/players/${playerId}`} />
            {data?.closedBy != null && (
              <span className="flex items-center gap-1">
                {t("closedBy")} <IdChip id={data.closedBy} href={`/ledger/${data.closedBy}`} />
              </span>
            )}
          </span>
        }
      />
      <div className="px-(--page-x)">
        {data === undefined ? (
          round.error === null ? (
            <Skeleton className="h-48 rounded-md" />
          ) : (
            <FailureState failure={failureOf(round.error)} onRetry={() => void round.refetch()} />
          )
        ) : data.bets.length === 0 ? (
          <Empty title={t("noBets")} />
        ) : (
          data.bets.map((bet) => (
            <Section
              key={bet.betId}
              title={bet.gameName}
              aside={
                <span className="flex items-center gap-4">
                  <BetStatus status={bet.status} outcome={bet.outcome} />
                  <Money amount={bet.stake} currency={bet.currency} />
                  <Link
                    href={`/bets/${bet.betId}`}
                    className="font-mono text-xs text-accent no-underline hover:underline"
                  >
                    {bet.betId}
                  </Link>
                </span>
              }
            >
              <BetHistory bet={bet} />
            </Section>
          ))
        )}
      </div>
    </ScrollPage>
  );
}
