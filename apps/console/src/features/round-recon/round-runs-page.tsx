"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { RoundReconNavigation } from "#features/round-recon/round-recon-navigation.tsx";
import { RunState, runStates } from "#features/round-recon/run-state.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"recon.runs">["rows"][number];

const parsers = { scope: parseAsString, state: parseAsStringLiteral(runStates) };

/** Comparisons of providers' daily files, newest first. */
export function RoundRunsPage() {
  const t = useTranslations("roundRecon.runs");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"recon.runs"> => ({ ...filters, source: "provider", cursor }), [filters, cursor]);
  const query = useQuery({ ...read("recon.runs", input), placeholderData: keepPreviousData });
  const columns = useColumns();
  const breaksOf = (row: Row) => `/provider-reconciliation?scope=${encodeURIComponent(row.scope)}`;
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      above={<RoundReconNavigation />}
      search={{
        value: filters.scope ?? "",
        placeholder: t("search"),
        onChange: (text) => url.setFilter("scope", text),
      }}
      filters={[
        {
          id: "state",
          label: t("state"),
          value: filters.state,
          onChange: (value: string | null) => url.setFilter("state", value),
          kind: "choice",
          choices: runStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.runId}
      rowHref={breaksOf}
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

function RunPeek({ runId }: { runId: string }) {
  const t = useTranslations("roundRecon.runs");
  const run = useQuery(read("recon.run", { runId }));
  if (run.data === undefined) {
    return run.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(run.error)} onRetry={() => void run.refetch()} />
    );
  }
  const { state, startedBy, startedAt, doneAt, lines, matched, found, reopened, cleared, open, totals, failure } =
    run.data;
  return (
    <div className="px-4 py-3">
      <KeyValues
        items={[
          { label: t("state"), value: <RunState state={state} /> },
          ...(failure === null ? [] : [{ label: t("failure"), value: failure }]),
          { label: t("by"), value: startedBy },
          { label: t("started"), value: <Time at={startedAt} /> },
          ...(doneAt === null ? [] : [{ label: t("done"), value: <Time at={doneAt} /> }]),
          { label: t("lines"), value: lines },
          { label: t("matched"), value: matched },
          { label: t("found"), value: found },
          { label: t("reopened"), value: reopened },
          { label: t("cleared"), value: cleared },
          { label: t("openNow"), value: open },
          ...totals.map(({ side, what, count, amount, currency }) => ({
            label: t("total", {
              side: t(`sides.${side === "LEDGER" ? "LEDGER" : "PROVIDER"}`),
              what: t(`sums.${what === "BETS" ? "BETS" : "WINS"}`),
            }),
            value: t("sum", { amount, currency, count }),
          })),
        ]}
      />
    </div>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("roundRecon.runs");
  return useMemo(
    () => [
      { id: "run", header: t("run"), width: 6, cell: (row) => <span className="font-mono text-xs">{row.runId}</span> },
      { id: "started", header: t("started"), width: 11, cell: (row) => <Time at={row.startedAt} short /> },
      { id: "state", header: t("state"), width: 8, cell: (row) => <RunState state={row.state} /> },
      { id: "scope", header: t("scope"), cell: (row) => row.scope },
      { id: "by", header: t("by"), width: 11, cell: (row) => row.startedBy },
      { id: "matched", header: t("matched"), width: 6, align: "end", cell: (row) => row.matched },
      { id: "found", header: t("found"), width: 6, align: "end", cell: (row) => row.found },
      { id: "open", header: t("openNow"), width: 6, align: "end", narrow: "end", cell: (row) => row.open },
    ],
    [t],
  );
}
