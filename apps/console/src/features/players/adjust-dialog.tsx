"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { adjustmentCategories } from "@pitboss/domain/identity/approval-content";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { useTranslations } from "use-intl";
import { keyOf, read, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { toast } from "#lib/toasts.ts";
import { Arrow } from "#ui/arrow.tsx";
import { Button } from "#ui/button.tsx";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Modal } from "#ui/modal.tsx";
import { Money } from "#ui/money.tsx";
import { Segmented } from "#ui/segmented.tsx";
import { Select } from "#ui/select.tsx";
import { TextArea } from "#ui/text-area.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface AdjustDialogProps {
  readonly playerId: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

type Category = (typeof adjustmentCategories)[number];

interface Draft {
  readonly direction: "INTO_PLAYER" | "FROM_PLAYER";
  readonly currency: Currency | undefined;
  readonly amount: string;
  readonly category: Category | undefined;
  readonly ticket: string;
  readonly reason: string;
}

const blank: Draft = {
  direction: "INTO_PLAYER",
  currency: undefined,
  amount: "",
  category: undefined,
  ticket: "",
  reason: "",
};
const shortestReason = 5;

/** Proposes a manual adjustment: what it will do to the balance is computed before anybody is asked. */
export function AdjustDialog({ playerId, open, onClose }: AdjustDialogProps) {
  const t = useTranslations("players.adjust");
  const categories = useTranslations("words.adjustmentCategory");
  const client = useQueryClient();
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>(blank);
  const [tried, setTried] = useState(false);
  const balances = useQuery({ ...read("player.balances", { playerId }), enabled: open });
  const cash = (balances.data ?? []).filter(({ kind }) => kind === "CASH");
  const currency = draft.currency ?? cash[0]?.currency ?? "EUR";
  const amount = parseAmount(draft.amount.trim(), currency);
  const before = parseAmount(cash.find((wallet) => wallet.currency === currency)?.available ?? "0", currency);
  const propose = useMutation({
    ...write("approval.proposeAdjustment"),
    onSuccess: async (approval) => {
      setDraft(blank);
      setTried(false);
      onClose();
      toast(t(approval.status === "APPLIED" ? "applied" : "proposed"), { tone: "good", description: approval.summary });
      await Promise.all([
        client.invalidateQueries({ queryKey: keyOf("approval.list") }),
        client.invalidateQueries({ queryKey: keyOf("player.balances") }),
      ]);
      if (approval.status !== "APPLIED") router.push(`/approvals/${approval.approvalId}`);
    },
  });
  const into = draft.direction === "INTO_PLAYER";
  const after = amount.ok && before.ok ? (into ? before.value + amount.value : before.value - amount.value) : undefined;
  const errors = {
    amount: !amount.ok
      ? (amount.error.detail ?? t("amountNeeded"))
      : amount.value === 0n
        ? t("amountNeeded")
        : after !== undefined && after < 0n
          ? t("tooMuch")
          : undefined,
    category: draft.category === undefined ? t("categoryNeeded") : undefined,
    ticket: draft.ticket.trim() === "" ? t("ticketNeeded") : undefined,
    reason: draft.reason.trim().length < shortestReason ? t("reasonNeeded", { count: shortestReason }) : undefined,
  };
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const shown = (name: keyof typeof errors) => (tried ? errors[name] : undefined);

  function submit() {
    setTried(true);
    if (Object.values(errors).some((error) => error !== undefined) || draft.category === undefined || !amount.ok)
      return;
    propose.mutate({
      playerId,
      currency,
      amount: formatMinor(amount.value, currency),
      direction: draft.direction,
      category: draft.category,
      ticket: draft.ticket.trim(),
      reason: draft.reason.trim(),
    });
  }

  const failure = propose.error === null ? undefined : failureOf(propose.error);
  return (
    <Modal
      open={open}
      onOpenChange={onClose}
      title={t("title")}
      description={t("lead")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="solid" busy={propose.isPending} onClick={submit}>
            {t("propose")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Segmented
          label={t("direction")}
          className="w-full [&>button]:flex-1"
          value={draft.direction}
          onChange={(direction) => change({ direction })}
          choices={[
            { value: "INTO_PLAYER", label: t("into") },
            { value: "FROM_PLAYER", label: t("from") },
          ]}
        />
        <div className="grid grid-cols-[1fr_7rem] gap-3">
          <FormField label={t("amount")} error={shown("amount")}>
            <TextInput
              inputMode="decimal"
              autoFocus
              value={draft.amount}
              onChange={(event) => change({ amount: event.currentTarget.value })}
              className="tabular"
            />
          </FormField>
          <FormField label={t("currency")}>
            <Select
              value={currency}
              onChange={(next) => change({ currency: next })}
              choices={(Object.keys(currencies) as Currency[]).map((value) => ({ value, label: value }))}
            />
          </FormField>
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          <FormField label={t("category")} error={shown("category")}>
            <Select
              placeholder={t("choose")}
              value={draft.category}
              onChange={(category) => change({ category })}
              choices={adjustmentCategories.map((value) => ({ value, label: categories(value) }))}
            />
          </FormField>
          <FormField label={t("ticket")} error={shown("ticket")}>
            <TextInput
              value={draft.ticket}
              maxLength={80}
              onChange={(event) => change({ ticket: event.currentTarget.value })}
            />
          </FormField>
        </div>
        <FormField label={t("reason")} error={shown("reason")}>
          <TextArea
            value={draft.reason}
            maxLength={500}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
        </FormField>
        <BalanceAfter currency={currency} before={before.ok ? before.value : undefined} after={after} />
        {failure !== undefined && failure.code !== "STEP_UP_NEEDED" && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}

interface BalanceAfterProps {
  readonly currency: Currency;
  /** Minor units; undefined where it is not known yet. */
  readonly before: bigint | undefined;
  readonly after: bigint | undefined;
}

/** What the balance becomes, said again whenever it changes. */
function BalanceAfter({ currency, before, after }: BalanceAfterProps) {
  const t = useTranslations("players.adjust");
  return (
    <div
      aria-live="polite"
      className="flex min-h-10 items-center justify-between gap-3 rounded-lg border border-line bg-sunken px-3 py-2"
    >
      <span className="text-ink-muted">{t("balance")}</span>
      {before === undefined || after === undefined ? (
        <span className="text-ink-faint">{t("enterAmount")}</span>
      ) : (
        <span className="tabular flex items-center gap-2">
          <Money amount={formatMinor(before, currency)} currency={currency} />
          <Arrow />
          <Money amount={formatMinor(after, currency)} currency={currency} className="font-medium" />
        </span>
      )}
    </div>
  );
}
