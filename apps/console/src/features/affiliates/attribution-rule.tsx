"use client";

import { attributionRule } from "@pitboss/domain/reporting/affiliates/attribution";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { failedOf, useAffiliateChange } from "#features/affiliates/write-affiliate.ts";
import { type OutputOf, read } from "#lib/api.ts";
import { useMay } from "#lib/reader.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormField } from "#ui/form-field.tsx";
import { Select } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";

type Rule = OutputOf<"affiliate.rule">;

/** By which rule a new player becomes an affiliate's, and a way to another rule. */
export function AttributionRuleNote() {
  const t = useTranslations("affiliates.rule");
  const may = useMay("affiliate.attribute");
  const [changing, setChanging] = useState(false);
  const { data: rule } = useQuery(read("affiliate.rule"));
  if (rule === undefined) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-(--page-x) pb-3 text-ink-muted">
      <span>{t(`says.${rule.model}`, { days: rule.windowDays })}</span>
      {may && <Button onClick={() => setChanging(true)}>{t("change")}</Button>}
      {changing && <RuleDialog rule={rule} onClose={() => setChanging(false)} />}
    </div>
  );
}

function RuleDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const t = useTranslations("affiliates.rule");
  const [model, setModel] = useState(rule.model);
  const [days, setDays] = useState(String(rule.windowDays));
  const set = useAffiliateChange("affiliate.setRule", t("changed"), onClose);
  const wanted = attributionRule.safeParse({ model, windowDays: Number(days) });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("change")}
      action={t("change")}
      disabled={!wanted.success}
      busy={set.isPending}
      failure={failedOf(set.error)}
      preview={
        <div className="flex flex-col gap-3">
          <p>{t("effect")}</p>
          <FormField label={t("model")}>
            <Select
              choices={(["FIRST", "LAST"] as const).map((value) => ({ value, label: t(`models.${value}`) }))}
              value={model}
              onChange={setModel}
            />
          </FormField>
          <FormField label={t("days")} hint={t("daysHint")}>
            <TextInput
              value={days}
              inputMode="numeric"
              maxLength={3}
              onChange={(event) => setDays(event.currentTarget.value)}
            />
          </FormField>
        </div>
      }
      onConfirm={(reason) => {
        if (wanted.success) set.mutate({ ...wanted.data, reason });
      }}
    />
  );
}
