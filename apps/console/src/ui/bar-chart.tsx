"use client";

import { Bar, BarChart as Chart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import type { TimeChartProps } from "#ui/area-chart.tsx";
import { ChartFrame } from "#ui/chart-frame.tsx";
import { axisStyle, ChartTip } from "#ui/chart-tip.tsx";

export default function BarChart({ points, summary, empty, formatX, formatY, className }: TimeChartProps) {
  const state = points === undefined ? "loading" : points.length === 0 ? "empty" : "ready";
  return (
    <ChartFrame summary={summary} state={state} empty={empty} {...(className === undefined ? {} : { className })}>
      <Chart
        responsive
        style={{ width: "100%", height: "100%" }}
        data={points === undefined ? [] : [...points]}
        margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="22%"
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis dataKey="x" tickFormatter={formatX} {...axisStyle} minTickGap={24} />
        <YAxis tickFormatter={formatY} {...axisStyle} width={52} tickCount={4} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--color-hover)" }}
          content={<ChartTip formatX={formatX} formatY={formatY} />}
        />
        <Bar
          dataKey="y"
          fill="var(--color-accent-solid)"
          radius={[2, 2, 0, 0]}
          maxBarSize={28}
          isAnimationActive={false}
        />
      </Chart>
    </ChartFrame>
  );
}
