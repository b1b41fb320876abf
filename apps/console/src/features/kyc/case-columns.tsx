"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { type CaseRow, CaseState } from "#features/kyc/case-state.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { Time } from "#ui/time.tsx";

export function useCaseColumns(): readonly Column<CaseRow>[] {
  const t = useTranslations("kyc.columns");
  const reasons = useTranslations("words.caseReason");
  return useMemo(
    () => [
      {
        id: "case",
        header: t("case"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.caseId}</span>,
      },
      { id: "opened", header: t("opened"), width: 11, cell: (row) => <Time at={row.openedAt} short /> },
      { id: "state", header: t("state"), width: 11, narrow: "end", cell: (row) => <CaseState state={row.state} /> },
      { id: "player", header: t("player"), cell: (row) => row.nickname },
      {
        id: "level",
        header: t("level"),
        width: 5,
        align: "end",
        cell: (row) => <span className="tabular">{row.level}</span>,
      },
      {
        id: "due",
        header: t("due"),
        width: 11,
        cell: (row) =>
          row.dueAt === null ? null : (
            <span className={row.late ? "text-bad" : undefined}>
              <Time at={row.dueAt} short />
            </span>
          ),
      },
      {
        id: "reason",
        header: t("reason"),
        width: 12,
        optional: true,
        cell: (row) => (row.reason === null ? null : reasons(row.reason)),
      },
    ],
    [t, reasons],
  );
}
