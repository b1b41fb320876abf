"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { PostingsTable } from "#features/ledger/postings-table.tsx";
import { TransactionFacts } from "#features/ledger/transaction-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function TransactionPeek({ transactionId }: { transactionId: string }) {
  const t = useTranslations("ledger.postings");
  const transaction = useQuery(read("ledger.transaction", { transactionId }));
  if (transaction.data === undefined) {
    return transaction.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(transaction.error)} onRetry={() => void transaction.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <TransactionFacts transaction={transaction.data} />
      <Section title={t("title")}>
        <PostingsTable transaction={transaction.data} />
      </Section>
    </div>
  );
}
