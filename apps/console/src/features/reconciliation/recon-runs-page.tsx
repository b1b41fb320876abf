"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ReconActions } from "#features/reconciliation/recon-actions.tsx";
import { ReconNavigation } from "#features/reconciliation/recon-navigation.tsx";
import { RunPeek } from "#features/reconciliation/run-peek.tsx";
import { RunState, runStates } from "#features/round-recon/run-state.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"recon.runs">["rows"][number];

const parsers = { state: parseAsStringLiteral(runStates) };

/** Runs of the cashier's reconciliation, newest first. */
export function ReconRunsPage() {
  const t = useTranslations("reconciliation.runs");
  const shared = useTranslations("roundRecon.runs");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"recon.runs"> => ({ ...filters, source: "cashier", cursor }), [filters, cursor]);
  const query = useQuery({ ...read("recon.runs", input), placeholderData: keepPreviousData });
  const columns = useColumns();
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      actions={<ReconActions />}
      above={<ReconNavigation />}
      filters={[
        {
          id: "state",
          label: shared("state"),
          value: filters.state,
          onChange: (value: string | null) => url.setFilter("state", value),
          kind: "choice",
          choices: runStates.map((value) => ({ value, label: shared(`states.${value}`) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.runId}
      rowHref={(row) => `/reconciliation/runs?peek=${row.runId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(runId) => <RunPeek runId={runId} />}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("reconciliation.runs");
  const shared = useTranslations("roundRecon.runs");
  return useMemo(
    () => [
      { id: "run", header: t("run"), width: 6, cell: (row) => <span className="font-mono text-xs">{row.runId}</span> },
      { id: "day", header: t("day"), width: 8, cell: (row) => row.day },
      { id: "state", header: shared("state"), width: 9, cell: (row) => <RunState state={row.state} /> },
      { id: "started", header: shared("started"), width: 11, cell: (row) => <Time at={row.startedAt} short /> },
      { id: "by", header: shared("by"), cell: (row) => row.startedBy },
      { id: "matched", header: shared("matched"), width: 7, align: "end", cell: (row) => row.matched },
      { id: "found", header: shared("found"), width: 6, align: "end", cell: (row) => row.found },
      { id: "open", header: shared("openNow"), width: 6, align: "end", narrow: "end", cell: (row) => row.open },
    ],
    [t, shared],
  );
}
