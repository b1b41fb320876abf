"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type LimitPeriod, limitPeriods } from "@pitboss/domain/compliance/limit-window";
import { type LimitKind, limitKinds } from "@pitboss/domain/compliance/player-limit";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { useTranslations } from "use-intl";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

const codes = Object.keys(currencies) as Currency[];

/** Makes one limit stricter; the engine refuses anything looser. */
export function TightenDialog({ playerId, open, onClose }: { playerId: string; open: boolean; onClose: () => void }) {
  const t = useTranslations("rg.act");
  const kinds = useTranslations("rg.limitKinds");
  const periods = useTranslations("rg.periods");
  const client = useQueryClient();
  const [kind, setKind] = useState<LimitKind>("DEPOSIT");
  const [period, setPeriod] = useState<LimitPeriod>("WEEK");
  const [currency, setCurrency] = useState<Currency>("EUR");
  const [amount, setAmount] = useState("");
  const tighten = useMutation({
    ...write("rg.tighten"),
    onSuccess: async () => {
      setAmount("");
      onClose();
      toast(t("done"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("rg.show") });
    },
  });
  const failure = tighten.error === null ? undefined : failureOf(tighten.error);
  const timed = kind === "SESSION";
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("tighten")}
      action={t("tighten")}
      disabled={amount.trim() === ""}
      busy={tighten.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={
        <div className="flex flex-col gap-3">
          <p>{t("tightenLead")}</p>
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            <FormField label={t("kind")}>
              <Select
                value={kind}
                onChange={setKind}
                choices={limitKinds.map((value) => ({ value, label: kinds(value) }))}
              />
            </FormField>
            <FormField label={t("period")}>
              <Select
                value={period}
                onChange={setPeriod}
                choices={limitPeriods.map((value) => ({ value, label: periods(value) }))}
              />
            </FormField>
            <FormField label={timed ? t("minutes") : t("amount")}>
              <TextInput
                inputMode="decimal"
                value={amount}
                onChange={(event) => setAmount(event.currentTarget.value)}
              />
            </FormField>
            {!timed && (
              <FormField label={t("currency")}>
                <Select
                  value={currency}
                  onChange={setCurrency}
                  choices={codes.map((value) => ({ value, label: value }))}
                />
              </FormField>
            )}
          </div>
        </div>
      }
      onConfirm={(reason) =>
        tighten.mutate({
          playerId,
          reason,
          limit: { kind, period, currency: timed ? null : currency, amount: amount.trim() },
        })
      }
    />
  );
}
