"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ReconActions } from "#features/reconciliation/recon-actions.tsx";
import { ReconNavigation } from "#features/reconciliation/recon-navigation.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { KeyValues } from "#ui/key-values.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"settlement.statements">["rows"][number];

const parsers = { account: parseAsString };

/** Statements of the house's accounts at banks, newest first. */
export function ReconStatementsPage() {
  const t = useTranslations("reconciliation.statements");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"settlement.statements"> => ({ ...filters, cursor }), [filters, cursor]);
  const query = useQuery({ ...read("settlement.statements", input), placeholderData: keepPreviousData });
  const columns = useColumns();
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      actions={<ReconActions />}
      above={<ReconNavigation />}
      search={{
        value: filters.account ?? "",
        placeholder: t("search"),
        onChange: (text) => url.setFilter("account", text),
      }}
      filters={[]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.statementId}
      rowHref={(row) => `/reconciliation?scope=${encodeURIComponent(row.account)}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(id) => {
        const row = query.data?.rows.find((one) => one.statementId === id);
        return row === undefined ? null : <StatementPeek row={row} />;
      }}
    />
  );
}

function StatementPeek({ row }: { row: Row }) {
  const t = useTranslations("reconciliation.statements");
  return (
    <div className="px-4 py-3">
      <KeyValues
        items={[
          { label: t("account"), value: row.account },
          { label: t("reference"), value: row.reference },
          { label: t("days"), value: `${row.dayFrom} – ${row.dayTo}` },
          { label: t("entries"), value: row.entries },
          { label: t("opening"), value: <Money amount={row.opening} currency={row.currency} /> },
          { label: t("closing"), value: <Money amount={row.closing} currency={row.currency} /> },
          { label: t("imported"), value: <Time at={row.importedAt} /> },
          { label: t("by"), value: row.importedBy },
        ]}
      />
    </div>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("reconciliation.statements");
  return useMemo(
    () => [
      {
        id: "statement",
        header: t("statement"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.statementId}</span>,
      },
      { id: "account", header: t("account"), cell: (row) => row.account },
      { id: "reference", header: t("reference"), width: 10, cell: (row) => row.reference },
      { id: "days", header: t("days"), width: 8, cell: (row) => row.dayTo },
      { id: "entries", header: t("entries"), width: 6, align: "end", cell: (row) => row.entries },
      {
        id: "opening",
        header: t("opening"),
        width: 9,
        align: "end",
        cell: (row) => <Money amount={row.opening} currency={row.currency} />,
      },
      {
        id: "closing",
        header: t("closing"),
        width: 9,
        align: "end",
        narrow: "end",
        cell: (row) => <Money amount={row.closing} currency={row.currency} />,
      },
    ],
    [t],
  );
}
