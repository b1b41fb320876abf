"use client";

import { CircleCheck, CircleSlash } from "lucide-react";
import { useTranslations } from "use-intl";
import type { AppliedItem, Plan } from "#features/plans/plan-dialog.tsx";
import { useFailureText } from "#lib/use-failure-text.ts";

/** More than this nobody reads here; the proposal or the result has all of them. */
const mostListed = 100;
const scroll = "max-h-56 overflow-y-auto overscroll-contain";

interface PlanViewProps {
  readonly plan: Plan;
  /** How many are done so far; undefined before it began. */
  readonly done: number | undefined;
}

/** What would happen to each record, and what is left out and why. */
export function PlanView({ plan, done }: PlanViewProps) {
  const t = useTranslations("plans");
  const text = useFailureText();
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="flex items-baseline justify-between gap-3 font-medium">
        {done === undefined ? t("count", { count: plan.count }) : t("progress", { done, count: plan.count })}
        <span className="font-mono text-xs font-normal text-ink-faint">{plan.hash}</span>
      </p>
      {plan.items.length > 0 && (
        <ul tabIndex={0} aria-label={t("items")} className={`${scroll} flex flex-col divide-y divide-line`}>
          {plan.items.slice(0, mostListed).map((item) => (
            <li key={item.id} className="py-1">
              <span className="font-mono text-xs">{item.id}</span>
              <span className="block text-xs text-ink-muted">{item.what}</span>
            </li>
          ))}
          {plan.items.length > mostListed && (
            <li className="py-1 text-xs text-ink-muted">{t("andMore", { count: plan.items.length - mostListed })}</li>
          )}
        </ul>
      )}
      {plan.leftOut.length > 0 && (
        <>
          <p className="font-medium text-warn">{t("leftOut", { count: plan.leftOut.length })}</p>
          <ul
            tabIndex={0}
            aria-label={t("leftOut", { count: plan.leftOut.length })}
            className={`${scroll} flex flex-col divide-y divide-line`}
          >
            {plan.leftOut.map((item) => (
              <li key={item.id} className="py-1">
                <span className="font-mono text-xs">{item.id}</span>
                <span className="block text-xs text-ink-muted">{item.detail ?? text({ code: item.code })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** What became of each. */
export function PlanResult({ applied }: { applied: readonly AppliedItem[] }) {
  const t = useTranslations("plans");
  const text = useFailureText();
  const failed = applied.flatMap((item) => (item.done ? [] : [item]));
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-2 font-medium">
        <CircleCheck aria-hidden className="size-4 text-good" />
        {t("done", { count: applied.length - failed.length })}
      </p>
      {failed.length > 0 && (
        <>
          <p className="flex items-center gap-2 font-medium">
            <CircleSlash aria-hidden className="size-4 text-warn" />
            {t("notDone", { count: failed.length })}
          </p>
          <ul
            tabIndex={0}
            aria-label={t("notDone", { count: failed.length })}
            className={`${scroll} flex flex-col divide-y divide-line`}
          >
            {failed.map((item) => (
              <li key={item.id} className="py-1">
                <span className="font-mono text-xs">{item.id}</span>
                <span className="block text-xs text-ink-muted">{item.detail ?? text({ code: item.code })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
