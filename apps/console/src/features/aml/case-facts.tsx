"use client";

import { useTranslations } from "use-intl";
import { AmlCaseState, type AmlCaseDetail } from "#features/aml/case-state.tsx";
import { Severity } from "#features/monitoring/alert-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export function AmlCaseFacts({ found }: { found: AmlCaseDetail }) {
  const t = useTranslations("monitoring.columns");
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <AmlCaseState state={found.state} /> },
        { label: t("severity"), value: <Severity severity={found.severity} /> },
        {
          label: t("player"),
          value: (
            <span className="flex flex-wrap items-center gap-2">
              {found.nickname}
              <IdChip id={found.playerId} href={`/players/${found.playerId}`} />
            </span>
          ),
        },
        { label: t("owner"), value: found.owner ?? "–" },
        { label: t("opened"), value: <Time at={found.openedAt} /> },
        { label: t("due"), value: <Time at={found.dueAt} className={found.late ? "text-bad" : ""} /> },
        ...(found.decidedAt === null
          ? []
          : [
              {
                label: t("decided"),
                value: (
                  <>
                    <Time at={found.decidedAt} /> · {found.decidedBy}
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}
