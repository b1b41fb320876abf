"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { GameStatus } from "#features/games/game-status.tsx";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Time } from "#ui/time.tsx";

export type GameRow = OutputOf<"game.list">["rows"][number];

export function useGameColumns(): readonly Column<GameRow>[] {
  const t = useTranslations("games");
  return useMemo(
    () => [
      {
        id: "code",
        header: t("columns.code"),
        width: 13,
        cell: (row) => <span className="font-mono text-xs">{row.code}</span>,
      },
      { id: "name", header: t("columns.name"), cell: (row) => row.name },
      { id: "status", header: t("columns.status"), width: 10, cell: (row) => <GameStatus status={row.status} /> },
      { id: "provider", header: t("columns.provider"), width: 9, cell: (row) => row.providerName },
      { id: "category", header: t("columns.category"), width: 8, cell: (row) => row.category },
      { id: "tags", header: t("columns.tags"), width: 9, cell: (row) => row.tags.join(", ") },
      {
        id: "devices",
        header: t("columns.devices"),
        width: 12,
        optional: true,
        cell: (row) => row.devices.map((device) => t(`devices.${device}`)).join(", "),
      },
      {
        id: "limits",
        header: t("columns.limits"),
        width: 10,
        cell: (row) => <span className="text-ink-muted">{Object.keys(row.limits).join(", ")}</span>,
      },
      {
        id: "updated",
        header: t("columns.updated"),
        width: 11,
        optional: true,
        cell: (row) => <Time at={row.updatedAt} short />,
      },
    ],
    [t],
  );
}
