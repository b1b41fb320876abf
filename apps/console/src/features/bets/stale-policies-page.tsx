"use client";

import { useQuery } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import { useState } from "react";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { useTranslations } from "use-intl";
import { AlertBanner } from "#features/alerts/alert-banner.tsx";
import { RoundsNavigation } from "#features/bets/rounds-navigation.tsx";
import { StalePolicyDialog } from "#features/bets/stale-policy-dialog.tsx";
import { useRoleNames } from "#features/identity/role-names.ts";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

export type StalePolicy = OutputOf<"round.stalePolicies">[number];

/** How far the house voids stale bets by itself, a provider at a time. */
export function StalePoliciesPage() {
  const t = useTranslations("bets.automatic");
  const roleNames = useRoleNames();
  const mayChange = useMay("bet.stale-policy");
  const [changing, setChanging] = useState<StalePolicy>();
  const policies = useQuery({ ...read("round.stalePolicies"), refetchInterval: 30_000 });
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={t("lead")} />
      <RoundsNavigation />
      <AlertBanner kinds={["STALE_BETS"]} />
      <div className="flex min-w-0 max-w-4xl flex-col px-(--page-x) [&>section:first-child]:border-t-0">
        {!mayChange && (
          <p className="pb-3 text-xs text-ink-faint">
            {t("onlyFor", { roles: roleNames(permissionRow("bet.stale-policy").roles) })}
          </p>
        )}
        {policies.data === undefined ? (
          policies.error === null ? (
            <Skeleton className="h-64 rounded-md" />
          ) : (
            <FailureState failure={failureOf(policies.error)} onRetry={() => void policies.refetch()} />
          )
        ) : policies.data.length === 0 ? (
          <Empty icon={Hourglass} title={t("none")} hint={t("noneHint")} />
        ) : (
          policies.data.map((policy) => (
            <Section
              key={policy.providerCode}
              title={policy.providerName}
              aside={
                mayChange && (
                  <Button size="sm" onClick={() => setChanging(policy)}>
                    {t("change")}
                  </Button>
                )
              }
            >
              <PolicyFacts policy={policy} />
            </Section>
          ))
        )}
      </div>
      {changing !== undefined && (
        <StalePolicyDialog key={changing.providerCode} policy={changing} onClose={() => setChanging(undefined)} />
      )}
    </ScrollPage>
  );
}

function PolicyFacts({ policy }: { policy: StalePolicy }) {
  const t = useTranslations("bets.automatic");
  const { autoVoid, mostBets, mostAmounts, runEveryMinutes, staleAfterMinutes, lastRunAt, lastFound } = policy;
  const amounts = Object.entries(mostAmounts);
  return (
    <KeyValues
      items={[
        {
          label: t("byItself"),
          value: <Status tone={autoVoid ? "good" : "neutral"}>{t(autoVoid ? "on" : "off")}</Status>,
        },
        { label: t("stale"), value: t("minutes", { count: staleAfterMinutes }) },
        { label: t("mostBets"), value: t("perRun", { count: mostBets, minutes: runEveryMinutes }) },
        {
          label: t("mostMoney"),
          value:
            amounts.length === 0 ? (
              t("noMoney")
            ) : (
              <span className="flex flex-wrap gap-x-4">
                {amounts.map(([currency, amount]) => (
                  <Money key={currency} amount={amount} currency={currency} />
                ))}
              </span>
            ),
        },
        { label: t("lastRun"), value: lastRunAt === null ? t("never") : <Time at={lastRunAt} /> },
        {
          label: t("lastFound"),
          value:
            lastFound === null ? (
              t("neverFound")
            ) : (
              <span className="flex flex-wrap gap-x-3">
                <Time at={lastFound.startedAt} short />
                {lastFound.stop === null
                  ? t("voided", { voided: lastFound.voided, found: lastFound.found })
                  : t(`stops.${lastFound.stop}`)}
              </span>
            ),
        },
      ]}
    />
  );
}
