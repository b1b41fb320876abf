"use client";

import { roundBreakTypes } from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { type InputOf, keyOf, type OutputOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

type Given = InputOf<"roundRecon.plan">;

/** A provider's file of a day: what would be found is shown first, and kept with a reason. */
export function CompareDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations("roundRecon.compare");
  const client = useQueryClient();
  const fileId = useId();
  const providers = useQuery({ ...read("provider.list"), enabled: open });
  const [provider, setProvider] = useState<string>();
  const [day, setDay] = useState(() => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  const [file, setFile] = useState<Given["file"]>(null);
  const plan = useMutation(write("roundRecon.plan"));
  const run = useMutation({
    ...write("roundRecon.run"),
    onSuccess: async ({ open: left }) => {
      toast(t("done", { count: left }), { tone: left === 0 ? "good" : "bad" });
      onClose();
      await Promise.all(
        (["recon.breaks", "recon.runs", "alert.list"] as const).map((name) =>
          client.invalidateQueries({ queryKey: keyOf(name) }),
        ),
      );
    },
  });
  const error = run.error ?? plan.error;

  /** What was looked at before says nothing about another choice; the new one is looked at where it is whole. */
  function look(next: Partial<Given>) {
    const given = { provider: provider ?? "", day, file, ...next };
    run.reset();
    plan.reset();
    if (given.provider !== "" && given.day !== "") plan.mutate(given);
  }

  async function take(chosen: File | undefined) {
    const next =
      chosen === undefined
        ? null
        : {
            format: chosen.name.toLowerCase().endsWith(".json") ? ("json" as const) : ("csv" as const),
            text: await chosen.text(),
          };
    setFile(next);
    look({ file: next });
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("title")}
      action={t("run")}
      disabled={plan.data === undefined || provider === undefined}
      busy={run.isPending}
      failure={error === null ? undefined : failureOf(error)}
      preview={
        <div className="flex flex-col gap-3">
          <FormField label={t("provider")}>
            <Select
              choices={(providers.data?.rows ?? []).map((row) => ({ value: row.provider, label: row.name }))}
              value={provider}
              onChange={(value) => {
                setProvider(value);
                look({ provider: value });
              }}
              placeholder={t("choose")}
            />
          </FormField>
          <FormField label={t("day")}>
            <TextInput
              type="date"
              value={day}
              onChange={(event) => {
                setDay(event.currentTarget.value);
                look({ day: event.currentTarget.value });
              }}
            />
          </FormField>
          <div className="flex flex-col gap-1">
            <label htmlFor={fileId} className="text-sm font-medium">
              {t("file")}
            </label>
            <input
              id={fileId}
              type="file"
              accept=".csv,.json"
              className="text-sm"
              onChange={(event) => void take(event.currentTarget.files?.[0])}
            />
            <span className="text-xs text-ink-muted">{t("fileHint")}</span>
          </div>
          {plan.data !== undefined && <Planned plan={plan.data} />}
        </div>
      }
      onConfirm={(reason) => {
        if (plan.data === undefined || provider === undefined) return;
        run.mutate({ provider, day, file, plan: plan.data.hash, reason });
      }}
    />
  );
}

function Planned({ plan }: { plan: OutputOf<"roundRecon.plan"> }) {
  const t = useTranslations("roundRecon.compare");
  const types = useTranslations("roundRecon.types");
  return (
    <KeyValues
      items={[
        { label: t("rounds"), value: plan.rounds },
        { label: t("matched"), value: plan.matched },
        { label: t("waiting"), value: plan.waiting },
        ...roundBreakTypes.flatMap((type) => {
          const count = plan.byType[type];
          return count === undefined ? [] : [{ label: types(type), value: count }];
        }),
      ]}
    />
  );
}
