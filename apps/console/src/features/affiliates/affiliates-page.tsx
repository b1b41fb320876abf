"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { AffiliateFacts } from "#features/affiliates/affiliate-facts.tsx";
import { AffiliateParts, AffiliateStatus } from "#features/affiliates/affiliate-words.tsx";
import { AttributionRuleNote } from "#features/affiliates/attribution-rule.tsx";
import { NewAffiliate } from "#features/affiliates/new-affiliate.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useMay } from "#lib/reader.tsx";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"affiliate.list">["rows"][number];

const statuses = ["ACTIVE", "SUSPENDED"] as const;
const parsers = { text: parseAsString, status: parseAsStringLiteral(statuses) };

/** Affiliates, newest first. */
export function AffiliatesPage() {
  const t = useTranslations("affiliates");
  const words = useTranslations("affiliates.status");
  const router = useRouter();
  const url = useListUrl(parsers);
  const may = useMay("affiliate.manage");
  const { filters, cursor } = url;
  const query = useQuery({ ...read("affiliate.list", { ...filters, cursor }), placeholderData: keepPreviousData });
  const columns = useColumns();
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      above={
        <>
          <AffiliateParts />
          <AttributionRuleNote />
        </>
      }
      {...(may ? { actions: <NewAffiliate /> } : {})}
      search={{
        value: filters.text ?? "",
        placeholder: t("search"),
        onChange: (text) => {
          if (parseId("affiliate", text) !== undefined) router.push(`/affiliates/${text}`);
          else url.setFilter("text", text);
        },
      }}
      filters={[
        {
          id: "status",
          label: t("filters.status"),
          value: filters.status,
          onChange: (value: string | null) => url.setFilter("status", value),
          kind: "choice",
          choices: statuses.map((value) => ({ value, label: words(value) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.affiliateId}
      rowHref={(row) => `/affiliates/${row.affiliateId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(affiliateId) => <AffiliatePeek affiliateId={affiliateId} />}
    />
  );
}

function AffiliatePeek({ affiliateId }: { affiliateId: string }) {
  const affiliate = useQuery(read("affiliate.show", { affiliateId }));
  if (affiliate.data === undefined) {
    return affiliate.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(affiliate.error)} onRetry={() => void affiliate.refetch()} />
    );
  }
  return (
    <div className="px-4 py-3">
      <AffiliateFacts affiliate={affiliate.data} />
    </div>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("affiliates.columns");
  return useMemo(
    () => [
      { id: "name", header: t("name"), width: 14, cell: (row) => row.name },
      { id: "status", header: t("status"), width: 8, cell: (row) => <AffiliateStatus status={row.status} /> },
      { id: "plan", header: t("plan"), cell: (row) => row.plan },
      {
        id: "codes",
        narrow: "none",
        header: t("codes"),
        width: 5,
        align: "end",
        cell: (row) => <span className="tabular">{row.codes}</span>,
      },
      {
        id: "players",
        narrow: "none",
        header: t("players"),
        width: 6,
        align: "end",
        cell: (row) => <span className="tabular">{row.players}</span>,
      },
      {
        id: "owed",
        header: t("owed"),
        width: 9,
        align: "end",
        narrow: "end",
        cell: (row) => <Money amount={row.owed} currency={row.currency} />,
      },
      { id: "created", header: t("created"), width: 11, cell: (row) => <Time at={row.createdAt} short /> },
    ],
    [t],
  );
}
