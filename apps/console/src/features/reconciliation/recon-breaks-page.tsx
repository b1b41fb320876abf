"use client";

import { parseId } from "@pitboss/domain/kernel/public-id";
import { breakStates } from "@pitboss/domain/ops/breaks/break-machine";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { AlertBanner } from "#features/alerts/alert-banner.tsx";
import { cashierBreakTypes } from "#features/reconciliation/cashier-types.ts";
import { ReconActions } from "#features/reconciliation/recon-actions.tsx";
import { ReconBreakPeek } from "#features/reconciliation/recon-break-page.tsx";
import { ReconNavigation } from "#features/reconciliation/recon-navigation.tsx";
import { BreakState } from "#features/round-recon/break-state.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";

type Row = OutputOf<"recon.breaks">["rows"][number];

const parsers = {
  scope: parseAsString,
  group: parseAsStringLiteral(["open", "closed"] as const),
  state: parseAsStringLiteral(breakStates),
  type: parseAsStringLiteral(cashierBreakTypes),
  owner: parseAsStringLiteral(["me", "nobody"] as const),
};

/** What the ledger, a provider and a bank tell differently, newest first. */
export function ReconBreaksPage() {
  const t = useTranslations("reconciliation");
  const shared = useTranslations("roundRecon");
  const words = useTranslations("roundRecon.states");
  const types = useTranslations("reconciliation.types");
  const router = useRouter();
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"recon.breaks"> => ({ ...filters, source: "cashier", cursor }), [filters, cursor]);
  const query = useQuery({ ...read("recon.breaks", input), placeholderData: keepPreviousData });
  const columns = useColumns();

  /** A break's id opens it; a provider or an account becomes the filter. */
  function search(text: string) {
    if (parseId("break", text) !== undefined) router.push(`/reconciliation/${text}`);
    else url.setFilter("scope", text);
  }

  const control = (id: "group" | "state" | "type" | "owner") => ({
    id,
    label: shared(`filters.${id}`),
    value: filters[id],
    onChange: (value: string | null) => url.setFilter(id, value),
  });
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      actions={<ReconActions />}
      above={
        <>
          <ReconNavigation />
          <AlertBanner kinds={["RECONCILIATION_DRIFT"]} />
        </>
      }
      search={{ value: filters.scope ?? "", placeholder: t("search"), onChange: search }}
      filters={[
        {
          ...control("group"),
          kind: "choice",
          choices: (["open", "closed"] as const).map((value) => ({ value, label: shared(`groups.${value}`) })),
        },
        {
          ...control("type"),
          kind: "choice",
          choices: cashierBreakTypes.map((value) => ({ value, label: types(value) })),
        },
        { ...control("state"), kind: "choice", choices: breakStates.map((value) => ({ value, label: words(value) })) },
        {
          ...control("owner"),
          kind: "choice",
          choices: (["me", "nobody"] as const).map((value) => ({ value, label: shared(`owners.${value}`) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.breakId}
      rowHref={(row) => `/reconciliation/${row.breakId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(breakId) => <ReconBreakPeek breakId={breakId} />}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("reconciliation.columns");
  const shared = useTranslations("roundRecon.columns");
  const types = useTranslations("reconciliation.types");
  return useMemo(() => {
    const money = (side: Row["expected"]) =>
      side === null ? "–" : <Money amount={side.amount} currency={side.currency} />;
    return [
      {
        id: "break",
        header: shared("break"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.breakId}</span>,
      },
      { id: "state", header: shared("state"), width: 8, cell: (row) => <BreakState state={row.state} /> },
      {
        id: "type",
        header: shared("type"),
        width: 12,
        cell: (row) => {
          const type = cashierBreakTypes.find((one) => one === row.type);
          return type === undefined ? row.type : types(type);
        },
      },
      { id: "scope", header: t("scope"), width: 9, cell: (row) => row.scope },
      {
        id: "about",
        header: t("about"),
        cell: (row) => <span className="font-mono text-xs">{row.subject["reference"] ?? "–"}</span>,
      },
      { id: "owner", header: shared("owner"), width: 8, cell: (row) => row.owner?.name ?? "–" },
      {
        id: "age",
        header: shared("age"),
        width: 5,
        align: "end",
        cell: (row) => shared("days", { count: row.ageDays }),
      },
      {
        id: "difference",
        header: shared("difference"),
        width: 8.5,
        align: "end",
        narrow: "end",
        cell: (row) => money(row.difference),
      },
    ];
  }, [t, shared, types]);
}
