"use client";

import { useTranslations } from "use-intl";
import type { AmlCaseDetail } from "#features/aml/case-state.tsx";
import { AlertState, Measured, Severity } from "#features/monitoring/alert-state.tsx";
import { EvidenceTable } from "#features/monitoring/evidence-table.tsx";
import { Time } from "#ui/time.tsx";

/** What was found, each with the movements that it rests on. */
export function CaseAlerts({ found }: { found: AmlCaseDetail }) {
  const t = useTranslations("monitoring.rules");
  return (
    <ul className="flex flex-col gap-4">
      {found.found.map((alert) => (
        <li key={alert.alertId} className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-3">
            <span className="font-mono text-xs">{alert.rule}</span>
            <span className="text-ink-muted">{t("versionOf", { version: alert.ruleVersion })}</span>
            <Severity severity={alert.severity} />
            <AlertState state={alert.state} />
            <Time at={alert.happenedAt} className="text-xs text-ink-muted" />
          </p>
          <Measured measured={alert.measured} />
          <details className="mt-1" open={found.found.length === 1}>
            <summary className="w-fit rounded-sm text-xs text-ink-muted hover:text-ink">
              {t("facts", { count: alert.evidence.length })}
            </summary>
            <EvidenceTable label={`${alert.rule} ${alert.alertId}`} facts={alert.evidence} />
          </details>
        </li>
      ))}
    </ul>
  );
}
