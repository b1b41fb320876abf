"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { type ApprovalKind, approvalKinds } from "@pitboss/domain/identity/approval-kinds";
import { useTranslations } from "use-intl";
import { ApprovalPeek } from "#features/approvals/approval-peek.tsx";
import { ApprovalStatus } from "#features/approvals/approval-status.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Money } from "#ui/money.tsx";
import { Segmented } from "#ui/segmented.tsx";
import { Time } from "#ui/time.tsx";

type Approval = OutputOf<"approval.list">["rows"][number];

const boxes = ["inbox", "mine", "all"] as const;
const statuses = ["PROPOSED", "APPROVED", "APPLIED", "REJECTED", "EXPIRED", "WITHDRAWN"] as const;
const kinds = Object.keys(approvalKinds) as ApprovalKind[];
const parsers = {
  box: parseAsStringLiteral(boxes),
  status: parseAsStringLiteral(statuses),
  kind: parseAsStringLiteral(kinds),
};

/** What waits for a second person, and what became of the rest. */
export function ApprovalsPage() {
  const t = useTranslations("approvals");
  const kindWords = useTranslations("words.approvalKind");
  const statusWords = useTranslations("words.approvalStatus");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const box = filters.box ?? "inbox";
  const input = useMemo(
    () => ({
      box,
      statuses: filters.status === null ? null : [filters.status],
      kinds: filters.kind === null ? null : [filters.kind],
      cursor,
    }),
    [box, filters.status, filters.kind, cursor],
  );
  const query = useQuery({
    ...read("approval.list", input),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const columns = useColumns();
  return (
    <ListPage<Approval>
      title={t("title")}
      label={t("title")}
      actions={
        <Segmented
          label={t("box")}
          value={box}
          onChange={(next) => url.setFilter("box", next === "inbox" ? null : next)}
          choices={boxes.map((value) => ({ value, label: t(`boxes.${value}`) }))}
        />
      }
      filters={[
        {
          id: "kind",
          label: t("columns.kind"),
          kind: "choice",
          choices: kinds.map((value) => ({ value, label: kindWords(value) })),
          value: filters.kind,
          onChange: (value) => url.setFilter("kind", value),
        },
        ...(box === "inbox"
          ? []
          : [
              {
                id: "status",
                label: t("columns.status"),
                kind: "choice" as const,
                choices: statuses.map((value) => ({ value, label: statusWords(value) })),
                value: filters.status,
                onChange: (value: string | null) => url.setFilter("status", value),
              },
            ]),
      ]}
      onClearFilters={url.clearFilters}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.approvalId}
      rowHref={(row) => `/approvals/${row.approvalId}`}
      empty={{ icon: ShieldCheck, title: t(`empty.${box}`), hint: t(`emptyHint.${box}`) }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(approvalId) => <ApprovalPeek approvalId={approvalId} />}
    />
  );
}

function useColumns(): readonly Column<Approval>[] {
  const t = useTranslations("approvals.columns");
  const kindWords = useTranslations("words.approvalKind");
  return useMemo(
    () => [
      { id: "summary", header: t("summary"), cell: (row) => <span className="font-medium">{row.summary}</span> },
      { id: "kind", header: t("kind"), width: 8, cell: (row) => kindWords(row.kind) },
      {
        id: "amount",
        header: t("amount"),
        width: 10,
        align: "end",
        narrow: "end",
        cell: (row) =>
          row.amount === null ? null : <Money amount={row.amount.amount} currency={row.amount.currency} />,
      },
      { id: "status", header: t("status"), width: 8, cell: (row) => <ApprovalStatus status={row.status} /> },
      {
        id: "approvals",
        header: t("approvals"),
        width: 7,
        cell: (row) => (
          <span className="tabular">
            {t("of", {
              given: row.decisions.filter(({ decision }) => decision === "APPROVED").length,
              required: row.required,
            })}
          </span>
        ),
      },
      { id: "by", header: t("by"), width: 11, cell: (row) => row.proposedBy.name },
      { id: "at", header: t("at"), width: 10, cell: (row) => <Time at={row.proposedAt} short precision="minute" /> },
      {
        id: "expires",
        header: t("expires"),
        width: 10,
        optional: true,
        cell: (row) => <Time at={row.expiresAt} relative />,
      },
    ],
    [t, kindWords],
  );
}
