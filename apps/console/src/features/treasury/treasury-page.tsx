"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslations } from "use-intl";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { listStateOf } from "#lib/list-state.ts";
import type { Tone } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Treasury = OutputOf<"treasury.show">;
type Place = Treasury["places"][number];
type Sum = Treasury["currencies"][number];

const refreshEveryMs = 30_000;
const placeTones: Readonly<Record<Place["verdict"], Tone>> = { EQUAL: "good", DIFFERS: "warn", UNTOLD: "neutral" };
const sumTones: Readonly<Record<Sum["verdict"], Tone>> = { COVERED: "good", SHORT: "bad" };

/** Where the house's money lies, by the ledger and as others say, and how much of what is owed to players it covers. */
export function TreasuryPage() {
  const t = useTranslations("treasury");
  const treasury = useQuery({ ...read("treasury.show"), refetchInterval: refreshEveryMs });
  const places = usePlaceColumns();
  const { data, error } = treasury;
  return (
    <ScrollPage>
      <PageHeader title={t("title")} summary={t("lead")} />
      {data === undefined && error !== null ? (
        <FailureState failure={failureOf(error)} onRetry={() => void treasury.refetch()} />
      ) : (
        <div className="flex min-w-0 flex-col gap-2 px-(--page-x) pb-8 [&>section:first-child]:border-t-0">
          <Section title={t("byCurrency")}>
            {data === undefined ? <Skeleton className="h-40 rounded-md" /> : <Sums sums={data.currencies} />}
          </Section>
          <Section title={t("byPlace")}>
            <p className="mb-2 max-w-prose text-ink-muted">{t("placesLead")}</p>
            <DataTable<Place>
              label={t("byPlace")}
              columns={places}
              list={listStateOf(treasury, (all) => all.places)}
              rowId={({ kind, place, currency }) => `${kind} ${place} ${currency}`}
              rowHref={hrefOf}
              empty={{ title: t("none"), hint: t("noneHint") }}
            />
          </Section>
        </div>
      )}
    </ScrollPage>
  );
}

function Sums({ sums }: { sums: readonly Sum[] }) {
  const t = useTranslations("treasury");
  const said = (label: string, value: ReactNode): ReactNode => (
    <span className="flex flex-col items-end py-1">
      <span className="text-xs text-ink-muted">{label}</span>
      {value}
    </span>
  );
  return (
    <RecordList
      label={t("byCurrency")}
      rows={sums}
      rowKey={({ currency }) => currency}
      empty={<Empty title={t("none")} hint={t("noneHint")} />}
      cells={({ currency, coverage, verdict, ...amounts }) => [
        <b key="currency">{currency}</b>,
        ...(["held", "owed", "own", "bonus"] as const).map((id) =>
          said(t(id), <Money key={id} amount={amounts[id]} currency={currency} />),
        ),
        said(t("coverage"), <span className="tabular">{coverage === null ? "–" : `${coverage} %`}</span>),
        <Status key="verdict" tone={sumTones[verdict]} open={verdict === "SHORT"}>
          {t(`sumVerdicts.${verdict}`)}
        </Status>,
      ]}
    />
  );
}

/** Where a difference of the place would be looked into. */
function hrefOf({ kind, place }: Place): string {
  switch (kind) {
    case "PSP":
      return `/reconciliation?scope=${place}`;
    case "RESERVE":
    case "IN_TRANSIT":
      return `/reconciliation/reports?psp=${place}`;
    case "BANK":
      return "/reconciliation/statements";
    case "WALLET":
      return "/exposure";
  }
}

function usePlaceColumns(): readonly Column<Place>[] {
  const t = useTranslations("treasury");
  return useMemo(
    () => [
      {
        id: "place",
        header: t("place"),
        cell: ({ kind, place }) => (
          <span className="flex min-w-0 flex-wrap gap-x-2">
            <span className="font-medium wrap-anywhere">{place}</span>
            <span className="text-ink-muted">{t(`kinds.${kind}`)}</span>
          </span>
        ),
      },
      {
        id: "ledger",
        header: t("ledger"),
        width: 12,
        align: "end",
        cell: ({ ledger, currency }) => <Money amount={ledger} currency={currency} />,
      },
      {
        id: "told",
        header: t("told"),
        width: 12,
        align: "end",
        cell: ({ told, currency }) => (told === null ? "–" : <Money amount={told} currency={currency} />),
      },
      {
        id: "difference",
        header: t("difference"),
        width: 11,
        align: "end",
        cell: ({ difference, currency, verdict }) =>
          difference === null || verdict === "EQUAL" ? "–" : <Money amount={difference} currency={currency} signed />,
      },
      {
        id: "toldAt",
        header: t("toldAt"),
        width: 11,
        cell: ({ toldAt }) =>
          toldAt === null ? "–" : toldAt.length === 10 ? t("endOf", { day: toldAt }) : <Time at={toldAt} short />,
      },
      {
        id: "verdict",
        header: t("verdict"),
        width: 9,
        narrow: "end",
        cell: ({ verdict }) => (
          <Status tone={placeTones[verdict]} open={verdict === "DIFFERS"}>
            {t(`placeVerdicts.${verdict}`)}
          </Status>
        ),
      },
    ],
    [t],
  );
}
