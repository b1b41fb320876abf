import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "#ui/badge.tsx";
import { cn } from "#lib/cn.ts";

const looks = {
  neutral: { icon: Info, style: "bg-sunken [&>svg]:text-ink-muted" },
  accent: { icon: Info, style: "bg-accent-soft [&>svg]:text-accent" },
  good: { icon: CircleCheck, style: "bg-good-soft [&>svg]:text-good" },
  warn: { icon: TriangleAlert, style: "bg-warn-soft [&>svg]:text-warn" },
  bad: { icon: OctagonAlert, style: "bg-bad-soft [&>svg]:text-bad" },
} as const;

interface NoticeProps {
  readonly tone?: Tone;
  readonly title?: string;
  /** Read out as soon as it appears. */
  readonly live?: boolean;
  readonly action?: ReactNode;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** A few sentences that belong to what is around them. */
export function Notice({ tone = "neutral", title, live = false, action, className, children }: NoticeProps) {
  const { icon: Icon, style } = looks[tone];
  return (
    <div
      {...(live ? { role: "alert" } : {})}
      className={cn("flex items-start gap-2.5 rounded-lg px-3 py-2.5", style, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && <div className="text-ink-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
