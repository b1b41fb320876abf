"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { read, type OutputOf } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import type { Tone } from "#ui/badge.tsx";
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

type Row = OutputOf<"exposure.show">["rows"][number];

const refreshEveryMs = 30_000;
const tones: Readonly<Record<Row["verdict"], Tone>> = { WITHIN: "good", HEDGE: "bad", UNKNOWN: "warn" };

/** What the house holds and owes on chains, asset by asset, and whether the difference is to be hedged. */
export function ExposurePage() {
  const t = useTranslations("exposure");
  const exposure = useQuery({ ...read("exposure.show"), refetchInterval: refreshEveryMs });
  const { data, error } = exposure;
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={t("lead")} />
      <div className="flex min-w-0 flex-col gap-2 px-(--page-x) pb-8">
        {data === undefined ? (
          error === null ? (
            <Skeleton className="h-72 rounded-md" />
          ) : (
            <FailureState failure={failureOf(error)} onRetry={() => void exposure.refetch()} />
          )
        ) : (
          data.rows.map((row) => <AssetSection key={row.asset} row={row} />)
        )}
      </div>
    </ScrollPage>
  );
}

function AssetSection({ row }: { row: Row }) {
  const t = useTranslations("exposure");
  const { asset } = row;
  return (
    <Section title={asset}>
      <div className="mb-3">
        <Status tone={tones[row.verdict]} open={row.verdict !== "WITHIN"}>
          {t(`verdicts.${row.verdict}`)}
        </Status>
      </div>
      <KeyValues
        items={[
          { label: t("inCustody"), value: <Money amount={row.inCustody} currency={asset} /> },
          { label: t("owed"), value: <Money amount={row.owed} currency={asset} /> },
          { label: t("position"), value: <Money amount={row.position} currency={asset} className="font-medium" /> },
          {
            label: t("worth"),
            value: row.positionEur === null ? t("noRate") : <Money amount={row.positionEur} currency="EUR" />,
          },
          { label: t("threshold"), value: <Money amount={row.hedgeFromEur} currency="EUR" /> },
          ...row.wallets.flatMap((wallet) => [
            {
              label: t("wallet", { custodian: wallet.custodian, vault: wallet.vault }),
              value: (
                <span className="flex flex-wrap gap-x-2">
                  <Money amount={wallet.available} currency={asset} />
                  <span className="text-ink-muted">
                    {t("ofTotal")} <Money amount={wallet.total} currency={asset} />
                  </span>
                  <Time at={wallet.readAt} />
                </span>
              ),
            },
          ]),
        ]}
      />
      {row.wallets.length === 0 && <Empty title={t("noWallets")} hint={t("noWalletsHint")} />}
    </Section>
  );
}
