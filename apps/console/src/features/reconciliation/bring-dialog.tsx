"use client";

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

type Given = InputOf<"settlement.plan">["file"];

const bank = "statement";

/** A provider's settlement report or a bank's statement: what it says is shown first, and taken in with a reason. */
export function BringDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations("reconciliation.bring");
  const client = useQueryClient();
  const fileId = useId();
  const psps = useQuery({ ...read("psp.list"), enabled: open });
  const [from, setFrom] = useState<string>(bank);
  const [text, setText] = useState<string>();
  const plan = useMutation(write("settlement.plan"));
  const take = useMutation({
    ...write("settlement.import"),
    onSuccess: async (done) => {
      const fresh = done.filter((one) => one.fresh).length;
      toast(t("done", { count: fresh }), { tone: fresh === 0 ? "neutral" : "good" });
      onClose();
      await Promise.all(
        (["settlement.reports", "settlement.statements"] as const).map((name) =>
          client.invalidateQueries({ queryKey: keyOf(name) }),
        ),
      );
    },
  });
  const error = take.error ?? plan.error;
  const fileOf = (source: string, whole: string): Given =>
    source === bank ? { kind: "statement", text: whole } : { kind: "report", psp: source, text: whole };

  /** What was looked at before says nothing about another choice. */
  function look(source: string, whole: string | undefined) {
    setFrom(source);
    setText(whole);
    take.reset();
    plan.reset();
    if (whole !== undefined) plan.mutate({ file: fileOf(source, whole) });
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("title")}
      action={t("take")}
      disabled={plan.data === undefined || text === undefined}
      busy={take.isPending}
      failure={error === null ? undefined : failureOf(error)}
      preview={
        <div className="flex flex-col gap-3">
          <FormField label={t("from")}>
            <Select
              choices={[
                { value: bank, label: t("bank") },
                ...(psps.data ?? []).map((psp) => ({ value: psp.psp, label: psp.name })),
              ]}
              value={from}
              onChange={(value) => look(value, text)}
            />
          </FormField>
          <div className="flex flex-col gap-1">
            <label htmlFor={fileId} className="text-sm font-medium">
              {t("file")}
            </label>
            <input
              id={fileId}
              type="file"
              accept=".csv,.xml"
              className="text-sm"
              onChange={(event) => {
                const chosen = event.currentTarget.files?.[0];
                void chosen?.text().then((whole) => look(from, whole));
              }}
            />
            <span className="text-xs text-ink-muted">{t("fileHint")}</span>
          </div>
          {plan.data !== undefined && <Planned plan={plan.data} />}
        </div>
      }
      onConfirm={(reason) => {
        if (plan.data === undefined || text === undefined) return;
        take.mutate({ file: fileOf(from, text), plan: plan.data.hash, reason });
      }}
    />
  );
}

function Planned({ plan }: { plan: OutputOf<"settlement.plan"> }) {
  return <KeyValues items={plan.items.map(({ id, what }) => ({ label: id, value: what }))} />;
}
