"use client";

import { CircleCheck, CircleDashed, CircleSlash, OctagonAlert, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { PayoutDetail } from "#features/payouts/payout-facts.tsx";
import { cn } from "#lib/cn.ts";

const icons = {
  PASS: { Icon: CircleCheck, tone: "text-good" },
  SKIP: { Icon: CircleDashed, tone: "text-ink-faint" },
  RISK: { Icon: TriangleAlert, tone: "text-warn" },
  STOP: { Icon: OctagonAlert, tone: "text-bad" },
  REFUSE: { Icon: CircleSlash, tone: "text-bad" },
} as const;

/** What was looked at, why it says what it says, and exactly what it was given. */
export function PayoutChecks({ checks }: Pick<PayoutDetail, "checks">) {
  const t = useTranslations("payouts.checks");
  return (
    <ul className="flex flex-col gap-2">
      {checks.map(({ name, version, outcome, points, inputs }) => {
        const { Icon, tone } = icons[outcome];
        return (
          <li key={name} className="flex items-start gap-2">
            <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", tone)} />
            <div className="min-w-0">
              <div>
                {t(`names.${name}`)}{" "}
                <span className="text-xs text-ink-muted">
                  {t(`outcomes.${outcome}`)}
                  {points > 0 && ` · ${t("points", { points })}`} · {t("version", { version })}
                </span>
              </div>
              {outcome !== "PASS" && outcome !== "SKIP" && <div>{t(`why.${name}`)}</div>}
              <div className="font-mono text-xs wrap-anywhere text-ink-muted">
                {Object.entries(inputs)
                  .map(([field, value]) => `${field}=${String(value)}`)
                  .join("  ")}
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
