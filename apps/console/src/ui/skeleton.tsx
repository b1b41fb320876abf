import { cn } from "#lib/cn.ts";

/** A bar where text will stand; give it the width of what it stands for. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden data-slot="skeleton" className={cn("block h-3 animate-breathe rounded-xs bg-press", className)} />
  );
}
