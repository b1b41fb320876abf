"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Jurisdiction, jurisdictions, regulatorDaysMost } from "@pitboss/domain/reporting/regulator-report";
import { useTranslations } from "use-intl";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { useMay } from "#lib/reader.tsx";
import { toast } from "#lib/toasts.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

const dayMs = 86_400_000;

function daysAgo(days: number): string {
  return new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);
}

/** Asks for a regulator's file of closed days; a day that is not tied out is told at once. */
export function RegulatorButton() {
  const t = useTranslations("exports.regulator");
  const may = useMay("export.create");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState(() => daysAgo(1));
  const [to, setTo] = useState(() => daysAgo(1));
  const [jurisdiction, setJurisdiction] = useState<Jurisdiction>();
  const create = useMutation({
    ...write("export.create"),
    onSuccess: async () => {
      setOpen(false);
      toast(t("queued"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("export.list") });
    },
  });
  if (!may) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("action")}</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t("title")}
        action={t("make")}
        busy={create.isPending}
        disabled={jurisdiction === undefined || from === "" || to === "" || from > to}
        failure={create.error === null ? undefined : failureOf(create.error)}
        preview={
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            <p className="text-ink-muted sm:col-span-2">{t("lead", { days: String(regulatorDaysMost) })}</p>
            <FormField label={t("from")}>
              <TextInput type="date" value={from} max={to} onChange={(event) => setFrom(event.target.value)} />
            </FormField>
            <FormField label={t("to")}>
              <TextInput type="date" value={to} min={from} onChange={(event) => setTo(event.target.value)} />
            </FormField>
            <FormField label={t("jurisdiction")} hint={t("jurisdictionHint")} className="sm:col-span-2">
              <Select
                choices={jurisdictions.map((value) => ({ value, label: t(`jurisdictions.${value}`) }))}
                value={jurisdiction}
                onChange={setJurisdiction}
                placeholder={t("choose")}
              />
            </FormField>
          </div>
        }
        onConfirm={(reason) =>
          create.mutate({
            list: "regulator",
            format: "xml",
            filters: { from, to, jurisdiction: jurisdiction ?? null },
            reason,
          })
        }
      />
    </>
  );
}
