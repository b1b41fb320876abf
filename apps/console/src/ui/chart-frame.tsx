import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";
import { Empty, type EmptyProps } from "#ui/empty.tsx";

export interface ChartPoint {
  /** Where on the axis: an ISO time or a category's name. */
  readonly x: string;
  readonly y: number;
}

interface ChartFrameProps {
  /** What the chart shows, for someone who can't see it: read instead of the drawing. */
  readonly summary: string;
  readonly state: "loading" | "empty" | "ready";
  readonly empty: EmptyProps;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Keeps a chart's place before, and without, its data. */
export function ChartFrame({ summary, state, empty, className, children }: ChartFrameProps) {
  return (
    <figure className={cn("h-56 w-full", className)} aria-busy={state === "loading"}>
      <figcaption className="sr-only">{summary}</figcaption>
      {state === "ready" && (
        <div aria-hidden className="size-full">
          {children}
        </div>
      )}
      {state === "empty" && <Empty {...empty} className="h-full py-0" />}
      {state === "loading" && <ChartSkeleton />}
    </figure>
  );
}

const bars = [38, 52, 44, 61, 57, 70, 63, 78, 66, 84, 72, 90];

function ChartSkeleton() {
  return (
    <svg aria-hidden viewBox="0 0 120 100" preserveAspectRatio="none" className="size-full animate-breathe ps-12 pb-6">
      {bars.map((height, index) => (
        <rect key={height} x={index * 10 + 1} y={100 - height} width="8" height={height} className="fill-hover" />
      ))}
    </svg>
  );
}
