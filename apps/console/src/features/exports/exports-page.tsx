"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { RegulatorButton } from "#features/exports/regulator-button.tsx";
import { SchedulesSection } from "#features/exports/schedules-section.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { cn } from "#lib/cn.ts";
import { listStateOf } from "#lib/list-state.ts";
import { buttonStyle } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { Column } from "#ui/data-table-types.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Job = OutputOf<"export.list">["rows"][number];

const tones = { QUEUED: "neutral", RUNNING: "accent", DONE: "good", FAILED: "bad" } as const;
const busyMs = 2_000;

/** One's own exports: a job makes each, and its file is there for a while. */
export function ExportsPage() {
  const t = useTranslations("exports");
  const [cursor, setCursor] = useQueryState("cursor", parseAsString.withOptions({ history: "push" }));
  const query = useQuery({
    ...read("export.list", { cursor }),
    refetchInterval: ({ state }) =>
      state.data?.rows.some(({ status }) => status === "QUEUED" || status === "RUNNING") === true ? busyMs : false,
  });
  const columns = useColumns();
  const next = query.data?.next;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader title={t("mine")} summary={t("lead")} actions={<RegulatorButton />} />
      <SchedulesSection />
      <div className="min-h-0 flex-1 roomy:overflow-auto">
        <DataTable<Job>
          label={t("mine")}
          columns={columns}
          list={listStateOf(query, (data) => data.rows)}
          rowId={(row) => row.exportId}
          rowHref={(row) => (row.download === null ? "/exports" : `/api/exports/${row.exportId}`)}
          empty={{ title: t("none"), hint: t("noneHint") }}
        />
      </div>
      <Pager
        count={query.data?.rows.length}
        onFirst={cursor === null ? undefined : () => void setCursor(null)}
        onNext={typeof next === "string" ? () => void setCursor(next) : undefined}
      />
    </div>
  );
}

function useColumns(): readonly Column<Job>[] {
  const t = useTranslations("exports");
  const locale = useLocale();
  return useMemo(() => {
    const count = new Intl.NumberFormat(locale);
    const bytes = new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte", maximumFractionDigits: 1 });
    return [
      {
        id: "list",
        header: t("list"),
        cell: (row) => <span className="font-medium">{t(`lists.${row.list as "bets"}`)}</span>,
      },
      {
        id: "status",
        header: t("status"),
        width: 9,
        narrow: "end",
        cell: (row) => (
          <Status tone={tones[row.status]} open={row.status === "RUNNING"}>
            {t(`statuses.${row.status}`)}
          </Status>
        ),
      },
      {
        id: "format",
        header: t("format"),
        width: 6,
        // A bundle is an archive of several files.
        cell: (row) => (row.list === "audit-bundle" ? "tar.gz" : t(`formats.${row.format}`)),
      },
      {
        id: "rows",
        header: t("rows"),
        width: 8,
        align: "end",
        cell: (row) => <span className="tabular">{count.format(Number(row.rows))}</span>,
      },
      {
        id: "bytes",
        header: t("size"),
        width: 8,
        align: "end",
        cell: (row) => <span className="tabular">{bytes.format(Number(row.bytes) / 1_000)}</span>,
      },
      { id: "created", header: t("created"), width: 12, cell: (row) => <Time at={row.createdAt} short /> },
      {
        id: "expires",
        header: t("expires"),
        width: 9,
        cell: (row) => (row.expiresAt === null ? "–" : <Time at={row.expiresAt} relative />),
      },
      {
        id: "file",
        header: t("file"),
        width: 9,
        cell: (row) =>
          row.download === null ? (
            <span className="text-ink-faint">{row.failure ?? "–"}</span>
          ) : (
            // A plain link: the browser saves what comes, and Next must not fetch it ahead.
            <a
              href={`/api/exports/${row.exportId}`}
              download
              className={cn(buttonStyle({ look: "plain", size: "sm" }))}
            >
              <Download />
              {t("download")}
            </a>
          ),
      },
    ];
  }, [t, locale]);
}
