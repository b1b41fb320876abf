"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type InputOf, keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

type Kind = InputOf<"rg.exclude">["kind"];
const offered: readonly Kind[] = ["TIME_OUT", "SELF_EXCLUSION", "PANIC"];

export function ExcludeDialog({ playerId, open, onClose }: { playerId: string; open: boolean; onClose: () => void }) {
  const t = useTranslations("rg.act");
  const kinds = useTranslations("rg.kinds");
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>("TIME_OUT");
  const [days, setDays] = useState("1");
  const exclude = useMutation({
    ...write("rg.exclude"),
    onSuccess: async () => {
      onClose();
      toast(t("done"), { tone: "good" });
      await Promise.all(
        (["rg.show", "rg.exclusions", "rg.interactions"] as const).map((path) =>
          client.invalidateQueries({ queryKey: keyOf(path) }),
        ),
      );
    },
  });
  const failure = exclude.error === null ? undefined : failureOf(exclude.error);
  const wanted = /^[1-9][0-9]{0,4}$/.test(days.trim()) ? Number(days.trim()) : null;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("exclude")}
      action={t("exclude")}
      danger
      disabled={kind === "TIME_OUT" && wanted === null}
      busy={exclude.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={
        <div className="flex flex-col gap-3">
          <p>{t("excludeLead")}</p>
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            <FormField label={t("excludeKind")}>
              <Select
                value={kind}
                onChange={setKind}
                choices={offered.map((value) => ({ value, label: kinds(value) }))}
              />
            </FormField>
            {kind !== "PANIC" && (
              <FormField label={t("days")} hint={t("daysHint")}>
                <TextInput inputMode="numeric" value={days} onChange={(event) => setDays(event.currentTarget.value)} />
              </FormField>
            )}
          </div>
        </div>
      }
      onConfirm={(reason) => exclude.mutate({ playerId, kind, days: wanted, reason })}
    />
  );
}
