"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { BatchState } from "#features/payout-batches/batch-state.tsx";
import { PayoutState } from "#features/payouts/payout-state.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { Badge, type Tone } from "#ui/badge.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

type Batch = OutputOf<"payoutBatch.show">;

const long = "[&>span]:wrap-anywhere [&>span]:whitespace-normal";

export function BatchFacts({ batch }: { batch: Batch }) {
  const t = useTranslations("payoutBatches.detail");
  const { controlSum, currency, fileHash, said, sentAt } = batch;
  return (
    <KeyValues
      items={[
        { label: t("state"), value: <BatchState state={batch.state} /> },
        { label: t("bank"), value: batch.bank },
        { label: t("count"), value: batch.count ?? "–" },
        { label: t("sum"), value: controlSum === null ? "–" : <Money amount={controlSum} currency={currency} /> },
        { label: t("said"), value: said ?? "–" },
        { label: t("begun"), value: <Time at={batch.createdAt} /> },
        { label: t("sent"), value: sentAt === null ? "–" : <Time at={sentAt} /> },
        ...(fileHash === null ? [] : [{ label: t("hash"), value: <IdChip id={fileHash} className={long} /> }]),
      ]}
    />
  );
}

const tones: Readonly<Record<Batch["items"][number]["state"], Tone>> = {
  GATHERED: "neutral",
  SENT: "accent",
  PENDING: "accent",
  PAID: "good",
  FAILED: "bad",
  DROPPED: "neutral",
};

export function BatchItems({ batch }: { batch: Batch }) {
  const t = useTranslations("payoutBatches.items");
  return (
    <ul className="flex flex-col gap-1.5">
      {batch.items.map((item) => (
        <li key={item.number} className="flex flex-wrap items-baseline gap-x-3">
          {item.payoutId === null ? (
            <IdChip id={item.creditId ?? ""} href={`/bank-transfers/${item.creditId ?? ""}`} />
          ) : (
            <IdChip id={item.payoutId} href={`/payouts/${item.payoutId}`} />
          )}
          {item.nickname !== null && <span>{item.nickname}</span>}
          {item.payoutState !== null && <PayoutState state={item.payoutState} />}
          <Badge tone={tones[item.state]}>{t(item.state)}</Badge>
          {item.status !== null && <span className="font-mono text-xs">{item.status}</span>}
          {item.reason !== null && (
            <span className="text-ink-muted">
              {item.reasonText} ({item.reason})
            </span>
          )}
          <Money amount={item.amount} currency={batch.currency} className="ms-auto" />
        </li>
      ))}
    </ul>
  );
}

export function BatchPeek({ batchId }: { batchId: string }) {
  const batch = useQuery(read("payoutBatch.show", { batchId }));
  if (batch.data === undefined) {
    return batch.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(batch.error)} onRetry={() => void batch.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <BatchFacts batch={batch.data} />
      <BatchItems batch={batch.data} />
    </div>
  );
}
