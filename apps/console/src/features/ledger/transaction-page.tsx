"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { PostingsTable } from "#features/ledger/postings-table.tsx";
import { TransactionFacts } from "#features/ledger/transaction-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { JsonView } from "#ui/json-view.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function TransactionPage({ transactionId }: { transactionId: string }) {
  const t = useTranslations("ledger");
  const types = useTranslations("words.transactionType");
  const mayList = useMay("ledger.read");
  const transaction = useQuery(read("ledger.transaction", { transactionId }));
  const { data } = transaction;
  const parent = mayList ? { parent: { label: t("title"), href: "/ledger" } } : {};
  if (transaction.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={transactionId} {...parent} />
        <FailureState failure={failureOf(transaction.error)} onRetry={() => void transaction.refetch()} />
      </>
    );
  }
  return (
    <DetailPage
      header={
        <PageHeader
          {...parent}
          title={data === undefined ? <Skeleton className="h-5 w-40" /> : types(data.type)}
          summary={<IdChip id={transactionId} />}
        />
      }
      rail={
        <Section title={t("detail.facts")}>
          {data === undefined ? <Skeleton className="h-52 rounded-md" /> : <TransactionFacts transaction={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("postings.title")}>
          {data === undefined ? <Skeleton className="h-40 rounded-md" /> : <PostingsTable transaction={data} />}
        </Section>
        {data?.details != null && (
          <Section title={t("detail.details")}>
            <JsonView value={data.details} label={t("detail.details")} />
          </Section>
        )}
      </div>
    </DetailPage>
  );
}
