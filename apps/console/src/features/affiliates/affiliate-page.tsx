"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { AffiliateActions } from "#features/affiliates/affiliate-actions.tsx";
import { AffiliateCodes, AffiliatePlans } from "#features/affiliates/affiliate-contract.tsx";
import { AffiliateFacts } from "#features/affiliates/affiliate-facts.tsx";
import { AffiliatePayments, AffiliatePlayers, AffiliateStatements } from "#features/affiliates/affiliate-records.tsx";
import { AffiliateStatus } from "#features/affiliates/affiliate-words.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const refreshEveryMs = 5_000;

/** One affiliate: its codes, what it is paid for, its statements and payments, and its players. */
export function AffiliatePage({ affiliateId }: { affiliateId: string }) {
  const t = useTranslations("affiliates");
  const affiliate = useQuery({ ...read("affiliate.show", { affiliateId }), refetchInterval: refreshEveryMs });
  const parent = { label: t("title"), href: "/affiliates" };
  const { data } = affiliate;
  if (affiliate.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={affiliateId} parent={parent} />
        <FailureState failure={failureOf(affiliate.error)} onRetry={() => void affiliate.refetch()} />
      </>
    );
  }
  const waiting = <Skeleton className="h-16 rounded-md" />;
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data === undefined ? affiliateId : data.name}
          badge={data === undefined ? undefined : <AffiliateStatus status={data.status} />}
          summary={<IdChip id={affiliateId} />}
          actions={data === undefined ? undefined : <AffiliateActions affiliate={data} />}
        />
      }
      rail={
        <Section title={t("facts.title")}>
          {data === undefined ? <Skeleton className="h-72 rounded-md" /> : <AffiliateFacts affiliate={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("statements.title")}>
          <AffiliateStatements affiliateId={affiliateId} />
        </Section>
        <Section title={t("payments.title")}>
          {data === undefined ? waiting : <AffiliatePayments affiliate={data} />}
        </Section>
        <Section title={t("plans.title")}>{data === undefined ? waiting : <AffiliatePlans affiliate={data} />}</Section>
        <Section title={t("codes.title")}>{data === undefined ? waiting : <AffiliateCodes affiliate={data} />}</Section>
        <Section title={t("players.title")}>
          <AffiliatePlayers affiliateId={affiliateId} />
        </Section>
      </div>
    </DetailPage>
  );
}
