"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Money } from "#ui/money.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

export type Trouble = OutputOf<"round.troubles">["rows"][number];

const tones = { STUCK: "warn", STALE: "bad", LATE_WIN: "accent", TOMBSTONE: "neutral" } as const;

export function TroubleStatus({ trouble }: { trouble: Trouble["trouble"] }) {
  const t = useTranslations("bets.inbox.troubles");
  return (
    <Status tone={tones[trouble]} open={trouble === "STUCK"}>
      {t(trouble)}
    </Status>
  );
}

export function useTroubleColumns(): readonly Column<Trouble>[] {
  const t = useTranslations("bets.inbox");
  return useMemo(
    () => [
      { id: "age", header: t("columns.age"), width: 8, cell: (row) => <Time at={row.since} relative /> },
      {
        id: "trouble",
        header: t("columns.trouble"),
        width: 8.5,
        cell: (row) => <TroubleStatus trouble={row.trouble} />,
      },
      { id: "cause", header: t("columns.cause"), cell: (row) => t(`causes.${row.cause}`) },
      { id: "action", header: t("columns.action"), width: 17, cell: (row) => t(`actions.${row.action}`) },
      {
        id: "player",
        header: t("columns.player"),
        width: 9,
        cell: (row) => <span className="truncate">{row.nickname === "" ? row.playerId : row.nickname}</span>,
      },
      { id: "provider", header: t("columns.provider"), width: 7, cell: (row) => row.provider ?? "–" },
      {
        id: "amount",
        header: t("columns.amount"),
        width: 9.5,
        align: "end",
        narrow: "end",
        cell: (row) =>
          row.amount === null ? null : <Money amount={row.amount.amount} currency={row.amount.currency} />,
      },
      {
        id: "since",
        header: t("columns.since"),
        width: 11,
        optional: true,
        cell: (row) => <Time at={row.since} short />,
      },
      { id: "bets", header: t("columns.bets"), width: 5, align: "end", optional: true, cell: (row) => row.bets },
      {
        id: "round",
        header: t("columns.round"),
        width: 16,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.roundId ?? row.requestId}</span>,
      },
    ],
    [t],
  );
}
