"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { DepositFacts } from "#features/deposits/deposit-facts.tsx";
import { DepositHistory } from "#features/deposits/deposit-history.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

export function DepositPeek({ depositId }: { depositId: string }) {
  const t = useTranslations("deposits.history");
  const deposit = useQuery(read("deposit.show", { depositId }));
  if (deposit.data === undefined) {
    return deposit.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(deposit.error)} onRetry={() => void deposit.refetch()} />
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <DepositFacts deposit={deposit.data} />
      <Section title={t("title")}>
        <DepositHistory deposit={deposit.data} />
      </Section>
    </div>
  );
}
