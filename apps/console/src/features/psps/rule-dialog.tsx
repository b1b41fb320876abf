"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { useTranslations } from "use-intl";
import type { RoutingRow } from "#features/psps/routing-rules.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface RuleDialogProps {
  /** Undefined for a new one. */
  readonly rule: RoutingRow | undefined;
  readonly usual: readonly string[];
  readonly onClose: () => void;
}

const codes = Object.keys(currencies) as Currency[];

/** A rule of routing, new or as a newer version; the older one stays in the books. */
export function RuleDialog({ rule, usual, onClose }: RuleDialogProps) {
  const t = useTranslations("psps.rules");
  const client = useQueryClient();
  const [form, setForm] = useState({
    name: rule?.name ?? "",
    priority: String(rule?.priority ?? 100),
    country: rule?.country ?? "",
    minAmount: rule?.minAmount ?? "",
    maxAmount: rule?.maxAmount ?? "",
    psps: (rule?.psps ?? usual).join(", "),
  });
  const [currency, setCurrency] = useState<Currency | "any">(rule?.currency ?? "any");
  const save = useMutation({
    ...write("routing.set"),
    onSuccess: async () => {
      onClose();
      toast(t("changed"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("routing.list") });
    },
  });
  const failure = save.error === null ? undefined : failureOf(save.error);
  const field = (id: keyof typeof form, hint?: string) => (
    <FormField label={t(`fields.${id}`)} {...(hint === undefined ? {} : { hint })}>
      <TextInput
        value={form[id]}
        disabled={id === "name" && rule !== undefined}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setForm((before) => ({ ...before, [id]: value }));
        }}
      />
    </FormField>
  );
  const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t(rule === undefined ? "addTitle" : "editTitle")}
      action={t("save")}
      busy={save.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          {field("name", t("hints.name"))}
          {field("priority", t("hints.priority"))}
          {field("country", t("hints.any"))}
          <FormField label={t("fields.currency")}>
            <Select
              value={currency}
              onChange={setCurrency}
              choices={[{ value: "any" as const, label: t("any") }, ...codes.map((value) => ({ value, label: value }))]}
            />
          </FormField>
          {field("minAmount", t("hints.amount"))}
          {field("maxAmount", t("hints.amount"))}
          <div className="sm:col-span-2">{field("psps", t("hints.psps"))}</div>
        </div>
      }
      onConfirm={(reason) =>
        save.mutate({
          name: form.name.trim(),
          priority: Number(form.priority),
          country: orNull(form.country)?.toUpperCase() ?? null,
          currency: currency === "any" ? null : currency,
          minAmount: orNull(form.minAmount),
          maxAmount: orNull(form.maxAmount),
          psps: form.psps.split(/[\s,]+/).filter((code) => code !== ""),
          reason,
        })
      }
    />
  );
}
