"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { batchStates } from "@pitboss/domain/cashier/bank/batch-machine";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { useTranslations } from "use-intl";
import { BatchPeek } from "#features/payout-batches/batch-facts.tsx";
import { BatchState } from "#features/payout-batches/batch-state.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"payoutBatch.list">["rows"][number];

const parsers = { bank: parseAsString, state: parseAsStringLiteral(batchStates) };

/** Files of payouts that went to banks, newest first. */
export function PayoutBatchesPage() {
  const t = useTranslations("payoutBatches");
  const words = useTranslations("payoutBatches.states");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"payoutBatch.list"> => ({ ...filters, cursor }), [filters, cursor]);
  const query = useQuery({ ...read("payoutBatch.list", input), placeholderData: keepPreviousData });
  const columns = useColumns();

  /** A file's id opens it; anything else is the code of a bank. */
  function search(text: string) {
    if (parseId("payoutBatch", text) !== undefined) router.push(`/payout-batches/${text}`);
    else url.setFilter("bank", text);
  }

  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      search={{ value: filters.bank ?? "", placeholder: t("search"), onChange: search }}
      filters={[
        {
          id: "state",
          label: t("filters.state"),
          value: filters.state,
          onChange: (value) => url.setFilter("state", value),
          kind: "choice",
          choices: batchStates.map((value) => ({ value, label: words(value) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.batchId}
      rowHref={(row) => `/payout-batches/${row.batchId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(batchId) => <BatchPeek batchId={batchId} />}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("payoutBatches.columns");
  return useMemo(
    () => [
      {
        id: "batch",
        header: t("batch"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.batchId}</span>,
      },
      { id: "at", header: t("at"), width: 11, cell: (row) => <Time at={row.createdAt} short /> },
      { id: "state", header: t("state"), width: 10, cell: (row) => <BatchState state={row.state} /> },
      { id: "bank", header: t("bank"), cell: (row) => row.bank },
      { id: "count", header: t("count"), width: 6, align: "end", cell: (row) => row.count ?? "–" },
      { id: "pending", header: t("pending"), width: 6, align: "end", cell: (row) => row.pending },
      { id: "paid", header: t("paid"), width: 6, align: "end", cell: (row) => row.paid },
      { id: "failed", header: t("failed"), width: 6, align: "end", cell: (row) => row.failed },
      {
        id: "sum",
        header: t("sum"),
        width: 9,
        align: "end",
        narrow: "end",
        cell: (row) => (row.controlSum === null ? "–" : <Money amount={row.controlSum} currency={row.currency} />),
      },
      {
        id: "message",
        header: t("message"),
        width: 16,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.messageId}</span>,
      },
    ],
    [t],
  );
}
