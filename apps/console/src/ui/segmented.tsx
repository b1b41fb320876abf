"use client";

import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { cn } from "#lib/cn.ts";

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** Two to four choices side by side, of which one holds. */
export function Segmented<Value extends string>({ label, choices, value, onChange, className }: SegmentedProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const chosen = choices.find((choice) => choice.value === next[0]);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      className={cn("inline-flex h-7 rounded-md bg-sunken p-0.5 shadow-[inset_0_0_0_1px_var(--color-line)]", className)}
    >
      {choices.map((choice) => (
        <Toggle
          key={choice.value}
          value={choice.value}
          className="rounded-sm px-2 text-xs whitespace-nowrap text-ink-muted transition-colors select-none hover:text-ink data-pressed:bg-raised data-pressed:font-medium data-pressed:text-ink data-pressed:shadow-control"
        >
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
