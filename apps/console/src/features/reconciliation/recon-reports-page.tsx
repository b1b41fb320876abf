"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ReconActions } from "#features/reconciliation/recon-actions.tsx";
import { ReconNavigation } from "#features/reconciliation/recon-navigation.tsx";
import { type InputOf, type OutputOf, read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

type Row = OutputOf<"settlement.reports">["rows"][number];

const parsers = { psp: parseAsString };

/** Settlement reports of payment providers, each with what arrived of its payout, newest first. */
export function ReconReportsPage() {
  const t = useTranslations("reconciliation.reports");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo((): InputOf<"settlement.reports"> => ({ ...filters, cursor }), [filters, cursor]);
  const query = useQuery({ ...read("settlement.reports", input), placeholderData: keepPreviousData });
  const columns = useColumns();
  return (
    <ListPage<Row>
      title={t("title")}
      label={t("title")}
      actions={<ReconActions />}
      above={<ReconNavigation />}
      search={{
        value: filters.psp ?? "",
        placeholder: t("search"),
        onChange: (text) => url.setFilter("psp", text),
      }}
      filters={[]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.reportId}
      rowHref={(row) => `/reconciliation/reports?peek=${row.reportId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(reportId) => <ReportPeek reportId={reportId} />}
    />
  );
}

function ReportPeek({ reportId }: { reportId: string }) {
  const t = useTranslations("reconciliation.reports");
  const report = useQuery(read("settlement.report", { reportId }));
  if (report.data === undefined) {
    return report.error === null ? (
      <Skeleton className="m-4 h-64 rounded-md" />
    ) : (
      <FailureState failure={failureOf(report.error)} onRetry={() => void report.refetch()} />
    );
  }
  const { data } = report;
  const money = (amount: string | null) =>
    amount === null ? t("notYet") : <Money amount={amount} currency={data.currency} />;
  return (
    <div className="px-4 py-3">
      <KeyValues
        items={[
          { label: t("psp"), value: data.psp },
          { label: t("payout"), value: <span className="font-mono text-xs">{data.reference}</span> },
          { label: t("from"), value: <Time at={data.periodFrom} /> },
          { label: t("to"), value: <Time at={data.periodTo} /> },
          { label: t("lines"), value: data.lines },
          { label: t("gross"), value: money(data.gross) },
          { label: t("fees"), value: money(data.fees) },
          { label: t("reserve"), value: money(data.reserve) },
          { label: t("paidOut"), value: money(data.paidOut) },
          { label: t("paidAt"), value: <Time at={data.paidAt} /> },
          { label: t("arrived"), value: money(data.arrived) },
          ...(data.arrivedOn === null ? [] : [{ label: t("arrivedOn"), value: data.arrivedOn }]),
          { label: t("posted"), value: data.postedAt === null ? t("notYet") : <Time at={data.postedAt} /> },
          { label: t("imported"), value: <Time at={data.importedAt} /> },
          { label: t("by"), value: data.importedBy },
        ]}
      />
    </div>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useTranslations("reconciliation.reports");
  return useMemo(() => {
    const money = (amount: string | null, { currency }: Row) =>
      amount === null ? "–" : <Money amount={amount} currency={currency} />;
    return [
      {
        id: "report",
        header: t("report"),
        width: 6,
        cell: (row) => <span className="font-mono text-xs">{row.reportId}</span>,
      },
      { id: "psp", header: t("psp"), width: 8, cell: (row) => row.psp },
      {
        id: "payout",
        header: t("payout"),
        cell: (row) => <span className="font-mono text-xs">{row.reference}</span>,
      },
      { id: "paidAt", header: t("paidAt"), width: 10, cell: (row) => <Time at={row.paidAt} short /> },
      { id: "lines", header: t("lines"), width: 5, align: "end", cell: (row) => row.lines },
      { id: "gross", header: t("gross"), width: 8, align: "end", cell: (row) => money(row.gross, row) },
      { id: "fees", header: t("fees"), width: 7, align: "end", cell: (row) => money(row.fees, row) },
      { id: "reserve", header: t("reserve"), width: 7, align: "end", cell: (row) => money(row.reserve, row) },
      { id: "arrived", header: t("arrived"), width: 8, align: "end", cell: (row) => money(row.arrived, row) },
      {
        id: "paidOut",
        header: t("paidOut"),
        width: 8,
        align: "end",
        narrow: "end",
        cell: (row) => money(row.paidOut, row),
      },
    ];
  }, [t]);
}
