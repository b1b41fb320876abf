"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

export type FactRow = OutputOf<"report.facts">["rows"][number];

const zero = /^-?0(\.0+)?$/;

export function useFactColumns(): readonly Column<FactRow>[] {
  const t = useTranslations("reports.facts.columns");
  const kinds = useTranslations("reports.facts.kinds");
  return useMemo(() => {
    const money = (id: "stake" | "win" | "ggr" | "amount"): Column<FactRow> => ({
      id,
      header: t(id),
      width: 9,
      align: "end",
      ...(id === "ggr" ? { narrow: "end" } : {}),
      cell: (row) =>
        zero.test(row[id]) ? (
          <span className="text-ink-faint">–</span>
        ) : (
          <Money amount={row[id]} currency={row.currency} />
        ),
    });
    return [
      {
        id: "transaction",
        header: t("transaction"),
        width: 10.5,
        cell: (row) => <span className="font-mono text-xs">{row.transactionId}</span>,
      },
      { id: "at", header: t("at"), width: 11, cell: (row) => <Time at={row.at} short /> },
      { id: "kind", header: t("kind"), width: 9, cell: (row) => kinds(row.kind) },
      { id: "game", header: t("game"), cell: (row) => row.gameId },
      {
        id: "player",
        header: t("player"),
        width: 6,
        cell: (row) => <IdChip id={row.playerId} href={`/players/${row.playerId}`} />,
      },
      money("stake"),
      money("win"),
      money("ggr"),
      money("amount"),
      {
        id: "bet",
        header: t("bet"),
        width: 11,
        optional: true,
        cell: (row) => (row.betId === null ? null : <IdChip id={row.betId} href={`/bets/${row.betId}`} />),
      },
      { id: "brand", header: t("brand"), width: 7, optional: true, cell: (row) => row.brand },
      { id: "country", header: t("country"), width: 5, optional: true, cell: (row) => row.country },
      { id: "channel", header: t("channel"), width: 8, optional: true, cell: (row) => row.channel },
    ];
  }, [t, kinds]);
}
