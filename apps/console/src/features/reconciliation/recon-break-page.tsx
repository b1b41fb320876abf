"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { cashierBreakTypes } from "#features/reconciliation/cashier-types.ts";
import { ReconFacts, ReconSides } from "#features/reconciliation/recon-facts.tsx";
import { ReconBreakActions } from "#features/reconciliation/resolve-dialog.tsx";
import { BreakHistory } from "#features/round-recon/break-facts.tsx";
import { BreakState } from "#features/round-recon/break-state.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { DetailPage } from "#ui/detail-page.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function ReconBreakPage({ breakId }: { breakId: string }) {
  const t = useTranslations("reconciliation");
  const means = useTranslations("reconciliation.means");
  const found = useQuery(read("recon.show", { breakId }));
  const parent = { label: t("title"), href: "/reconciliation" };
  const { data } = found;
  if (data === undefined) {
    return (
      <>
        <PageHeader title={breakId} parent={parent} />
        {found.error === null ? (
          <Skeleton className="mx-(--page-x) h-72 rounded-md" />
        ) : (
          <FailureState failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
        )}
      </>
    );
  }
  const type = cashierBreakTypes.find((one) => one === data.type);
  return (
    <DetailPage
      header={
        <PageHeader
          parent={parent}
          title={data.subject["reference"] ?? breakId}
          badge={<BreakState state={data.state} />}
          summary={<IdChip id={breakId} />}
          actions={<ReconBreakActions found={data} />}
        />
      }
      rail={
        <Section title={t("detail.facts")}>
          <ReconFacts found={data} />
        </Section>
      }
    >
      <div className="px-(--page-x) [&>section:first-child]:border-t-0">
        <Section title={t("detail.sides")}>
          {type !== undefined && <p className="pb-3 text-ink-muted">{means(type)}</p>}
          <ReconSides found={data} />
        </Section>
        <Section title={t("detail.history")}>
          <BreakHistory found={data} />
        </Section>
      </div>
    </DetailPage>
  );
}

export function ReconBreakPeek({ breakId }: { breakId: string }) {
  const found = useQuery(read("recon.show", { breakId }));
  if (found.data === undefined) {
    return found.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <ReconFacts found={found.data} />
      <ReconSides found={found.data} />
      <BreakHistory found={found.data} />
    </div>
  );
}
