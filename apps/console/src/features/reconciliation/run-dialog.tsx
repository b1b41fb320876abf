"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { TextInput } from "#ui/text-input.tsx";

/** Compares everything up to the end of a day, after the providers were asked for what is new. */
export function RunDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations("reconciliation.run");
  const client = useQueryClient();
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const run = useMutation({
    ...write("recon.runCashier"),
    onSuccess: async ({ open: left }) => {
      toast(t("done", { count: left }), { tone: left === 0 ? "good" : "bad" });
      onClose();
      await Promise.all(
        (["recon.breaks", "recon.runs", "recon.triage", "settlement.reports", "alert.list"] as const).map((name) =>
          client.invalidateQueries({ queryKey: keyOf(name) }),
        ),
      );
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("title")}
      action={t("run")}
      disabled={day === ""}
      busy={run.isPending}
      failure={run.error === null ? undefined : failureOf(run.error)}
      preview={
        <div className="flex flex-col gap-3">
          <p>{t("effect")}</p>
          <FormField label={t("day")}>
            <TextInput type="date" value={day} onChange={(event) => setDay(event.currentTarget.value)} />
          </FormField>
        </div>
      }
      onConfirm={(reason) => run.mutate({ day, reason })}
    />
  );
}
