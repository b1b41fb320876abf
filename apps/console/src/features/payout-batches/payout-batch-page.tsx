"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { BatchFacts, BatchItems } from "#features/payout-batches/batch-facts.tsx";
import { BatchState } from "#features/payout-batches/batch-state.tsx";
import { PayoutSends } from "#features/payouts/payout-money.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const refreshEveryMs = 5_000;

/** One file for a bank: what stands in it, how often it was sent, and what the bank said of each payment. */
export function PayoutBatchPage({ batchId }: { batchId: string }) {
  const t = useTranslations("payoutBatches");
  const batch = useQuery({ ...read("payoutBatch.show", { batchId }), refetchInterval: refreshEveryMs });
  const parent = { label: t("title"), href: "/payout-batches" };
  const { data } = batch;
  if (batch.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={batchId} parent={parent} />
        <FailureState failure={failureOf(batch.error)} onRetry={() => void batch.refetch()} />
      </>
    );
  }
  const wait = (height: string) => <Skeleton className={`${height} rounded-md`} />;
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={batchId}
          badge={data === undefined ? undefined : <BatchState state={data.state} />}
          summary={data === undefined ? undefined : <IdChip id={data.messageId} />}
        />
      }
      rail={
        <Section title={t("detail.facts")}>{data === undefined ? wait("h-56") : <BatchFacts batch={data} />}</Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("items.title")}>{data === undefined ? wait("h-40") : <BatchItems batch={data} />}</Section>
        <Section title={t("sends")}>{data === undefined ? wait("h-16") : <PayoutSends sends={data.sends} />}</Section>
      </div>
    </DetailPage>
  );
}
