"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { TransferDecision } from "#features/bank-transfers/transfer-decision.tsx";
import { TransferCandidates, TransferFacts, TransferHistory } from "#features/bank-transfers/transfer-facts.tsx";
import { TransferState } from "#features/bank-transfers/transfer-state.tsx";
import { PayoutApprovals } from "#features/payouts/payout-approvals.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const refreshEveryMs = 5_000;

/** Money that came: who sent it, whose it may be, and what two people made of it. */
export function BankTransferPage({ creditId }: { creditId: string }) {
  const t = useTranslations("bankTransfers");
  const transfer = useQuery({ ...read("bankCredit.show", { creditId }), refetchInterval: refreshEveryMs });
  const parent = { label: t("title"), href: "/bank-transfers" };
  const { data } = transfer;
  if (transfer.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={creditId} parent={parent} />
        <FailureState failure={failureOf(transfer.error)} onRetry={() => void transfer.refetch()} />
      </>
    );
  }
  const wait = (height: string) => <Skeleton className={`${height} rounded-md`} />;
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={
            data === undefined ? (
              <Skeleton className="h-5 w-40" />
            ) : (
              <Money amount={data.amount} currency={data.currency} />
            )
          }
          badge={data === undefined ? undefined : <TransferState state={data.state} />}
          summary={<IdChip id={creditId} />}
        />
      }
      rail={
        <>
          <Section title={t("decision.title")}>
            {data === undefined ? wait("h-10") : <TransferDecision transfer={data} />}
          </Section>
          <Section title={t("detail.facts")}>
            {data === undefined ? wait("h-72") : <TransferFacts transfer={data} />}
          </Section>
        </>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("candidates.title")}>
          {data === undefined ? wait("h-16") : <TransferCandidates transfer={data} />}
        </Section>
        <Section title={t("approvals")}>
          {data === undefined ? wait("h-16") : <PayoutApprovals approvals={data.approvals} />}
        </Section>
        <Section title={t("history")}>
          {data === undefined ? wait("h-40") : <TransferHistory transfer={data} />}
        </Section>
      </div>
    </DetailPage>
  );
}
