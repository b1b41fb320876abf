"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ExportButton } from "#features/exports/export-button.tsx";
import { TransactionPeek } from "#features/ledger/transaction-peek.tsx";
import { type FactRow, useFactColumns } from "#features/reports/fact-columns.tsx";
import { factParsers, factsInput, kinds } from "#features/reports/facts-filters.ts";
import { periodOf } from "#features/reports/report-filters.ts";
import { read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { FilterControl } from "#ui/filter-bar.tsx";
import { ListPage } from "#ui/list-page.tsx";

const factFormats = ["csv", "parquet"] as const;

/** What stands behind a figure, newest first; each row leads to its transaction in the ledger. */
export function FactsPage() {
  const t = useTranslations("reports");
  const words = useTranslations("reports.facts.kinds");
  const url = useListUrl(factParsers);
  const { filters, cursor } = url;
  const input = useMemo(() => factsInput(filters, cursor), [filters, cursor]);
  const query = useQuery({ ...read("report.facts", input), placeholderData: keepPreviousData });
  const columns = useFactColumns();
  const { from, to } = periodOf(filters);
  const text = (
    id: "currency" | "country" | "brand" | "provider" | "game" | "zone",
    placeholder: string,
  ): FilterControl => ({
    id,
    label: t(`filters.${id}`),
    kind: "text",
    placeholder,
    value: filters[id],
    onChange: (value) => url.setFilter(id, value),
  });
  return (
    <ListPage<FactRow>
      title={t("facts.title")}
      label={t("facts.title")}
      filters={[
        {
          id: "from",
          label: t("filters.from"),
          kind: "day",
          value: from,
          onChange: (value) => url.setFilter("from", value),
        },
        { id: "to", label: t("filters.to"), kind: "day", value: to, onChange: (value) => url.setFilter("to", value) },
        {
          id: "kind",
          label: t("filters.kind"),
          kind: "choice",
          choices: kinds.map((value) => ({ value, label: words(value) })),
          value: filters.kind,
          onChange: (value) => url.setFilter("kind", value),
        },
        text("game", "roulette"),
        text("provider", "pragm"),
        text("currency", "EUR"),
        text("country", t("filters.countryHint")),
        text("brand", "main"),
        text("zone", t("filters.zoneHint")),
      ]}
      tools={<ExportButton list="facts" filters={input} formats={factFormats} />}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => `${row.transactionId}.${row.line}`}
      rowHref={(row) => `/ledger/${row.transactionId}`}
      empty={{ title: t("facts.empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(id) => <TransactionPeek transactionId={id.split(".")[0] ?? ""} />}
    />
  );
}
