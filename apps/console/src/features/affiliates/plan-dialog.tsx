"use client";

import { affiliatePlan } from "@pitboss/domain/reporting/affiliates/plan";
import { type Deduction, deductions } from "@pitboss/domain/reporting/figures";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Affiliate } from "#features/affiliates/affiliate-words.tsx";
import { failedOf, useAffiliateChange } from "#features/affiliates/write-affiliate.ts";
import { DeductionBoxes } from "#features/reports/deduction-boxes.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Switch } from "#ui/switch.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface Draft {
  readonly fromMonth: string;
  readonly monthlyFee: string;
  readonly cpa: string;
  readonly minDeposit: string;
  readonly minTurnover: string;
  readonly withinDays: string;
  readonly tiers: string;
  readonly adminRate: string;
  readonly deductions: readonly Deduction[];
  readonly carryOver: boolean;
  readonly slices: boolean;
}

/** What a plan is written as: parts that are left empty are not in it. Tiers are `0: 0.25, 5000: 0.3`. */
function planOfDraft(draft: Draft): unknown {
  const tiers = draft.tiers
    .split(",")
    .map((part) => part.split(":").map((text) => text.trim()))
    .filter(([from]) => from !== undefined && from !== "")
    .map(([from, rate]) => ({ from, rate }));
  return {
    monthlyFee: draft.monthlyFee === "" ? null : draft.monthlyFee,
    cpa:
      draft.cpa === ""
        ? null
        : {
            amount: draft.cpa,
            minDeposit: draft.minDeposit,
            minTurnover: draft.minTurnover,
            withinDays: Number(draft.withinDays),
          },
    share:
      tiers.length === 0
        ? null
        : {
            tiers,
            mode: draft.slices ? "SLICE" : "WHOLE",
            carryOver: draft.carryOver,
            basis: "total",
            deductions: draft.deductions,
            adminRate: draft.adminRate,
          },
  };
}

/** Another plan from a month on. */
export function PlanDialog(props: { affiliate: Affiliate; open: boolean; onClose: () => void }) {
  const { affiliate, open, onClose } = props;
  const t = useTranslations("affiliates.plans");
  const [draft, setDraft] = useState<Draft>(() => ({
    fromMonth: new Date().toISOString().slice(0, 7),
    monthlyFee: "",
    cpa: "",
    minDeposit: "20.00",
    minTurnover: "100.00",
    withinDays: "30",
    tiers: "0: 0.25",
    adminRate: "0",
    deductions,
    carryOver: true,
    slices: false,
  }));
  const set = useAffiliateChange("affiliate.setPlan", t("set"), onClose);
  const plan = affiliatePlan.safeParse(planOfDraft(draft));
  const field = (name: Exclude<keyof Draft, "carryOver" | "slices" | "deductions">, hint?: string) => (
    <FormField label={t(`fields.${name}`)} {...(hint === undefined ? {} : { hint })}>
      <TextInput
        value={draft[name]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setDraft((before) => ({ ...before, [name]: value }));
        }}
      />
    </FormField>
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("change")}
      action={t("change")}
      disabled={!plan.success}
      busy={set.isPending}
      failure={failedOf(set.error)}
      preview={
        <div className="grid gap-3 sm:grid-cols-2">
          {field("fromMonth", t("fromHint"))}
          {field("monthlyFee", t("emptyHint"))}
          {field("cpa", t("emptyHint"))}
          {field("minDeposit")}
          {field("minTurnover")}
          {field("withinDays")}
          {field("tiers", t("tiersHint"))}
          {field("adminRate", t("adminHint"))}
          <DeductionBoxes
            label={t("takeOff")}
            taken={draft.deductions}
            onChange={(taken) => setDraft((before) => ({ ...before, deductions: taken }))}
            className="sm:col-span-2"
          />
          <Switch
            label={t("fields.carryOver")}
            checked={draft.carryOver}
            onChange={(carryOver) => setDraft((before) => ({ ...before, carryOver }))}
          />
          <Switch
            label={t("fields.slices")}
            checked={draft.slices}
            onChange={(slices) => setDraft((before) => ({ ...before, slices }))}
          />
          {!plan.success && <p className="text-xs text-bad sm:col-span-2">{plan.error.issues[0]?.message}</p>}
        </div>
      }
      onConfirm={(reason) => {
        if (plan.success)
          set.mutate({ affiliateId: affiliate.affiliateId, fromMonth: draft.fromMonth, plan: plan.data, reason });
      }}
    />
  );
}
