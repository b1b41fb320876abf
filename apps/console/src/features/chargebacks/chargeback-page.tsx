"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ChargebackActions } from "#features/chargebacks/chargeback-actions.tsx";
import { ChargebackEvidence } from "#features/chargebacks/chargeback-evidence.tsx";
import { ChargebackFacts, ChargebackHistory } from "#features/chargebacks/chargeback-facts.tsx";
import { ChargebackState } from "#features/chargebacks/chargeback-state.tsx";
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

const refreshEveryMs = 5_000;

export function ChargebackPage({ chargebackId }: { chargebackId: string }) {
  const t = useTranslations("chargebacks");
  const chargeback = useQuery({ ...read("chargeback.show", { chargebackId }), refetchInterval: refreshEveryMs });
  const parent = { label: t("title"), href: "/chargebacks" };
  const { data } = chargeback;
  if (chargeback.error !== null && data === undefined) {
    return (
      <>
        <PageHeader title={chargebackId} parent={parent} />
        <FailureState failure={failureOf(chargeback.error)} onRetry={() => void chargeback.refetch()} />
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
          badge={data === undefined ? undefined : <ChargebackState state={data.state} />}
          summary={<IdChip id={chargebackId} />}
          actions={data === undefined ? undefined : <ChargebackActions chargeback={data} />}
        />
      }
      rail={
        <Section title={t("detail.facts")}>
          {data === undefined ? <Skeleton className="h-72 rounded-md" /> : <ChargebackFacts chargeback={data} />}
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("evidence.title")}>
          {data === undefined ? <Skeleton className="h-16 rounded-md" /> : <ChargebackEvidence chargeback={data} />}
        </Section>
        <Section title={t("history")}>
          {data === undefined ? (
            <Timeline entries={undefined} empty={{ title: t("history") }} />
          ) : (
            <ChargebackHistory chargeback={data} />
          )}
        </Section>
      </div>
    </DetailPage>
  );
}
