"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { DepositWebhooks } from "#features/deposits/deposit-webhooks.tsx";
import { PayoutApprovals } from "#features/payouts/payout-approvals.tsx";
import { PayoutChain } from "#features/payouts/payout-chain.tsx";
import { PayoutChecks } from "#features/payouts/payout-checks.tsx";
import { PayoutDecision } from "#features/payouts/payout-decision.tsx";
import { PayoutFacts } from "#features/payouts/payout-facts.tsx";
import { PayoutHistory } from "#features/payouts/payout-history.tsx";
import { PayoutNeighbours, PayoutSends, PayoutSources } from "#features/payouts/payout-money.tsx";
import { PayoutState } from "#features/payouts/payout-state.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const refreshMs = 10_000;

/** Everything that whoever says yes or no needs, on one page: the decision, what it rests on, and who decided before. */
export function PayoutPage({ payoutId }: { payoutId: string }) {
  const t = useTranslations("payouts");
  const payout = useQuery({ ...read("payout.show", { payoutId }), refetchInterval: refreshMs });
  const parent = { label: t("title"), href: "/payouts" };
  const { data } = payout;
  if (payout.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={payoutId} parent={parent} />
        <FailureState failure={failureOf(payout.error)} onRetry={() => void payout.refetch()} />
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
          badge={data === undefined ? undefined : <PayoutState state={data.state} />}
          summary={<IdChip id={payoutId} />}
        />
      }
      rail={
        <>
          <Section title={t("decision.title")}>
            {data === undefined ? wait("h-20") : <PayoutDecision payout={data} />}
          </Section>
          <Section title={t("detail.facts")}>
            {data === undefined ? wait("h-72") : <PayoutFacts payout={data} />}
          </Section>
        </>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("checks.title")}>
          {data === undefined ? wait("h-72") : <PayoutChecks checks={data.checks} />}
        </Section>
        {data !== undefined && data.chain !== null && (
          <Section title={t("chain.title")}>
            <PayoutChain chain={data.chain} kyt={data.kyt} />
          </Section>
        )}
        <Section title={t("approvals.title")}>
          {data === undefined ? wait("h-16") : <PayoutApprovals approvals={data.approvals} />}
        </Section>
        <Section title={t("sources.title")}>
          {data === undefined ? wait("h-16") : <PayoutSources payout={data} />}
        </Section>
        <Section title={t("history.title")}>
          {data === undefined ? wait("h-40") : <PayoutHistory payout={data} />}
        </Section>
        <Section title={t("sends.title")}>
          {data === undefined ? wait("h-16") : <PayoutSends sends={data.sends} />}
        </Section>
        <Section title={t("neighbours.title")}>
          {data === undefined ? wait("h-24") : <PayoutNeighbours payout={data} />}
        </Section>
        <Section title={t("webhooks.title")}>
          {data === undefined ? wait("h-16") : <DepositWebhooks webhooks={data.webhooks} />}
        </Section>
      </div>
    </DetailPage>
  );
}
