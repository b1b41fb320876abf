"use client";

import type { CaseCheck } from "@pitboss/domain/compliance/kyc/case-policy";
import { useTranslations } from "use-intl";
import { Checkbox } from "#ui/checkbox.tsx";

interface CaseChecklistProps {
  readonly checklist: readonly CaseCheck[];
  readonly checked: readonly CaseCheck[];
  readonly onChange: (checked: readonly CaseCheck[]) => void;
}

/** What was looked at before an approval; the engine refuses one with a point left open. */
export function CaseChecklist({ checklist, checked, onChange }: CaseChecklistProps) {
  const t = useTranslations("kyc.checklist");
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1 text-sm font-medium">{t("title")}</legend>
      {checklist.map((check) => (
        <label key={check} className="flex items-center gap-2">
          <Checkbox
            checked={checked.includes(check)}
            onChange={(on) => onChange(on ? [...checked, check] : checked.filter((one) => one !== check))}
          />
          {t(`points.${check}`)}
        </label>
      ))}
    </fieldset>
  );
}
