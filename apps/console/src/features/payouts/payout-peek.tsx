"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { PayoutChecks } from "#features/payouts/payout-checks.tsx";
import { PayoutFacts } from "#features/payouts/payout-facts.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function PayoutPeek({ payoutId }: { payoutId: string }) {
  const t = useTranslations("payouts.checks");
  const payout = useQuery(read("payout.show", { payoutId }));
  if (payout.data === undefined) {
    return payout.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(payout.error)} onRetry={() => void payout.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <PayoutFacts payout={payout.data} />
      <Section title={t("title")}>
        <PayoutChecks checks={payout.data.checks} />
      </Section>
    </div>
  );
}
