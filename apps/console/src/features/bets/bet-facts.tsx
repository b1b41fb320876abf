"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { BetStatus } from "#features/bets/bet-status.tsx";
import type { OutputOf } from "#lib/api.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type BetDetail = OutputOf<"bet.show">;

function roundHref({ playerId, provider, roundId }: Pick<BetDetail, "playerId" | "provider" | "roundId">): string {
  return `/rounds/${encodeURIComponent(provider)}/${playerId}/${encodeURIComponent(roundId)}`;
}

export function BetFacts({ bet }: { bet: BetDetail }) {
  const t = useTranslations("bets.detail");
  const nothing = /^0(\.0+)?$/;
  return (
    <KeyValues
      items={[
        { label: t("player"), value: <IdChip id={bet.playerId} href={`/players/${bet.playerId}`} /> },
        { label: t("nickname"), value: bet.nickname },
        { label: t("game"), value: `${bet.gameName} · ${bet.provider}` },
        {
          label: t("round"),
          value: (
            <Link
              href={roundHref(bet)}
              className="font-mono text-xs text-accent no-underline underline-offset-2 hover:underline"
            >
              {bet.roundId}
            </Link>
          ),
        },
        { label: t("placed"), value: <Time at={bet.placedAt} /> },
        { label: t("status"), value: <BetStatus status={bet.status} outcome={bet.outcome} /> },
        { label: t("stake"), value: <Money amount={bet.stake} currency={bet.currency} /> },
        ...(nothing.test(bet.funding.bonus)
          ? []
          : [
              { label: t("fromCash"), value: <Money amount={bet.funding.cash} currency={bet.currency} /> },
              { label: t("fromBonus"), value: <Money amount={bet.funding.bonus} currency={bet.currency} /> },
            ]),
        {
          label: t("payout"),
          value: bet.status === "HELD" ? "–" : <Money amount={bet.payout} currency={bet.currency} />,
        },
      ]}
    />
  );
}
