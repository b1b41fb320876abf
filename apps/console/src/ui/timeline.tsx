"use client";

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "#ui/badge.tsx";
import { Empty, type EmptyProps } from "#ui/empty.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { cn } from "#lib/cn.ts";

export interface TimelineEntry {
  readonly id: string;
  readonly at: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
  /** What happened, in words, with links to what it happened to. */
  readonly text: ReactNode;
  readonly aside?: ReactNode;
  readonly detail?: ReactNode;
}

interface TimelineProps {
  /** Undefined while it loads. Newest first. */
  readonly entries: readonly TimelineEntry[] | undefined;
  readonly empty: EmptyProps;
  readonly className?: string;
}

const tones: Readonly<Record<Tone, string>> = {
  neutral: "text-ink-muted",
  accent: "text-accent",
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
};

export function Timeline({ entries, empty, className }: TimelineProps) {
  if (entries === undefined) return <TimelineSkeleton />;
  if (entries.length === 0) return <Empty {...empty} />;
  return (
    <ol className={cn("flex flex-col", className)}>
      {entries.map(({ id, at, icon: Icon, tone, text, aside, detail }) => (
        <li key={id} className="group/entry relative flex gap-3 pb-3">
          <span aria-hidden className="absolute top-6 bottom-0 left-2.75 w-px bg-line group-last/entry:hidden" />
          <span className="mt-px flex size-5.5 shrink-0 items-center justify-center rounded-full border border-line bg-surface">
            <Icon aria-hidden className={cn("size-3", tones[tone])} />
          </span>
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <div className="min-w-0 flex-1 basis-48">{text}</div>
              {aside}
              <Time at={at} className="text-xs text-ink-muted" />
            </div>
            {detail !== undefined && <div className="text-xs text-ink-muted wrap-anywhere">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function TimelineSkeleton() {
  return (
    <div aria-busy className="flex flex-col">
      {["w-64", "w-48", "w-72", "w-56", "w-40"].map((width) => (
        <div key={width} className="flex h-8.5 items-start gap-3">
          <span className="size-5.5 shrink-0 rounded-full border border-line" />
          <Skeleton className={cn("mt-1.5 max-w-full", width)} />
        </div>
      ))}
    </div>
  );
}
