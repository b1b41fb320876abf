"use client";

import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { cn } from "#lib/cn.ts";
import { Empty } from "#ui/empty.tsx";
import { Money } from "#ui/money.tsx";

type Day = OutputOf<"report.day">[number];

/** Both sides of every line, and what lies between them. */
export function DayLines({ day }: { day: Day }) {
  const t = useTranslations("reports.days");
  if (day.lines.length === 0) return <Empty title={t("nothingMoved")} className="py-6" />;
  return (
    <div tabIndex={0} role="group" aria-label={t("side.line")} className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="text-xs text-ink-muted">
            <th className="h-7 pe-4 text-start font-normal">{t("side.line")}</th>
            <th className="pe-4 text-end font-normal">{t("side.ledger")}</th>
            <th className="pe-4 text-end font-normal">{t("side.facts")}</th>
            <th className="text-end font-normal">{t("side.off")}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {day.lines.map(({ line, currency, ledger, facts, off }) => (
            <tr key={`${line} ${currency}`} className={cn(ledger !== facts && "bg-bad-soft")}>
              <td className="h-8 pe-4 whitespace-nowrap">{t(`names.${line}`)}</td>
              <td className="pe-4 text-end">
                <Money amount={ledger} currency={currency} />
              </td>
              <td className="pe-4 text-end">
                <Money amount={facts} currency={currency} />
              </td>
              <td className="text-end">
                {ledger === facts ? (
                  <span className="text-ink-faint">–</span>
                ) : (
                  <Money amount={off} currency={currency} signed />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
