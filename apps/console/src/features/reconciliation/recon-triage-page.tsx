"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { cashierBreakTypes } from "#features/reconciliation/cashier-types.ts";
import { ReconActions } from "#features/reconciliation/recon-actions.tsx";
import { ReconNavigation } from "#features/reconciliation/recon-navigation.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { KeyValues } from "#ui/key-values.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"recon.triage">[number];

const idOf = ({ scope, type, difference }: Row): string => `${scope} ${type} ${difference?.currency ?? ""}`;

/** What is open, by provider and kind: where to begin. */
export function ReconTriagePage() {
  const t = useTranslations("reconciliation.triage");
  const means = useTranslations("reconciliation.means");
  const url = useListUrl({});
  const query = useQuery(read("recon.triage", { source: "cashier" }));
  const columns = useColumns();
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      actions={<ReconActions />}
      above={<ReconNavigation />}
      filters={[]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data)}
      rowId={idOf}
      rowHref={({ scope, type }) =>
        `/reconciliation?group=open&type=${encodeURIComponent(type)}&scope=${encodeURIComponent(scope)}`
      }
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={null}
      cursor={null}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(id) => {
        const row = query.data?.find((one) => idOf(one) === id);
        const type = cashierBreakTypes.find((one) => one === row?.type);
        return (
          <div className="flex flex-col gap-3 px-4 py-3">
            {type !== undefined && <p>{means(type)}</p>}
            {row !== undefined && (
              <KeyValues
                items={[
                  { label: t("scope"), value: row.scope },
                  { label: t("count"), value: row.count },
                  { label: t("oldest"), value: <Time at={row.oldest} /> },
                ]}
              />
            )}
          </div>
        );
      }}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("reconciliation.triage");
  const types = useTranslations("reconciliation.types");
  const ages = useTranslations("reconciliation.ages");
  return useMemo(
    () => [
      {
        id: "type",
        header: t("type"),
        cell: (row) => {
          const type = cashierBreakTypes.find((one) => one === row.type);
          return type === undefined ? row.type : types(type);
        },
      },
      { id: "scope", header: t("scope"), cell: (row) => row.scope },
      { id: "age", header: t("age"), width: 11, cell: (row) => ages(row.age) },
      { id: "oldest", header: t("oldest"), width: 11, cell: (row) => <Time at={row.oldest} short /> },
      { id: "count", header: t("count"), width: 6, align: "end", cell: (row) => row.count },
      {
        id: "difference",
        header: t("difference"),
        width: 9,
        align: "end",
        narrow: "end",
        cell: (row) =>
          row.difference === null ? "–" : <Money amount={row.difference.amount} currency={row.difference.currency} />,
      },
    ],
    [t, types, ages],
  );
}
