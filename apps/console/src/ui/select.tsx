"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { cn } from "#lib/cn.ts";
import { controlStyle } from "#ui/text-input.tsx";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

interface SelectProps<Value extends string> {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  /** Needed where no `FormField` names it. */
  readonly label?: string;
  readonly disabled?: boolean;
  readonly className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { choices, value, onChange, placeholder, label, disabled = false, className } = props;
  return (
    <Base.Root
      items={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={value ?? null}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
      disabled={disabled}
      modal={false}
    >
      <Base.Trigger
        {...(label === undefined ? {} : { "aria-label": label })}
        className={cn(
          controlStyle,
          "flex items-center justify-between gap-2 text-start select-none data-disabled:opacity-60",
          className,
        )}
      >
        <Base.Value className="truncate data-placeholder:text-ink-faint" placeholder={placeholder ?? null} />
        <Base.Icon className="text-ink-faint">
          <ChevronsUpDown className="size-3.5" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-60 outline-none">
          <Base.Popup className="max-h-[min(22rem,var(--available-height))] min-w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float transition-opacity outline-none data-ending-style:opacity-0 data-starting-style:opacity-0">
            {choices.map((choice) => (
              <Base.Item
                key={choice.value}
                value={choice.value}
                className="grid min-h-8 grid-cols-[1rem_1fr] items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-highlighted:bg-hover"
              >
                <Base.ItemIndicator>
                  <Check className="size-3.5 text-accent" />
                </Base.ItemIndicator>
                <span className="col-start-2 min-w-0">
                  <Base.ItemText>{choice.label}</Base.ItemText>
                  {choice.hint !== undefined && <span className="block text-xs text-ink-faint">{choice.hint}</span>}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
