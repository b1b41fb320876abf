"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { statementStates } from "@pitboss/domain/reporting/affiliates/statement";
import { useTranslations } from "use-intl";
import { AffiliateParts, StatementState } from "#features/affiliates/affiliate-words.tsx";
import { StatementBody } from "#features/affiliates/statement-body.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"affiliate.statements">["rows"][number];

const parsers = { affiliate: parseAsString, month: parseAsString, state: parseAsStringLiteral(statementStates) };

/** Statements of all affiliates, newest first. */
export function StatementsPage() {
  const t = useTranslations("affiliates.statements");
  const words = useTranslations("affiliates.statementState");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const { affiliate: affiliateId, ...same } = filters;
  const query = useQuery({
    ...read("affiliate.statements", { ...same, affiliateId, cursor }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  const control = (id: keyof typeof parsers) => ({
    id,
    label: t(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      above={<AffiliateParts />}
      filters={[
        {
          ...control("state"),
          kind: "choice",
          choices: statementStates.map((value) => ({ value, label: words(value) })),
        },
        { ...control("month"), kind: "text", placeholder: "2026-10" },
        { ...control("affiliate"), kind: "text", placeholder: "aff_1" },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.statementId}
      rowHref={(row) => `/affiliates/statements/${row.statementId}`}
      empty={{ title: t("none"), hint: t("noneHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(statementId) => <StatementPeek statementId={statementId} />}
    />
  );
}

function StatementPeek({ statementId }: { statementId: string }) {
  const statement = useQuery(read("affiliate.statement", { statementId }));
  return (
    <div className="px-4 py-3">
      {statement.data === undefined ? (
        <Skeleton className="h-64 rounded-md" />
      ) : (
        <StatementBody statement={statement.data} />
      )}
    </div>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("affiliates.statements.columns");
  return useMemo(
    () => [
      { id: "month", header: t("month"), width: 6, cell: (row) => <span className="tabular">{row.month}</span> },
      { id: "affiliate", header: t("affiliate"), cell: (row) => row.affiliate },
      {
        id: "version",
        header: t("version"),
        width: 5,
        align: "end",
        cell: (row) => <span className="tabular">{row.version}</span>,
      },
      { id: "state", header: t("state"), width: 8, cell: (row) => <StatementState state={row.state} /> },
      {
        id: "total",
        header: t("total"),
        width: 9,
        align: "end",
        cell: (row) => <Money amount={row.total} currency={row.currency} />,
      },
      {
        id: "due",
        header: t("due"),
        width: 9,
        align: "end",
        narrow: "end",
        cell: (row) => <Money amount={row.due} currency={row.currency} />,
      },
      { id: "made", header: t("made"), width: 11, cell: (row) => <Time at={row.madeAt} short /> },
      { id: "why", header: t("why"), cell: (row) => row.reason },
    ],
    [t],
  );
}
