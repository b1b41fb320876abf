export const axisStyle = {
  tickLine: false,
  axisLine: false,
  tick: { fontSize: 11, fill: "var(--color-ink-faint)" },
  tickMargin: 6,
} as const;

interface ChartTipProps {
  readonly formatX: (x: string) => string;
  readonly formatY: (y: number) => string;
  /** The chart hands these in. */
  readonly active?: boolean;
  readonly label?: string | number;
  readonly payload?: readonly { readonly value?: unknown }[];
}

export function ChartTip({ formatX, formatY, active = false, label, payload }: ChartTipProps) {
  const value = payload?.[0]?.value;
  if (!active || typeof value !== "number") return null;
  return (
    <div className="rounded-md border border-line bg-raised px-2 py-1 text-xs shadow-float">
      <div className="text-ink-faint">{formatX(String(label))}</div>
      <div className="tabular font-medium">{formatY(value)}</div>
    </div>
  );
}
