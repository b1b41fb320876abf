"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { type TransactionType, transactionTypes } from "@pitboss/domain/wallet/ledger-codes";
import { useTranslations } from "use-intl";
import { type LedgerRow, useLedgerColumns } from "#features/ledger/ledger-columns.tsx";
import { TransactionPeek } from "#features/ledger/transaction-peek.tsx";
import { ExportButton } from "#features/exports/export-button.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { read } from "#lib/api.ts";
import { dayEnd, dayStart } from "#lib/days.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import { ListPage } from "#ui/list-page.tsx";

const types = Object.keys(transactionTypes) as TransactionType[];
const parsers = {
  player: parseAsString,
  type: parseAsStringLiteral(types),
  actor: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

export function LedgerPage() {
  const t = useTranslations("ledger");
  const words = useTranslations("words.transactionType");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo(
    () => ({
      playerId: filters.player,
      types: filters.type === null ? null : [filters.type],
      actor: filters.actor,
      from: dayStart(filters.from),
      to: dayEnd(filters.to),
      cursor,
    }),
    [filters, cursor],
  );
  const query = useQuery({ ...read("ledger.list", input), placeholderData: keepPreviousData });
  const columns = useLedgerColumns();

  function search(text: string) {
    if (parseId("transaction", text) !== undefined) router.push(`/ledger/${text}`);
    else url.setFilter("player", text);
  }

  const set = (name: keyof typeof parsers) => (value: string | null) => url.setFilter(name, value);
  return (
    <ListPage<LedgerRow>
      title={t("title")}
      label={t("title")}
      actions={<ViewsMenu list="ledger" state={url.state} onApply={url.apply} />}
      search={{ value: filters.player ?? "", placeholder: t("search"), onChange: search }}
      filters={[
        {
          id: "type",
          label: t("columns.type"),
          kind: "choice",
          choices: types.map((value) => ({ value, label: words(value) })),
          value: filters.type,
          onChange: set("type"),
        },
        {
          id: "actor",
          label: t("columns.actor"),
          kind: "text",
          placeholder: "staff:st_1",
          value: filters.actor,
          onChange: set("actor"),
        },
        { id: "from", label: t("from"), kind: "day", value: filters.from, onChange: set("from") },
        { id: "to", label: t("to"), kind: "day", value: filters.to, onChange: set("to") },
      ]}
      onClearFilters={url.clearFilters}
      tools={<ExportButton list="ledger" filters={input} />}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.transactionId}
      rowHref={(row) => `/ledger/${row.transactionId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      searchedTo={query.data?.searchedTo}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(transactionId) => <TransactionPeek transactionId={transactionId} />}
    />
  );
}
