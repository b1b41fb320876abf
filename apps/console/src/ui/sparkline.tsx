interface SparklineProps {
  readonly values: readonly number[];
  readonly className?: string;
}

const width = 72;
const height = 24;

/** A figure's course without axes, beside the figure; it adds nothing that the figure's page does not say. */
export function Sparkline({ values, className }: SparklineProps) {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * (width - 4) + 2;
    const y = height - 3 - ((value - low) / span) * (height - 6);
    return [x.toFixed(1), y.toFixed(1)] as const;
  });
  const line = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
  const last = points.at(-1);
  return (
    <svg aria-hidden width={width} height={height} viewBox={`0 0 ${width} ${height}`} className={className}>
      <path d={`${line}L${width - 2} ${height}L2 ${height}Z`} className="fill-accent-soft" />
      <path
        d={line}
        fill="none"
        className="stroke-accent"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {last !== undefined && <circle cx={last[0]} cy={last[1]} r="2" className="fill-accent" />}
    </svg>
  );
}
