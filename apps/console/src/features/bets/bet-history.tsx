"use client";

import { CircleCheck, CircleDollarSign, CirclePause, CircleSlash, PencilLine } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import type { BetDetail } from "#features/bets/bet-facts.tsx";
import { Badge } from "#ui/badge.tsx";
import { Money } from "#ui/money.tsx";
import { Timeline, type TimelineEntry } from "#ui/timeline.tsx";

const icons = { HELD: CirclePause, SETTLED: CircleCheck, VOIDED: CircleSlash, CORRECTED: PencilLine } as const;
const tones = { HELD: "accent", SETTLED: "good", VOIDED: "neutral", CORRECTED: "warn" } as const;

/** What happened to a bet, with the ledger's transactions beside each step. */
export function BetHistory({ bet }: { bet: BetDetail }) {
  const t = useTranslations("bets.detail");
  const statuses = useTranslations("words.betStatus");
  const outcomes = useTranslations("words.betOutcome");
  const types = useTranslations("words.transactionType");
  const steps = bet.history.map(
    (step, index): TimelineEntry => ({
      id: `${step.transactionId} ${index}`,
      at: step.at,
      icon: icons[step.status],
      tone: tones[step.status],
      text: (
        <span className="inline-flex items-center gap-2">
          {statuses(step.status)}
          {step.outcome !== null && <span className="text-ink-muted">{outcomes(step.outcome)}</span>}
          {step.late && <Badge tone="warn">{t("late")}</Badge>}
        </span>
      ),
      aside: <Money amount={step.payout} currency={bet.currency} />,
    }),
  );
  const moves = bet.transactions.map(
    (transaction): TimelineEntry => ({
      id: transaction.transactionId,
      at: transaction.at,
      icon: CircleDollarSign,
      tone: "neutral",
      text: (
        <Link href={`/ledger/${transaction.transactionId}`} className="no-underline underline-offset-2 hover:underline">
          {types(transaction.type)}{" "}
          <span className="font-mono text-xs text-ink-muted">{transaction.transactionId}</span>
        </Link>
      ),
    }),
  );
  const entries = [...steps, ...moves].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return <Timeline entries={entries} empty={{ title: t("noHistory") }} />;
}
