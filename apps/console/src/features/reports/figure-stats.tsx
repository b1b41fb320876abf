"use client";

import { useLocale, useTranslations } from "use-intl";
import type { FigureRow } from "#features/reports/figure-columns.tsx";
import { Percent } from "#features/reports/percent.tsx";
import { Money } from "#ui/money.tsx";
import { Stat } from "#ui/stat.tsx";

interface FigureStatsProps {
  /** Undefined while it loads. */
  readonly total: FigureRow | undefined;
  readonly before: FigureRow | undefined;
  readonly against: string | undefined;
}

/** In two columns those on the left begin where the page does. */
const left = "max-lg:ps-0";

/** The report's own totals, not the page's; where a time is compared, each with its change. */
export function FigureStats({ total, before, against }: FigureStatsProps) {
  const t = useTranslations("reports.columns");
  const format = new Intl.NumberFormat(useLocale());
  const money = (name: "turnover" | "ggr" | "ngr") =>
    total === undefined ? undefined : <Money amount={total[name]} currency={total.currency} />;
  const change = (name: "turnover" | "ggr" | "ngr" | "players") => {
    const percent = changeOf(total?.[name], before?.[name]);
    return percent === undefined ? {} : { change: { percent, good: percent >= 0 }, hint: against };
  };
  return (
    <div className="mx-(--page-x) mb-2 grid grid-cols-2 border-y border-line lg:grid-cols-5 lg:divide-x lg:divide-line">
      <Stat className={left} label={t("turnover")} value={money("turnover")} {...change("turnover")} />
      <Stat label={t("ggr")} value={money("ggr")} {...change("ggr")} />
      <Stat className={left} label={t("ngr")} value={money("ngr")} {...change("ngr")} />
      <Stat label={t("rtp")} value={total === undefined ? undefined : <Percent ratio={total.rtp} />} />
      <Stat
        className={left}
        label={t("players")}
        value={total === undefined ? undefined : total.players === null ? "–" : format.format(BigInt(total.players))}
        {...change("players")}
      />
    </div>
  );
}

/** In percent of what it was, for people's eyes; undefined where that says nothing. */
function changeOf(now: string | null | undefined, then: string | null | undefined): number | undefined {
  const [a, b] = [Number(now ?? Number.NaN), Number(then ?? Number.NaN)];
  return Number.isFinite(a) && Number.isFinite(b) && b > 0 ? ((a - b) / b) * 100 : undefined;
}
