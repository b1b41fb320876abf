"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral } from "nuqs";
import { useMemo } from "react";
import { actorKinds } from "@pitboss/domain/audit/audit-entry";
import { useTranslations } from "use-intl";
import { AuditEntry } from "#features/audit/audit-entry.tsx";
import { type AuditRow, AuditSubject, actorName } from "#features/audit/audit-row.tsx";
import { SealStatus } from "#features/audit/seal-status.tsx";
import { ExportButton } from "#features/exports/export-button.tsx";
import { ViewsMenu } from "#features/views/views-menu.tsx";
import { read } from "#lib/api.ts";
import { dayEnd, dayStart } from "#lib/days.ts";
import { listStateOf } from "#lib/list-state.ts";
import { useListUrl } from "#lib/use-list-url.ts";
import type { Column } from "#ui/data-table-types.ts";
import { ListPage } from "#ui/list-page.tsx";
import { Time } from "#ui/time.tsx";

const parsers = {
  subject: parseAsString,
  actorKind: parseAsStringLiteral(actorKinds),
  actor: parseAsString,
  action: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

/** Who did what, to what, why and from where. */
export function AuditPage() {
  const t = useTranslations("audit");
  const url = useListUrl(parsers);
  const { filters, cursor } = url;
  const input = useMemo(
    () => ({
      subjectId: filters.subject,
      actorKind: filters.actorKind,
      actorId: filters.actor,
      action: filters.action,
      from: dayStart(filters.from),
      to: dayEnd(filters.to),
      cursor,
    }),
    [filters, cursor],
  );
  const query = useQuery({ ...read("audit.list", input), placeholderData: keepPreviousData });
  const actions = useQuery(read("audit.actions"));
  const columns = useColumns();
  const rows = query.data?.rows ?? [];
  const set = (name: keyof typeof parsers) => (value: string | null) => url.setFilter(name, value);
  return (
    <ListPage<AuditRow>
      title={t("title")}
      label={t("title")}
      summary={<SealStatus />}
      actions={<ViewsMenu list="audit" state={url.state} onApply={url.apply} />}
      search={{ value: filters.subject ?? "", placeholder: t("search"), onChange: set("subject") }}
      filters={[
        {
          id: "action",
          label: t("columns.action"),
          kind: "choice",
          choices: (actions.data ?? []).map((value) => ({ value, label: value })),
          value: filters.action,
          onChange: set("action"),
        },
        {
          id: "actor",
          label: t("columns.actor"),
          kind: "text",
          placeholder: "st_1",
          value: filters.actor,
          onChange: set("actor"),
        },
        {
          id: "actorKind",
          label: t("columns.actorKind"),
          kind: "choice",
          choices: actorKinds.map((value) => ({ value, label: t(`actorKinds.${value}`) })),
          value: filters.actorKind,
          onChange: set("actorKind"),
        },
        { id: "from", label: t("from"), kind: "day", value: filters.from, onChange: set("from") },
        { id: "to", label: t("to"), kind: "day", value: filters.to, onChange: set("to") },
      ]}
      onClearFilters={url.clearFilters}
      tools={<ExportButton list="audit" filters={input} />}
      columns={columns}
      visible={url.columns}
      onColumns={url.setColumns}
      list={listStateOf(query, (data) => data.rows)}
      rowId={(row) => row.auditId}
      rowHref={(row) => `/audit?peek=${row.auditId}`}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      next={query.data?.next}
      cursor={cursor}
      onPage={url.goTo}
      peekId={url.peek}
      onPeek={url.setPeek}
      peek={(auditId) => <AuditEntry entry={rows.find((row) => row.auditId === auditId)} />}
    />
  );
}

function useColumns(): readonly Column<AuditRow>[] {
  const t = useTranslations("audit.columns");
  return useMemo(
    () => [
      {
        id: "action",
        header: t("action"),
        width: 13,
        cell: (row) => <span className="font-medium">{row.action}</span>,
      },
      { id: "at", header: t("at"), width: 11, narrow: "end", cell: (row) => <Time at={row.at} short /> },
      { id: "actor", header: t("actor"), width: 12, cell: actorName },
      { id: "subject", header: t("subject"), width: 11, cell: (row) => <AuditSubject subject={row.subject} /> },
      { id: "reason", header: t("reason"), cell: (row) => row.reason ?? <span className="text-ink-faint">–</span> },
      { id: "ip", header: t("ip"), width: 9, cell: (row) => <span className="font-mono text-xs">{row.ip}</span> },
      { id: "channel", header: t("channel"), width: 6, cell: (row) => row.channel },
      {
        id: "id",
        header: t("id"),
        width: 9,
        optional: true,
        cell: (row) => <span className="font-mono text-xs">{row.auditId}</span>,
      },
      {
        id: "position",
        header: t("position"),
        width: 7,
        align: "end",
        optional: true,
        cell: (row) => <span className="tabular">{row.position}</span>,
      },
    ],
    [t],
  );
}
