"use client";

import { useTranslations } from "use-intl";
import { slaStages } from "@pitboss/domain/reporting/payout-sla";
import { Duration } from "#features/payout-sla/duration.tsx";
import type { SlaRow } from "#features/payout-sla/payout-sla-page.tsx";

/** A payout's stages under each other, and the whole: they add up for each payout, percentiles do not. */
export function SlaStages({ row }: { row: SlaRow }) {
  const t = useTranslations("payoutSla");
  const lines = [
    ...slaStages.map((name) => ({ name, times: row.stages[name] })),
    { name: "total" as const, times: row.total },
  ];
  return (
    <div tabIndex={0} role="group" aria-label={t("stages")} className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="border-b border-line text-xs text-ink-muted">
            {(["stage", "passed", "p50", "p95", "late"] as const).map((name, index) => (
              <th
                key={name}
                scope="col"
                className={`h-7 pe-4 font-medium last:pe-0 ${index === 0 ? "text-start" : "text-end"}`}
              >
                {t(`stageColumns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {lines.map(({ name, times }) => (
            <tr key={name} className={name === "total" ? "font-medium" : ""}>
              <th scope="row" className="h-8.5 pe-4 text-start font-[inherit] whitespace-nowrap">
                {t(`stage.${name}`)}
              </th>
              <td className="tabular pe-4 text-end">{times.passed}</td>
              <td className="pe-4 text-end">
                <Duration seconds={times.p50} />
              </td>
              <td className="pe-4 text-end">
                <Duration seconds={times.p95} />
              </td>
              <td className={`tabular text-end ${times.late === "0" ? "" : "text-bad"}`}>{times.late}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
