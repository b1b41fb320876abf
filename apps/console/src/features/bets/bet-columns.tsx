"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { BetStatus } from "#features/bets/bet-status.tsx";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type BetRow = OutputOf<"bet.list">["rows"][number];

/** The columns of every list of bets; one player's leaves the player out. */
export function useBetColumns(ofOnePlayer = false): readonly Column<BetRow>[] {
  const t = useTranslations("bets.columns");
  return useMemo(() => {
    const columns: readonly (Column<BetRow> | undefined)[] = [
      {
        id: "bet",
        header: t("bet"),
        width: 10.5,
        cell: (bet) => <span className="font-mono text-xs">{bet.betId}</span>,
      },
      { id: "placed", header: t("placed"), width: 11, cell: (bet) => <Time at={bet.placedAt} short /> },
      ofOnePlayer
        ? undefined
        : {
            id: "player",
            header: t("player"),
            width: 9,
            cell: (bet) => (
              <span className="flex items-baseline gap-1.5">
                <span className="truncate">{bet.nickname}</span>
              </span>
            ),
          },
      { id: "game", header: t("game"), cell: (bet) => bet.gameName },
      {
        id: "status",
        header: t("status"),
        width: 8,
        cell: (bet) => <BetStatus status={bet.status} outcome={bet.outcome} />,
      },
      {
        id: "stake",
        header: t("stake"),
        width: 9.5,
        align: "end",
        narrow: "end",
        cell: (bet) => <Money amount={bet.stake} currency={bet.currency} />,
      },
      {
        id: "payout",
        header: t("payout"),
        width: 9.5,
        align: "end",
        cell: (bet) =>
          bet.status === "HELD" ? (
            <span className="text-ink-faint">–</span>
          ) : (
            <Money amount={bet.payout} currency={bet.currency} />
          ),
      },
      ofOnePlayer
        ? undefined
        : {
            id: "playerId",
            header: t("playerId"),
            width: 8,
            optional: true,
            cell: (bet) => <IdChip id={bet.playerId} href={`/players/${bet.playerId}`} />,
          },
      { id: "provider", header: t("provider"), width: 8, optional: true, cell: (bet) => bet.provider },
      {
        id: "round",
        header: t("round"),
        width: 16,
        optional: true,
        cell: (bet) => <span className="font-mono text-xs">{bet.roundId}</span>,
      },
      {
        id: "bonus",
        header: t("bonus"),
        width: 9,
        align: "end",
        optional: true,
        cell: (bet) => <Money amount={bet.bonusPart} currency={bet.currency} />,
      },
    ];
    return columns.filter((column) => column !== undefined);
  }, [t, ofOnePlayer]);
}
