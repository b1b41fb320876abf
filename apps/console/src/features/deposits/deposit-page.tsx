"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { DepositChain } from "#features/deposits/deposit-chain.tsx";
import { DepositChecks } from "#features/deposits/deposit-checks.tsx";
import { DepositFacts, InstrumentFacts } from "#features/deposits/deposit-facts.tsx";
import { DepositHistory } from "#features/deposits/deposit-history.tsx";
import { DepositState } from "#features/deposits/deposit-state.tsx";
import { DepositWebhooks } from "#features/deposits/deposit-webhooks.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Timeline } from "#ui/timeline.tsx";

export function DepositPage({ depositId }: { depositId: string }) {
  const t = useTranslations("deposits");
  const deposit = useQuery(read("deposit.show", { depositId }));
  const parent = { label: t("title"), href: "/deposits" };
  const { data } = deposit;
  if (deposit.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={depositId} parent={parent} />
        <FailureState failure={failureOf(deposit.error)} onRetry={() => void deposit.refetch()} />
      </>
    );
  }
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
          badge={data === undefined ? undefined : <DepositState state={data.state} />}
          summary={<IdChip id={depositId} />}
        />
      }
      rail={
        <>
          <Section title={t("detail.facts")}>
            {data === undefined ? <Skeleton className="h-72 rounded-md" /> : <DepositFacts deposit={data} />}
          </Section>
          <Section title={t("instrument.title")}>
            {data === undefined ? <Skeleton className="h-32 rounded-md" /> : <InstrumentFacts deposit={data} />}
          </Section>
        </>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        {data !== undefined && data.chain !== null && (
          <Section title={t("chain.title")}>
            <DepositChain deposit={data} chain={data.chain} />
          </Section>
        )}
        <Section title={t("history.title")}>
          {data === undefined ? (
            <Timeline entries={undefined} empty={{ title: t("history.empty") }} />
          ) : (
            <DepositHistory deposit={data} />
          )}
        </Section>
        <Section title={t("checks.title")}>
          {data === undefined ? <Skeleton className="h-32 rounded-md" /> : <DepositChecks checks={data.checks} />}
        </Section>
        <Section title={t("webhooks.title")}>
          {data === undefined ? <Skeleton className="h-16 rounded-md" /> : <DepositWebhooks webhooks={data.webhooks} />}
        </Section>
      </div>
    </DetailPage>
  );
}
