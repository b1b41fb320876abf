"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DayLines } from "#features/reports/day-lines.tsx";
import { DayStatus } from "#features/reports/day-status.tsx";
import { keyOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RecordList } from "#ui/record-list.tsx";
import { ScrollPage } from "#ui/scroll-page.tsx";
import { Section } from "#ui/section.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";

/** One closed day: what was found when it was compared, and every time that it was. */
export function DayPage({ day }: { day: string }) {
  const t = useTranslations("reports.days");
  const client = useQueryClient();
  const mayClose = useMay("report.close");
  const [asking, setAsking] = useState(false);
  const revisions = useQuery(read("report.day", { day }));
  const again = useMutation({
    ...write("report.tieOut"),
    onSuccess: async ({ status }) => {
      setAsking(false);
      toast(t("compared", { status: t(status === "TIED" ? "tied" : "off") }), {
        tone: status === "TIED" ? "good" : "bad",
      });
      await client.invalidateQueries({ queryKey: keyOf("report.day") });
      await client.invalidateQueries({ queryKey: keyOf("report.days") });
    },
  });
  const [newest] = revisions.data ?? [];
  return (
    <ScrollPage>
      <PageHeader
        parent={{ label: t("title"), href: "/reports/days" }}
        title={`${day} UTC`}
        {...(newest === undefined ? {} : { badge: <DayStatus status={newest.status} /> })}
        {...(mayClose && newest !== undefined
          ? { actions: <Button onClick={() => setAsking(true)}>{t("again")}</Button> }
          : {})}
      />
      {revisions.error !== null && revisions.data === undefined ? (
        <FailureState failure={failureOf(revisions.error)} onRetry={() => void revisions.refetch()} />
      ) : (
        <div className="grid gap-x-10 px-(--page-x) xl:grid-cols-[minmax(0,1fr)_24rem]">
          <Section title={t("lines")}>
            {newest === undefined ? <Skeleton className="h-64 rounded-md" /> : <DayLines day={newest} />}
          </Section>
          <Section title={t("trail")}>
            {revisions.data === undefined ? (
              <Skeleton className="h-24 rounded-md" />
            ) : (
              <RecordList
                label={t("trail")}
                rows={revisions.data}
                rowKey={(row) => String(row.revision)}
                empty={null}
                cells={(row) => [
                  <span key="revision" className="tabular">
                    {row.revision}
                  </span>,
                  <DayStatus key="status" status={row.status} />,
                  <span key="why" className="block max-w-56 truncate" title={row.reason}>
                    {row.reason}
                  </span>,
                  <Time key="at" at={row.closedAt} short precision="minute" />,
                ]}
              />
            )}
          </Section>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("again")}
        action={t("again")}
        busy={again.isPending}
        failure={again.error === null ? undefined : failureOf(again.error)}
        preview={<p className="text-ink-muted">{t("againText")}</p>}
        onConfirm={(reason) => again.mutate({ day, reason })}
      />
    </ScrollPage>
  );
}
