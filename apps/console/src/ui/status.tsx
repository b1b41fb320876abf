import type { ReactNode } from "react";
import type { Tone } from "#ui/badge.tsx";
import { cn } from "#lib/cn.ts";

const dots: Readonly<Record<Tone, string>> = {
  neutral: "bg-ink-faint",
  accent: "bg-accent",
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
};

interface StatusProps {
  readonly tone: Tone;
  /** A ring instead of a disc: the state is not final. */
  readonly open?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A state in a dense list: a coloured dot and its word, so that colour never says it alone. */
export function Status({ tone, open = false, className, children }: StatusProps) {
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap", className)}>
      <span
        aria-hidden
        className={cn(
          "size-2 shrink-0 rounded-full",
          dots[tone],
          open && "[mask:radial-gradient(circle,transparent_2px,black_2.5px)]",
        )}
      />
      <span className="truncate">{children}</span>
    </span>
  );
}
