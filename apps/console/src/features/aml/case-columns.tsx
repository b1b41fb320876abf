"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { AmlCaseState, type AmlCaseRow } from "#features/aml/case-state.tsx";
import { Severity } from "#features/monitoring/alert-state.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { Time } from "#ui/time.tsx";

export function useCaseColumns(): readonly Column<AmlCaseRow>[] {
  const t = useTranslations("monitoring.columns");
  return useMemo(
    () => [
      {
        id: "case",
        header: t("case"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.caseId}</span>,
      },
      { id: "opened", header: t("opened"), width: 11, cell: (row) => <Time at={row.openedAt} short /> },
      { id: "state", header: t("state"), width: 9, narrow: "end", cell: (row) => <AmlCaseState state={row.state} /> },
      { id: "player", header: t("player"), cell: (row) => row.nickname },
      { id: "severity", header: t("severity"), width: 7, cell: (row) => <Severity severity={row.severity} /> },
      { id: "alerts", header: t("alerts"), width: 5, align: "end", cell: (row) => row.alerts },
      {
        id: "due",
        header: t("due"),
        width: 11,
        cell: (row) => <Time at={row.dueAt} short className={row.late ? "text-bad" : ""} />,
      },
      { id: "owner", header: t("owner"), width: 10, optional: true, cell: (row) => row.owner },
    ],
    [t],
  );
}
