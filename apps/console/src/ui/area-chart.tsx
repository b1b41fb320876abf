"use client";

import { Area, AreaChart as Chart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFrame, type ChartPoint } from "#ui/chart-frame.tsx";
import { axisStyle, ChartTip } from "#ui/chart-tip.tsx";
import type { EmptyProps } from "#ui/empty.tsx";

export interface TimeChartProps {
  readonly points: readonly ChartPoint[] | undefined;
  /** What the chart shows, in a sentence. */
  readonly summary: string;
  readonly empty: EmptyProps;
  readonly formatX: (x: string) => string;
  readonly formatY: (y: number) => string;
  readonly className?: string;
}

export default function AreaChart({ points, summary, empty, formatX, formatY, className }: TimeChartProps) {
  const state = points === undefined ? "loading" : points.length === 0 ? "empty" : "ready";
  return (
    <ChartFrame summary={summary} state={state} empty={empty} {...(className === undefined ? {} : { className })}>
      <Chart
        responsive
        style={{ width: "100%", height: "100%" }}
        data={points === undefined ? [] : [...points]}
        margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis dataKey="x" tickFormatter={formatX} {...axisStyle} minTickGap={36} />
        <YAxis tickFormatter={formatY} {...axisStyle} width={52} tickCount={4} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--color-line-strong)" }}
          content={<ChartTip formatX={formatX} formatY={formatY} />}
        />
        <Area
          dataKey="y"
          type="monotone"
          stroke="var(--color-accent)"
          strokeWidth={1.5}
          fill="var(--color-accent-soft)"
          fillOpacity={0.75}
          isAnimationActive={false}
          activeDot={{ r: 3, strokeWidth: 0, fill: "var(--color-accent)" }}
        />
      </Chart>
    </ChartFrame>
  );
}
