"use client";

import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";
import { useNow } from "#lib/use-now.ts";

const minuteMs = 60_000;
/** What is left of a stage turns amber in its last quarter of an hour. */
const soonMs = 15 * minuteMs;

/** How much of the time of its stage a payout has left, or by how much it is late. */
export function PayoutClock({ dueAt }: { dueAt: string | null }) {
  const t = useTranslations("payouts.clock");
  const now = useNow();
  if (dueAt === null) return <span className="text-ink-faint">–</span>;
  if (now === undefined) return null;
  const left = Date.parse(dueAt) - now;
  const minutes = Math.floor(Math.abs(left) / minuteMs);
  const time = t("time", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return (
    <time
      dateTime={dueAt}
      className={cn("tabular whitespace-nowrap", left < 0 ? "font-medium text-bad" : left < soonMs && "text-warn")}
    >
      {t(left < 0 ? "late" : "left", { time })}
    </time>
  );
}

/** A risk score, with its weight to see at a glance. */
export function RiskScore({ score }: { score: number }) {
  return (
    <span
      className={cn("tabular", score >= 60 ? "font-medium text-bad" : score >= 30 ? "text-warn" : "text-ink-muted")}
    >
      {score}
    </span>
  );
}
