"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number;
}

interface TabsProps<Value extends string> {
  readonly tabs: readonly Tab<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** The tab list's name for a screen reader. */
  readonly label: string;
  readonly className?: string;
  /** What the chosen tab shows. */
  readonly children: ReactNode;
}

export function Tabs<Value extends string>({ tabs, value, onChange, label, className, children }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={onChange} className={cn("flex min-h-0 flex-col", className)}>
      <Base.List
        aria-label={label}
        className="relative flex shrink-0 gap-5 overflow-x-auto border-b border-line px-(--page-x) [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="focus-inset flex h-9 items-center gap-1.5 rounded-sm whitespace-nowrap text-ink-muted transition-colors hover:text-ink data-active:font-medium data-active:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && <span className="tabular text-xs font-normal text-ink-faint">{tab.count}</span>}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) rounded-full bg-accent transition-[translate,width] duration-150" />
      </Base.List>
      <Base.Panel value={value} className="min-h-0 flex-1 outline-none">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
