"use client";

import { useLocale, useTranslations } from "use-intl";

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
] as const;

/** How long something took, in its largest unit with one decimal where that says more. */
export function Duration({ seconds }: { seconds: number | null }) {
  const t = useTranslations("payoutSla");
  const format = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 1 });
  if (seconds === null) return <span className="text-ink-faint">{t("none")}</span>;
  const [unit, size] = units.find(([, each]) => seconds >= each) ?? ["s", 1];
  return <span className="tabular">{t(`units.${unit}`, { n: format.format(seconds / size) })}</span>;
}
