"use client";

import { useTranslations } from "use-intl";
import { AlertState, Measured, Severity } from "#features/monitoring/alert-state.tsx";
import type { RiskAlertDetail } from "#features/risk/alert-columns.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Time } from "#ui/time.tsx";

export function RiskAlertFacts({ alert }: { alert: RiskAlertDetail }) {
  const t = useTranslations("monitoring.columns");
  const rules = useTranslations("monitoring.rules");
  const { do: reaction, ...how } = alert.reaction as { do?: string } & Record<string, unknown>;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <AlertState state={alert.state} /> },
        { label: t("severity"), value: <Severity severity={alert.severity} /> },
        {
          label: t("player"),
          value: (
            <span className="flex flex-wrap items-center gap-2">
              {alert.nickname}
              <IdChip id={alert.playerId} href={`/players/${alert.playerId}`} />
            </span>
          ),
        },
        { label: t("rule"), value: `${alert.rule} · ${rules("versionOf", { version: alert.ruleVersion })}` },
        { label: t("happened"), value: <Time at={alert.happenedAt} /> },
        { label: t("measured"), value: <Measured measured={alert.measured} /> },
        {
          label: t("reaction"),
          value: [
            rules.has(`reactions.${reaction ?? ""}` as "reactions.TAG")
              ? rules(`reactions.${reaction ?? ""}` as "reactions.TAG")
              : reaction,
            ...Object.entries(how).map(([name, value]) => `${name} ${String(value)}`),
          ].join(" · "),
        },
        { label: t("due"), value: <Time at={alert.dueAt} className={alert.late ? "text-bad" : ""} /> },
        { label: t("owner"), value: alert.owner ?? "–" },
        ...(alert.decision === null
          ? []
          : [
              {
                label: t("decided"),
                value: (
                  <>
                    <Time at={alert.decision.at} /> · {alert.decision.by}: {alert.decision.reason}
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}
