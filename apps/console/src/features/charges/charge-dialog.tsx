"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type ChargeBase, chargeBases, type ChargeKind, chargeKinds } from "@pitboss/domain/reporting/charges";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { type InputOf, write } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

const codes = Object.keys(currencies) as Currency[];
const feeBases = ["GGR", "GGR_CASH"] as const satisfies readonly ChargeBase[];

interface Draft {
  readonly kind: ChargeKind;
  readonly subject: string;
  readonly percent: string;
  readonly base: ChargeBase;
  readonly effectiveFrom: string;
  readonly minimum: string;
  readonly currency: Currency;
}

const blank: Draft = {
  kind: "PROVIDER_FEE",
  subject: "",
  percent: "",
  base: "GGR",
  effectiveFrom: "",
  minimum: "",
  currency: "EUR",
};

/** Proposes the next version of what a provider or a jurisdiction takes; the second person sees what it changes. */
export function ChargeDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("charges.dialog");
  const router = useRouter();
  const [draft, setDraft] = useState(blank);
  const propose = useMutation({
    ...write("report.proposeCharge"),
    onSuccess: ({ approvalId }) => router.push(`/approvals/${approvalId}`),
  });
  const failure = propose.error === null ? undefined : failureOf(propose.error);
  const complete = [draft.subject, draft.percent, draft.effectiveFrom].every((text) => text.trim() !== "");
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("title")}
      action={t("action")}
      disabled={!complete}
      busy={propose.isPending}
      failure={failure?.code === "STEP_UP_NEEDED" ? undefined : failure}
      preview={<Fields draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />}
      onConfirm={(reason) => propose.mutate({ ...termsOf(draft), reason })}
    />
  );
}

function termsOf({ minimum, currency, kind, base, ...draft }: Draft): Omit<InputOf<"report.proposeCharge">, "reason"> {
  return {
    kind,
    base: kind === "PROVIDER_FEE" && base.startsWith("STAKES") ? "GGR" : base,
    subject: draft.subject.trim(),
    percent: draft.percent.trim(),
    effectiveFrom: draft.effectiveFrom,
    minimum: kind === "TAX" || minimum.trim() === "" ? null : { amount: minimum.trim(), currency },
  };
}

function Fields({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const t = useTranslations("charges.dialog");
  const bases = useTranslations("charges.bases");
  const { kind, base } = draft;
  const offered: readonly ChargeBase[] = kind === "TAX" ? chargeBases : feeBases;
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <FormField label={t("kind")}>
        <Select
          value={kind}
          onChange={(next) => onChange({ kind: next })}
          choices={chargeKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
      </FormField>
      <FormField label={t("subject")} hint={t(`subjectHint.${kind}`)}>
        <TextInput
          value={draft.subject}
          maxLength={40}
          spellCheck={false}
          onChange={(event) => onChange({ subject: event.currentTarget.value })}
        />
      </FormField>
      <FormField label={t("percent")} hint={t("percentHint")}>
        <TextInput
          value={draft.percent}
          inputMode="decimal"
          maxLength={8}
          onChange={(event) => onChange({ percent: event.currentTarget.value })}
        />
      </FormField>
      <FormField label={t("base")}>
        <Select
          value={offered.includes(base) ? base : "GGR"}
          onChange={(next) => onChange({ base: next })}
          choices={offered.map((value) => ({ value, label: bases(value) }))}
        />
      </FormField>
      <FormField label={t("from")}>
        <TextInput
          type="date"
          value={draft.effectiveFrom}
          onChange={(event) => onChange({ effectiveFrom: event.currentTarget.value })}
        />
      </FormField>
      {kind === "PROVIDER_FEE" && (
        <div className="flex gap-2">
          <FormField label={t("minimum")} hint={t("minimumHint")} className="flex-1">
            <TextInput
              value={draft.minimum}
              inputMode="decimal"
              maxLength={20}
              onChange={(event) => onChange({ minimum: event.currentTarget.value })}
            />
          </FormField>
          <FormField label={t("currency")} className="w-24">
            <Select
              value={draft.currency}
              onChange={(next) => onChange({ currency: next })}
              choices={codes.map((value) => ({ value, label: value }))}
            />
          </FormField>
        </div>
      )}
    </div>
  );
}
