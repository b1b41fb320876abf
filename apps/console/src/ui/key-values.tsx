import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

export interface KeyValue {
  readonly label: string;
  readonly value: ReactNode;
}

/** Facts about one thing: labels in one column, values in the other, aligned on their first line. */
export function KeyValues({ items, className }: { items: readonly KeyValue[]; className?: string }) {
  return (
    <div className={cn("@container", className)}>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-4 text-sm @md:grid-cols-[9.5rem_minmax(0,1fr)]">
        {items.map(({ label, value }) => (
          <div key={label} className="col-span-2 grid grid-cols-subgrid items-baseline py-1">
            <dt className="text-ink-muted">{label}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
