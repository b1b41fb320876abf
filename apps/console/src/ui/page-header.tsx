import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

interface PageHeaderProps {
  readonly title: ReactNode;
  /** The list or page above this one. */
  readonly parent?: { readonly label: string; readonly href: string };
  /** One line under the title: what this is, or its key facts. */
  readonly summary?: ReactNode;
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
}

export function PageHeader({ title, parent, summary, badge, actions, className }: PageHeaderProps) {
  return (
    <header className={cn("flex shrink-0 flex-wrap items-start gap-x-6 gap-y-2 px-(--page-x) pt-4 pb-3", className)}>
      <div className="min-w-0 flex-1 basis-44">
        {parent !== undefined && (
          <Link
            href={parent.href}
            className="-ms-0.5 mb-0.5 inline-flex items-center gap-0.5 rounded-sm px-0.5 text-xs text-ink-muted no-underline hover:text-ink"
          >
            {parent.label}
            <ChevronRight aria-hidden className="size-3 text-ink-faint" />
          </Link>
        )}
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-xl font-semibold tracking-[-0.014em]">{title}</h1>
          {badge}
        </div>
        {summary !== undefined && <div className="text-ink-muted">{summary}</div>}
      </div>
      {actions !== undefined && <div className="flex min-h-8 flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
