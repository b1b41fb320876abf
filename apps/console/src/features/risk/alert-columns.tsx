"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { AlertState, Measured, Severity } from "#features/monitoring/alert-state.tsx";
import type { OutputOf } from "#lib/api.ts";
import type { Column } from "#ui/data-table-types.ts";
import { Time } from "#ui/time.tsx";

export type RiskAlertRow = OutputOf<"risk.alerts">["rows"][number];
export type RiskAlertDetail = OutputOf<"risk.alert">;

export function useAlertColumns(): readonly Column<RiskAlertRow>[] {
  const t = useTranslations("monitoring.columns");
  return useMemo(
    () => [
      {
        id: "alert",
        header: t("alert"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.alertId}</span>,
      },
      { id: "happened", header: t("happened"), width: 11, cell: (row) => <Time at={row.happenedAt} short /> },
      { id: "state", header: t("state"), width: 9, narrow: "end", cell: (row) => <AlertState state={row.state} /> },
      { id: "player", header: t("player"), width: 12, cell: (row) => row.nickname },
      {
        id: "rule",
        header: t("rule"),
        width: 12,
        cell: (row) => <span className="font-mono text-xs">{row.rule}</span>,
      },
      { id: "severity", header: t("severity"), width: 7, cell: (row) => <Severity severity={row.severity} /> },
      { id: "measured", header: t("measured"), cell: (row) => <Measured measured={row.measured} /> },
      {
        id: "due",
        header: t("due"),
        width: 11,
        optional: true,
        cell: (row) => <Time at={row.dueAt} short className={row.late ? "text-bad" : ""} />,
      },
    ],
    [t],
  );
}
