"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { sarStates } from "@pitboss/domain/compliance/aml/case-machine";
import { useTranslations } from "use-intl";
import { AmlCasePeek } from "#features/aml/case-peek.tsx";
import { SarState } from "#features/aml/case-state.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Time } from "#ui/time.tsx";

type SarRow = OutputOf<"aml.sars">["rows"][number];

const parsers = { state: parseAsStringLiteral(sarStates) };

/** All reports of suspicious activity; each opens its case, where it is drafted and filed. */
export function SarsPage() {
  const t = useTranslations("monitoring");
  const states = useTranslations("words.sarState");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const query = useQuery({ ...read("aml.sars", { state: filters.state, cursor }), placeholderData: keepPreviousData });
  const columns = useSarColumns();
  return (
    <ListPage<SarRow>
      title={t("titles.sars")}
      label={t("titles.sars")}
      filters={[
        {
          id: "state",
          label: t("filters.state"),
          value: filters.state,
          onChange: (value) => url.setFilter("state", value),
          kind: "choice",
          choices: sarStates.map((value) => ({ value, label: states(value) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.sarId}
      rowHref={(row) => `/aml/${row.caseId}`}
      empty={{ title: t("emptySars"), hint: t("emptySarsHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(sarId) => {
        const row = query.data?.rows.find((one) => one.sarId === sarId);
        return row === undefined ? null : <AmlCasePeek caseId={row.caseId} />;
      }}
    />
  );
}

function useSarColumns(): readonly Column<SarRow>[] {
  const t = useTranslations("monitoring.columns");
  return useMemo(
    () => [
      { id: "sar", header: t("sar"), width: 6, cell: (row) => <span className="font-mono text-xs">{row.sarId}</span> },
      { id: "drafted", header: t("drafted"), width: 11, cell: (row) => <Time at={row.draftedAt} short /> },
      { id: "state", header: t("state"), width: 10, narrow: "end", cell: (row) => <SarState state={row.state} /> },
      { id: "player", header: t("player"), cell: (row) => row.nickname },
      { id: "authority", header: t("authority"), width: 10, cell: (row) => row.authority },
      {
        id: "filed",
        header: t("filed"),
        width: 11,
        cell: (row) => (row.filedAt === null ? null : <Time at={row.filedAt} short />),
      },
      { id: "receipt", header: t("receipt"), width: 10, optional: true, cell: (row) => row.receipt },
    ],
    [t],
  );
}
