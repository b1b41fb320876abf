"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { factsInputOf } from "#features/reports/facts-filters.ts";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

const few = 25;

/** The newest transactions behind a row, beside the report. */
export function FactsPeek({ address }: { address: string }) {
  const t = useTranslations("reports.facts");
  const facts = useQuery(read("report.facts", { ...factsInputOf(address), limit: few }));
  if (facts.data === undefined) {
    return facts.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(facts.error)} onRetry={() => void facts.refetch()} />
    );
  }
  if (facts.data.rows.length === 0) return <Empty title={t("empty")} />;
  return (
    <ul className="flex flex-col divide-y divide-line px-4 py-1">
      {facts.data.rows.map((fact) => (
        <li key={`${fact.transactionId}.${fact.line}`}>
          <Link
            href={`/ledger/${fact.transactionId}`}
            className="-mx-2 flex flex-col rounded-md px-2 py-1.5 no-underline hover:bg-hover"
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 truncate">
                {t(`kinds.${fact.kind}`)} {fact.gameId}
              </span>
              <Money amount={fact.gameId === null ? fact.amount : fact.ggr} currency={fact.currency} signed />
            </span>
            <span className="flex items-baseline justify-between gap-3 text-xs text-ink-muted">
              <span className="font-mono">{fact.transactionId}</span>
              <Time at={fact.at} short />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
