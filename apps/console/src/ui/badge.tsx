import { cva } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

const badgeStyle = cva(
  "inline-flex h-5 max-w-full items-center gap-1.5 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-muted shadow-[inset_0_0_0_1px_var(--color-line)]",
        accent: "bg-accent-soft text-accent",
        good: "bg-good-soft text-good",
        warn: "bg-warn-soft text-warn",
        bad: "bg-bad-soft text-bad",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type Tone = "neutral" | "accent" | "good" | "warn" | "bad";

interface BadgeProps {
  readonly tone?: Tone;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Badge({ tone = "neutral", className, children }: BadgeProps) {
  return (
    <span className={cn(badgeStyle({ tone }), className)}>
      <span className="truncate">{children}</span>
    </span>
  );
}
