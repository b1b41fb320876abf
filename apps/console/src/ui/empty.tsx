import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

export interface EmptyProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** What would make something stand here. */
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
}

export function Empty({ icon: Icon, title, hint, action, className }: EmptyProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-1 px-6 py-12 text-center", className)}>
      {Icon !== undefined && <Icon aria-hidden className="mb-2 size-5 text-ink-faint" strokeWidth={1.5} />}
      <p className="font-medium">{title}</p>
      {hint !== undefined && <p className="max-w-sm text-ink-muted text-balance">{hint}</p>}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}
