"use client";

import { useLocale } from "use-intl";

/** A ratio of the engine's, `0.972973`, in percent; a dash where there is nothing to divide by. */
export function Percent({ ratio }: { ratio: string | null }) {
  const locale = useLocale();
  if (ratio === null) return <span className="text-ink-faint">–</span>;
  const format = new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return (
    <span className="tabular whitespace-nowrap">
      {format.format(ratio as Intl.StringNumericLiteral).replace("-", "−")}
    </span>
  );
}
