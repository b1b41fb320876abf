"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { cn } from "#lib/cn.ts";

interface CheckboxProps {
  /** What is chosen by it; a visible label stands in a `<label>` around it instead. */
  readonly label?: string;
  readonly checked: boolean;
  /** Some of what it stands for is chosen, and some is not. */
  readonly mixed?: boolean;
  readonly onChange: (checked: boolean, event: Event) => void;
  readonly disabled?: boolean;
  readonly className?: string;
}

export function Checkbox({ label, checked, mixed = false, onChange, disabled = false, className }: CheckboxProps) {
  return (
    <Base.Root
      {...(label === undefined ? {} : { "aria-label": label })}
      checked={checked}
      indeterminate={mixed}
      disabled={disabled}
      onCheckedChange={(next, details) => onChange(next, details.event)}
      className={cn(
        "inline-flex size-4 shrink-0 align-middle items-center justify-center rounded-sm border border-control bg-surface text-on-accent transition-colors hover:border-accent data-checked:border-accent-solid data-checked:bg-accent-solid data-disabled:opacity-50 data-indeterminate:border-accent-solid data-indeterminate:bg-accent-solid",
        className,
      )}
    >
      <Base.Indicator className="flex data-unchecked:hidden">
        {mixed ? <Minus className="size-3" strokeWidth={3} /> : <Check className="size-3" strokeWidth={3} />}
      </Base.Indicator>
    </Base.Root>
  );
}
