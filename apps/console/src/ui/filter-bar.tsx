"use client";

import { ListFilter, Search, X } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#ui/button.tsx";
import { FilterChip } from "#ui/filter-chip.tsx";
import { Menu, MenuItem } from "#ui/menu.tsx";
import type { Choice } from "#ui/select.tsx";
import { TextInput } from "#ui/text-input.tsx";
import { useShortcut } from "#lib/shortcuts.tsx";

export type FilterControl = {
  readonly id: string;
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
} & (
  | { readonly kind: "choice"; readonly choices: readonly Choice<string>[] }
  | { readonly kind: "text"; readonly placeholder: string }
  | { readonly kind: "day" }
);

interface FilterBarProps {
  readonly search?: {
    readonly value: string;
    readonly placeholder: string;
    readonly onChange: (value: string) => void;
  };
  readonly filters: readonly FilterControl[];
  /** Takes all filters and the search away. */
  readonly onClear: () => void;
  /** What stands at the end: columns, export. */
  readonly tools?: ReactNode;
}

export function FilterBar({ search, filters, onClear, tools }: FilterBarProps) {
  const t = useTranslations("kit.filters");
  const [opened, setOpened] = useState<string>();
  const active = filters.filter((filter) => filter.value !== null || filter.id === opened);
  const others = filters.filter((filter) => !active.includes(filter));
  const dirty = filters.some((filter) => filter.value !== null) || (search?.value ?? "") !== "";
  return (
    <div
      role="search"
      aria-label={t("label")}
      className="flex shrink-0 flex-wrap items-center gap-2 px-(--page-x) pb-2.5"
    >
      {search !== undefined && <SearchBox key={search.value} {...search} />}
      {active.map((filter) => (
        <FilterChip
          key={filter.id}
          filter={filter}
          open={opened === filter.id}
          onOpenChange={(open) => setOpened(open ? filter.id : undefined)}
        />
      ))}
      {others.length > 0 && (
        <Menu
          trigger={
            <Button look="quiet" size="sm" className="border border-dashed border-line-strong">
              <ListFilter />
              {t("add")}
            </Button>
          }
        >
          {others.map((filter) => (
            <MenuItem key={filter.id} onSelect={() => setTimeout(() => setOpened(filter.id))}>
              {filter.label}
            </MenuItem>
          ))}
        </Menu>
      )}
      {dirty && (
        <Button look="quiet" size="sm" onClick={onClear}>
          {t("clear")}
        </Button>
      )}
      <div className="ms-auto flex items-center gap-1">{tools}</div>
    </div>
  );
}

const typingPauseMs = 250;

function SearchBox({ value, placeholder, onChange }: NonNullable<FilterBarProps["search"]>) {
  const t = useTranslations("kit.filters");
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(value);
  useShortcut({ keys: "/", label: t("focusSearch"), group: "list", run: () => input.current?.focus() });
  function change(next: string, atOnce: boolean) {
    setText(next);
    clearTimeout(timer.current);
    if (atOnce) onChange(next);
    else timer.current = setTimeout(() => onChange(next), typingPauseMs);
  }
  return (
    <form
      className="relative w-80 max-w-full narrow:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        change(text, true);
      }}
    >
      <Search
        aria-hidden
        className="pointer-events-none absolute start-2 top-1/2 size-3.5 -translate-y-1/2 text-ink-faint"
      />
      <TextInput
        ref={input}
        type="text"
        role="searchbox"
        aria-label={placeholder}
        placeholder={placeholder}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.currentTarget.value, false)}
        className="h-7 ps-7 pe-7 pointer-coarse:h-9"
      />
      {text !== "" && (
        <button
          type="button"
          aria-label={t("clearSearch")}
          onClick={() => change("", true)}
          className="absolute end-1 top-1/2 flex size-5 -translate-y-1/2 items-center justify-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
        >
          <X className="size-3.5" />
        </button>
      )}
    </form>
  );
}
