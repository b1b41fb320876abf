"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { type GeoDecisionRow, GeoVerdict } from "#features/geo/geo-verdict.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { IdChip } from "#ui/id-chip.tsx";
import { Time } from "#ui/time.tsx";

export function useConflictColumns(): readonly Column<GeoDecisionRow>[] {
  const t = useTranslations("rg.conflicts.columns");
  const words = useTranslations("words");
  return useMemo(
    () => [
      {
        id: "decision",
        header: t("decision"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.decisionId}</span>,
      },
      { id: "at", header: t("at"), width: 11, cell: (row) => <Time at={row.at} short /> },
      {
        id: "verdict",
        header: t("verdict"),
        width: 8,
        narrow: "end",
        cell: (row) => <GeoVerdict verdict={row.verdict} />,
      },
      {
        id: "player",
        header: t("player"),
        width: 7,
        cell: (row) => <IdChip id={row.playerId} href={`/players/${row.playerId}`} />,
      },
      {
        id: "rule",
        header: t("rule"),
        width: 15,
        cell: (row) => (row.rule === null ? "–" : words(`geoRule.${row.rule}`)),
      },
      {
        id: "about",
        header: t("about"),
        cell: (row) => <span className="font-mono text-xs">{row.findings[0]?.about ?? "–"}</span>,
      },
      { id: "occasion", header: t("occasion"), width: 9, cell: (row) => words(`geoOccasion.${row.occasion}`) },
      {
        id: "jurisdiction",
        header: t("jurisdiction"),
        width: 9,
        optional: true,
        cell: (row) => `${row.jurisdiction} v${row.packVersion}`,
      },
      {
        id: "ip",
        header: t("ip"),
        width: 11,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.ip}</span>,
      },
    ],
    [t, words],
  );
}
