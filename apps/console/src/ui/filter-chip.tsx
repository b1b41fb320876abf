"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";
import { Button } from "#ui/button.tsx";
import type { FilterControl } from "#ui/filter-bar.tsx";
import { Popover } from "#ui/popover.tsx";
import { TextInput } from "#ui/text-input.tsx";

interface FilterChipProps {
  readonly filter: FilterControl;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** One condition of a list, with its value; pressing it changes the value, its cross takes it away. */
export function FilterChip({ filter, open, onOpenChange }: FilterChipProps) {
  const t = useTranslations("kit.filters");
  const shown =
    filter.kind === "choice" ? filter.choices.find(({ value }) => value === filter.value)?.label : filter.value;
  return (
    <span className="inline-flex h-7 max-w-full items-stretch rounded-md border border-line-strong bg-surface text-xs shadow-control">
      <Popover
        open={open}
        onOpenChange={onOpenChange}
        label={filter.label}
        className={filter.kind === "choice" ? "min-w-44 p-1" : "w-64"}
        trigger={
          <button
            type="button"
            className="focus-inset flex min-w-0 items-center gap-1.5 rounded-s-md px-2 hover:bg-hover"
          >
            <span className="text-ink-muted">{filter.label}</span>
            <span className={cn("truncate font-medium", filter.value === null && "text-ink-faint")}>
              {shown ?? "…"}
            </span>
          </button>
        }
      >
        <FilterValue filter={filter} onDone={() => onOpenChange(false)} />
      </Popover>
      <button
        type="button"
        aria-label={t("remove", { filter: filter.label })}
        onClick={() => {
          filter.onChange(null);
          onOpenChange(false);
        }}
        className="focus-inset flex w-6 items-center justify-center rounded-e-md border-s border-line text-ink-faint hover:bg-hover hover:text-ink"
      >
        <X className="size-3" />
      </button>
    </span>
  );
}

function FilterValue({ filter, onDone }: { filter: FilterControl; onDone: () => void }) {
  const t = useTranslations("kit.filters");
  const [text, setText] = useState(filter.value ?? "");
  if (filter.kind === "choice") {
    return (
      <div role="listbox" aria-label={filter.label} className="flex flex-col">
        {filter.choices.map((choice) => (
          <button
            key={choice.value}
            type="button"
            role="option"
            aria-selected={choice.value === filter.value}
            onClick={() => {
              filter.onChange(choice.value);
              onDone();
            }}
            className="focus-inset flex min-h-8 items-center rounded-md px-2 text-start hover:bg-hover aria-selected:bg-selected aria-selected:font-medium"
          >
            {choice.label}
          </button>
        ))}
      </div>
    );
  }
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        filter.onChange(text.trim() === "" ? null : text.trim());
        onDone();
      }}
    >
      <TextInput
        autoFocus
        aria-label={filter.label}
        type={filter.kind === "day" ? "date" : "text"}
        {...(filter.kind === "text" ? { placeholder: filter.placeholder } : {})}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" look="solid">
        {t("apply")}
      </Button>
    </form>
  );
}
