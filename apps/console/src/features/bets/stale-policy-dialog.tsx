"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readMostAmounts } from "@pitboss/domain/gaming/judge-stale-run";
import { useTranslations } from "use-intl";
import type { StalePolicy } from "#features/bets/stale-policies-page.tsx";
import { keyOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Switch } from "#ui/switch.tsx";
import { TextInput } from "#ui/text-input.tsx";

/** 90 days. */
const mostStale = 129_600;

interface StalePolicyDialogProps {
  readonly policy: StalePolicy;
  readonly onClose: () => void;
}

/** Changes how far the house goes by itself. Amounts are written as they are read: `500.00 EUR, 80000 JPY`. */
export function StalePolicyDialog({ policy, onClose }: StalePolicyDialogProps) {
  const t = useTranslations("bets.automatic");
  const client = useQueryClient();
  const [autoVoid, setAutoVoid] = useState(policy.autoVoid);
  const [bets, setBets] = useState(String(policy.mostBets));
  const [minutes, setMinutes] = useState(String(policy.runEveryMinutes));
  const [stale, setStale] = useState(String(policy.staleAfterMinutes));
  const [money, setMoney] = useState(writeAmounts(policy.mostAmounts));
  const change = useMutation({
    ...write("round.setStalePolicy"),
    onSuccess: async () => {
      onClose();
      toast(t("changed"), { tone: "good" });
      await client.invalidateQueries({ queryKey: keyOf("round.stalePolicies") });
    },
  });
  const mostBets = readWhole(bets, 1, 1_000);
  const runEveryMinutes = readWhole(minutes, 5, 1_440);
  const fewest = policy.stuckAfterMinutes + 1;
  const staleAfterMinutes = readWhole(stale, fewest, mostStale);
  const mostAmounts = readAmounts(money);
  const complete =
    mostBets === undefined ||
    runEveryMinutes === undefined ||
    mostAmounts === undefined ||
    staleAfterMinutes === undefined
      ? undefined
      : { mostBets, runEveryMinutes, mostAmounts, staleAfterMinutes };
  const failure = change.error === null ? undefined : failureOf(change.error);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("changeTitle", { provider: policy.providerName })}
      action={t("change")}
      danger={autoVoid}
      disabled={complete === undefined}
      busy={change.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={
        <div className="flex flex-col gap-3">
          <Switch label={t("byItself")} hint={t("byItselfHint")} checked={autoVoid} onChange={setAutoVoid} />
          <FormField
            label={t("staleAfter")}
            hint={t("staleAfterHint")}
            error={staleAfterMinutes === undefined ? t("wholeNeeded", { from: fewest, to: mostStale }) : undefined}
          >
            <TextInput inputMode="numeric" value={stale} onChange={(event) => setStale(event.currentTarget.value)} />
          </FormField>
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            <FormField
              label={t("mostBets")}
              error={mostBets === undefined ? t("wholeNeeded", { from: 1, to: 1_000 }) : undefined}
            >
              <TextInput inputMode="numeric" value={bets} onChange={(event) => setBets(event.currentTarget.value)} />
            </FormField>
            <FormField
              label={t("every")}
              error={runEveryMinutes === undefined ? t("wholeNeeded", { from: 5, to: 1_440 }) : undefined}
            >
              <TextInput
                inputMode="numeric"
                value={minutes}
                onChange={(event) => setMinutes(event.currentTarget.value)}
              />
            </FormField>
          </div>
          <FormField
            label={t("mostMoney")}
            hint={t("mostMoneyHint")}
            error={mostAmounts === undefined ? t("moneyNeeded") : undefined}
          >
            <TextInput
              placeholder="500.00 EUR, 80000 JPY"
              value={money}
              onChange={(event) => setMoney(event.currentTarget.value)}
            />
          </FormField>
        </div>
      }
      onConfirm={(reason) => {
        if (complete !== undefined) change.mutate({ provider: policy.providerCode, autoVoid, ...complete, reason });
      }}
    />
  );
}

function readWhole(text: string, from: number, to: number): number | undefined {
  const number = /^[0-9]{1,6}$/.test(text.trim()) ? Number(text) : undefined;
  return number !== undefined && number >= from && number <= to ? number : undefined;
}

function writeAmounts(amounts: StalePolicy["mostAmounts"]): string {
  return Object.entries(amounts)
    .map(([currency, amount]) => `${amount} ${currency}`)
    .join(", ");
}

function readAmounts(text: string): Record<string, string> | undefined {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const amounts: Record<string, string> = {};
  for (const part of parts) {
    const [amount, currency, ...rest] = part.split(/\s+/);
    if (amount === undefined || currency === undefined || rest.length > 0) return undefined;
    amounts[currency.toUpperCase()] = amount;
  }
  return readMostAmounts(amounts) === undefined ? undefined : amounts;
}
