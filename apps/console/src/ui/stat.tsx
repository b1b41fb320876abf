import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { Sparkline } from "#ui/sparkline.tsx";

interface StatProps {
  readonly label: string;
  /** Undefined while it loads; the tile keeps its size. */
  readonly value: ReactNode | undefined;
  readonly hint?: ReactNode;
  /** The change against the span before, in percent; whether up is good depends on the figure. */
  readonly change?: { readonly percent: number; readonly good: boolean };
  readonly trend?: readonly number[];
  readonly className?: string;
}

/** A figure with its name and course. Tiles stand in a row and share its lines. */
export function Stat({ label, value, hint, change, trend, className }: StatProps) {
  return (
    <div className={cn("flex min-w-0 flex-col gap-0.5 px-4 py-3 first:ps-0", className)}>
      <span className="truncate text-xs text-ink-muted">{label}</span>
      <div className="flex min-h-8 items-center justify-between gap-3">
        {value === undefined ? (
          <Skeleton className="h-5 w-24" />
        ) : (
          <span className="tabular truncate text-xl font-semibold tracking-[-0.015em]">{value}</span>
        )}
        {trend !== undefined && <Sparkline values={trend} />}
      </div>
      <span className="flex min-h-4.5 items-center gap-2 truncate text-xs text-ink-faint">
        {change !== undefined && <Change {...change} />}
        {hint}
      </span>
    </div>
  );
}

function Change({ percent, good }: { percent: number; good: boolean }) {
  const Arrow = percent < 0 ? ArrowDownRight : ArrowUpRight;
  return (
    <span className={cn("tabular inline-flex items-center gap-0.5 font-medium", good ? "text-good" : "text-bad")}>
      <Arrow aria-hidden className="size-3" />
      {Math.abs(percent).toFixed(1)} %
    </span>
  );
}
