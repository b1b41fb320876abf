"use client";

import { CircleDot } from "lucide-react";
import { useTranslations } from "use-intl";
import type { PayoutDetail } from "#features/payouts/payout-facts.tsx";
import { payoutTones } from "#features/payouts/payout-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

/** Every step of a payout, newest first: who brought it about, and what was said. */
export function PayoutHistory({ payout }: { payout: PayoutDetail }) {
  const t = useTranslations("payouts.history");
  const states = useTranslations("words.payoutState");
  const entries = payout.steps.toReversed().map(
    (step): TimelineEntry => ({
      id: String(step.number),
      at: step.at,
      icon: CircleDot,
      tone: payoutTones[step.to],
      text: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {states(step.to)}
          <span className="text-ink-muted">{t(`events.${step.event as "request"}`)}</span>
          {step.actor !== null && <span className="font-mono text-xs text-ink-muted">{step.actor}</span>}
          {step.webhookId !== null && <IdChip id={step.webhookId} href={`/webhooks/${step.webhookId}`} />}
        </span>
      ),
      ...(step.details === null ? {} : { detail: wordsOf(step.details) }),
    }),
  );
  return <Timeline entries={entries} empty={{ title: t("empty") }} />;
}

function wordsOf(details: NonNullable<PayoutDetail["steps"][number]["details"]>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
}
