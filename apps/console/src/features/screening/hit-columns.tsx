"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { type HitRow, HitState, Score } from "#features/screening/hit-state.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { Time } from "#ui/time.tsx";

export function useHitColumns(): readonly Column<HitRow>[] {
  const t = useTranslations("screening.columns");
  const topics = useTranslations("words.listTopic");
  const sources = useTranslations("words.listSource");
  return useMemo(
    () => [
      {
        id: "hit",
        header: t("hit"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.hitId}</span>,
      },
      { id: "found", header: t("found"), width: 11, cell: (row) => <Time at={row.foundAt} short /> },
      { id: "state", header: t("state"), width: 10, narrow: "end", cell: (row) => <HitState state={row.state} /> },
      { id: "player", header: t("player"), cell: (row) => row.nickname },
      { id: "list", header: t("list"), width: 12, cell: (row) => sources(row.source) },
      {
        id: "ref",
        header: t("ref"),
        width: 10,
        cell: (row) => <span className="font-mono text-xs">{row.ref}</span>,
      },
      { id: "topic", header: t("topic"), width: 8, cell: (row) => topics(row.topic) },
      { id: "score", header: t("score"), width: 5, align: "end", cell: (row) => <Score points={row.score} /> },
      {
        id: "until",
        header: t("until"),
        width: 11,
        optional: true,
        cell: (row) => (row.expiresAt === null ? null : <Time at={row.expiresAt} short />),
      },
    ],
    [t, topics, sources],
  );
}
