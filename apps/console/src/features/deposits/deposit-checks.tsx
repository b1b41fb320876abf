"use client";

import { CircleCheck, OctagonAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { DepositDetail } from "#features/deposits/deposit-facts.tsx";
import { cn } from "#lib/cn.ts";

const known = [
  "player-status",
  "amount-range",
  "velocity",
  "instrument-owner",
  "not-excluded",
  "location",
  "kyc-level",
  "kyc-cap",
  "deposit-limit",
  "profile-bound",
] as const;

/** What was looked at before the provider was asked, each with exactly what it was given. */
export function DepositChecks({ checks }: Pick<DepositDetail, "checks">) {
  const t = useTranslations("deposits.checks");
  return (
    <ul className="flex flex-col gap-2">
      {checks.map(({ name, version, outcome, inputs }) => {
        const passed = outcome === "PASS";
        const Icon = passed ? CircleCheck : OctagonAlert;
        const word = known.find((one) => one === name);
        return (
          <li key={name} className="flex items-start gap-2">
            <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", passed ? "text-good" : "text-bad")} />
            <div className="min-w-0">
              <div>
                {word === undefined ? name : t(`names.${word}`)}{" "}
                <span className="text-xs text-ink-muted">
                  {t(passed ? "passed" : "refused")} · {t("version", { version })}
                </span>
              </div>
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
