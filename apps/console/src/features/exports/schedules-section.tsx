"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ScheduleDialog } from "#features/exports/schedule-dialog.tsx";
import { type InputOf, keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

type Schedule = OutputOf<"export.schedules">["rows"][number];
type Change = InputOf<"export.changeSchedule">["change"];

const tones = { WAITING: "neutral", RUNNING: "accent", DONE: "good", FAILED: "bad" } as const;

/** Reports that come by themselves: what is due, what the last run came to, and what can be done about it. */
export function SchedulesSection() {
  const t = useTranslations("exports.schedules");
  const maySee = useMay("report.read");
  const may = useMay("export.create");
  const [creating, setCreating] = useState(false);
  const [asked, setAsked] = useState<{ readonly schedule: Schedule; readonly change: Change }>();
  const query = useQuery({ ...read("export.schedules", { limit: 100 }), enabled: maySee });
  if (!maySee) return null;
  return (
    <section aria-labelledby="schedules" className="min-w-0 border-b border-line px-(--page-x) pb-4">
      <div className="flex flex-wrap items-center justify-between gap-2 pb-2">
        <h2 id="schedules" className="text-sm font-semibold">
          {t("heading")}
        </h2>
        {may && (
          <Button size="sm" onClick={() => setCreating(true)}>
            {t("new")}
          </Button>
        )}
      </div>
      {query.error !== null && query.data === undefined ? (
        <FailureState failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Skeleton className="h-12 rounded-md" />
      ) : query.data.rows.length === 0 ? (
        <p className="text-sm text-ink-faint">{t("none")}</p>
      ) : (
        <ul className="grid max-h-72 grid-cols-1 divide-y divide-line overflow-y-auto">
          {query.data.rows.map((schedule) => (
            <ScheduleRow
              key={schedule.scheduleId}
              schedule={schedule}
              may={may}
              onChange={(change) => setAsked({ schedule, change })}
            />
          ))}
        </ul>
      )}
      <ScheduleDialog open={creating} onOpenChange={setCreating} />
      {asked !== undefined && <ChangeDialog {...asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

interface RowProps {
  readonly schedule: Schedule;
  readonly may: boolean;
  readonly onChange: (change: Change) => void;
}

function ScheduleRow({ schedule, may, onChange }: RowProps) {
  const t = useTranslations("exports");
  const { timing, lastRun, nextDueAt, status } = schedule;
  const changes: readonly Change[] = [
    ...(lastRun?.status === "FAILED" ? (["RETRY"] as const) : []),
    status === "ACTIVE" ? "PAUSE" : "RESUME",
    "DELETE",
  ];
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <p className="truncate font-medium" title={schedule.name}>
          {schedule.name}
        </p>
        <p className="text-xs text-ink-muted">
          {t(`lists.${schedule.list}`)}, {t(`formats.${schedule.format}`)} · {t(`schedules.rhythms.${timing.every}`)}{" "}
          {String(timing.hour).padStart(2, "0")}:00 {timing.zone} · {schedule.owner}
        </p>
        {lastRun?.failure != null && <p className="text-xs break-words text-bad">{lastRun.failure}</p>}
      </div>
      <div className="min-w-0 text-xs text-ink-muted">
        {nextDueAt === null ? (
          t("schedules.paused")
        ) : (
          <>
            {t("schedules.next")} <Time at={nextDueAt} short precision="minute" />
          </>
        )}
      </div>
      {lastRun !== null && (
        <Status tone={tones[lastRun.status]} open={lastRun.status === "RUNNING"}>
          {t(`schedules.statuses.${lastRun.status}`)}
        </Status>
      )}
      {may && (
        <div className="flex flex-wrap gap-1">
          {changes.map((change) => (
            <Button key={change} size="sm" onClick={() => onChange(change)}>
              {t(`schedules.changes.${change}`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

interface ChangeProps {
  readonly schedule: Schedule;
  readonly change: Change;
  readonly onClose: () => void;
}

function ChangeDialog({ schedule, change, onClose }: ChangeProps) {
  const t = useTranslations("exports.schedules");
  const client = useQueryClient();
  const { scheduleId } = schedule;
  const apply = useMutation({
    ...write("export.changeSchedule"),
    onSuccess: async () => {
      onClose();
      toast(t("changed"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("export.schedules") });
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t(`changes.${change}`)}
      action={t(`changes.${change}`)}
      danger={change === "DELETE"}
      busy={apply.isPending}
      failure={apply.error === null ? undefined : failureOf(apply.error)}
      preview={
        <KeyValues
          items={[
            { label: t("name"), value: schedule.name },
            { label: t("effect"), value: t(`effects.${change}`) },
          ]}
        />
      }
      onConfirm={(reason) => apply.mutate({ scheduleId, change, reason })}
    />
  );
}
