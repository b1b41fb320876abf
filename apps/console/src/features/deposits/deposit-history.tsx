"use client";

import { CircleCheck, CircleDashed, CircleSlash, CircleX, Flag, Hourglass } from "lucide-react";
import { useTranslations } from "use-intl";
import type { DepositDetail } from "#features/deposits/deposit-facts.tsx";
import { depositTones } from "#features/deposits/deposit-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

const icons = {
  INITIATED: CircleDashed,
  PENDING: Hourglass,
  CREDITED: CircleCheck,
  SETTLED: CircleCheck,
  DECLINED: CircleX,
  EXPIRED: CircleSlash,
  DISPUTED: Flag,
  WON: CircleCheck,
  LOST: CircleX,
} as const;

/** Every step of a deposit, newest first: who told it, and what was said. */
export function DepositHistory({ deposit }: { deposit: DepositDetail }) {
  const t = useTranslations("deposits.history");
  const states = useTranslations("words.depositState");
  const entries = deposit.steps.toReversed().map(
    (step): TimelineEntry => ({
      id: String(step.number),
      at: step.at,
      icon: icons[step.to],
      tone: depositTones[step.to],
      text: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {states(step.to)}
          {step.from !== null && <span className="text-ink-muted">{t(`sources.${step.source}`)}</span>}
          {step.webhookId !== null && <IdChip id={step.webhookId} href={`/webhooks/${step.webhookId}`} />}
        </span>
      ),
      ...(step.details === null ? {} : { detail: wordsOf(step.details) }),
    }),
  );
  return <Timeline entries={entries} empty={{ title: t("empty") }} />;
}

function wordsOf(details: NonNullable<DepositDetail["steps"][number]["details"]>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
}
