"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { rhythms, type Rhythm } from "@pitboss/domain/reporting/export-schedule";
import { type Jurisdiction, jurisdictions } from "@pitboss/domain/reporting/regulator-report";
import { useTranslations } from "use-intl";
import { type InputOf, keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

type Input = InputOf<"export.schedule">;
type List = Input["list"];
type Format = Input["format"];

const formatsOf: Readonly<Record<List, readonly Format[]>> = {
  figures: ["xlsx", "pdf", "csv"],
  facts: ["csv", "parquet"],
  regulator: ["xml"],
};
const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
const monthDays = Array.from({ length: 31 }, (_, day) => String(day + 1));
const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;
const plain = (values: readonly string[], text = (value: string) => value) =>
  values.map((value) => ({ value, label: text(value) }));

interface Draft {
  readonly name: string;
  readonly list: List;
  readonly format: Format;
  readonly every: Rhythm;
  readonly hour: string;
  readonly zone: string;
  readonly weekday: (typeof weekdays)[number];
  readonly monthDay: string;
  readonly jurisdiction: Jurisdiction | undefined;
  readonly recipients: string;
}

const empty: Draft = {
  name: "",
  list: "figures",
  format: "xlsx",
  every: "daily",
  hour: "6",
  zone: "UTC",
  weekday: "1",
  monthDay: "1",
  jurisdiction: undefined,
  recipients: "",
};

function inputOf(draft: Draft, reason: string): Input {
  const { name, list, format, every, hour, zone, weekday, monthDay, jurisdiction, recipients } = draft;
  return {
    name,
    list,
    format,
    filters: list === "regulator" ? { jurisdiction: jurisdiction ?? null } : list === "figures" ? { by: ["day"] } : {},
    timing: { every, zone, hour: Number(hour), weekday: Number(weekday), monthDay: Number(monthDay) },
    recipients: recipients.split(/[\s,;]+/).filter((email) => email !== ""),
    reason,
  };
}

/** Has a report come by itself. */
export function ScheduleDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("exports.schedules");
  const client = useQueryClient();
  const [draft, setDraft] = useState(empty);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const create = useMutation({
    ...write("export.schedule"),
    onSuccess: async () => {
      onOpenChange(false);
      setDraft(empty);
      toast(t("created"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("export.schedules") });
    },
  });
  const incomplete = draft.name.trim() === "" || (draft.list === "regulator" && draft.jurisdiction === undefined);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title")}
      action={t("create")}
      busy={create.isPending}
      disabled={incomplete}
      failure={create.error === null ? undefined : failureOf(create.error)}
      preview={
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <FormField label={t("name")} className="sm:col-span-2">
            <TextInput value={draft.name} maxLength={80} onChange={(event) => set({ name: event.target.value })} />
          </FormField>
          <ReportFields draft={draft} set={set} />
          <TimingFields draft={draft} set={set} />
          <FormField label={t("recipients")} hint={t("recipientsHint")} className="sm:col-span-2">
            <TextInput value={draft.recipients} onChange={(event) => set({ recipients: event.target.value })} />
          </FormField>
        </div>
      }
      onConfirm={(reason) => create.mutate(inputOf(draft, reason))}
    />
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}

function ReportFields({ draft, set }: FieldsProps): ReactNode {
  const t = useTranslations("exports");
  const lists = Object.keys(formatsOf) as List[];
  return (
    <>
      <FormField label={t("list")}>
        <Select
          choices={lists.map((value) => ({ value, label: t(`lists.${value}`) }))}
          value={draft.list}
          onChange={(list) => set({ list, format: formatsOf[list][0] ?? "csv" })}
        />
      </FormField>
      <FormField label={t("format")}>
        <Select
          choices={formatsOf[draft.list].map((value) => ({ value, label: t(`formats.${value}`) }))}
          value={draft.format}
          onChange={(format) => set({ format })}
        />
      </FormField>
      {draft.list === "regulator" && (
        <FormField label={t("regulator.jurisdiction")} hint={t("regulator.jurisdictionHint")} className="sm:col-span-2">
          <Select
            choices={jurisdictions.map((value) => ({ value, label: t(`regulator.jurisdictions.${value}`) }))}
            value={draft.jurisdiction}
            onChange={(jurisdiction) => set({ jurisdiction })}
            placeholder={t("regulator.choose")}
          />
        </FormField>
      )}
    </>
  );
}

function TimingFields({ draft, set }: FieldsProps): ReactNode {
  const t = useTranslations("exports.schedules");
  return (
    <>
      <FormField label={t("every")} hint={t(`covers.${draft.every}`)}>
        <Select
          choices={rhythms.map((value) => ({ value, label: t(`rhythms.${value}`) }))}
          value={draft.every}
          onChange={(every) => set({ every })}
        />
      </FormField>
      <FormField label={t("hour")}>
        <Select
          choices={plain(hours, (hour) => `${hour.padStart(2, "0")}:00`)}
          value={draft.hour}
          onChange={(hour) => set({ hour })}
        />
      </FormField>
      {draft.every === "weekly" && (
        <FormField label={t("weekday")}>
          <Select
            choices={weekdays.map((value) => ({ value, label: t(`weekdays.${value}`) }))}
            value={draft.weekday}
            onChange={(weekday) => set({ weekday })}
          />
        </FormField>
      )}
      {draft.every === "monthly" && (
        <FormField label={t("monthDay")} hint={t("monthDayHint")}>
          <Select choices={plain(monthDays)} value={draft.monthDay} onChange={(monthDay) => set({ monthDay })} />
        </FormField>
      )}
      <FormField label={t("zone")} hint={t("zoneHint")}>
        <TextInput value={draft.zone} maxLength={60} onChange={(event) => set({ zone: event.target.value.trim() })} />
      </FormField>
    </>
  );
}
