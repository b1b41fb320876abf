import { type Deduction, deductions } from "@pitboss/domain/reporting/figures";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";
import { Checkbox } from "#ui/checkbox.tsx";

interface DeductionBoxesProps {
  readonly label: string;
  readonly taken: readonly Deduction[];
  readonly onChange: (taken: readonly Deduction[]) => void;
  readonly className?: string;
}

/** What is taken off gross revenue, each with a box. */
export function DeductionBoxes({ label, taken, onChange, className }: DeductionBoxesProps) {
  const t = useTranslations("reports.deductions");
  return (
    <fieldset className={cn("flex flex-wrap items-center gap-x-5 gap-y-1 text-ink-muted", className)}>
      <legend className="sr-only">{label}</legend>
      <span aria-hidden>{label}</span>
      {deductions.map((name) => (
        <label key={name} className="inline-flex items-center gap-2 text-ink">
          <Checkbox
            checked={taken.includes(name)}
            onChange={(on) => onChange(deductions.filter((one) => (one === name ? on : taken.includes(one))))}
          />
          {t(name)}
        </label>
      ))}
    </fieldset>
  );
}
