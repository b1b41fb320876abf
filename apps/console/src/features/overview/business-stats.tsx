"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { overviewFiguresOf, type OverviewFigure } from "@pitboss/domain/ops/overview-tiles";
import { Percent } from "#features/reports/percent.tsx";
import { addDays, today } from "#features/reports/report-days.ts";
import type { FigureRow } from "#features/reports/figure-columns.tsx";
import { FreshnessNote } from "#features/reports/freshness-note.tsx";
import { read } from "#lib/api.ts";
import { failureOf } from "#lib/failure.ts";
import { moneyParts } from "#lib/money-text.ts";
import { useMay, useReader } from "#lib/reader.tsx";
import { useNow } from "#lib/use-now.ts";
import { FailureNotice } from "#ui/failure-notice.tsx";
import { Money } from "#ui/money.tsx";
import { Stat } from "#ui/stat.tsx";

const courseDays = 14;
const zero = "0.00";

/** How the day goes, in the figures that the reader's role looks at first: each with yesterday's and its course over two weeks. */
export function BusinessStats() {
  const t = useTranslations("reports");
  const names = overviewFiguresOf(useReader().roles);
  const may = useMay("report.read");
  const now = useNow();
  const day = now === undefined ? undefined : today();
  const input = useMemo(() => {
    const to = day ?? "2026-01-01";
    return { from: addDays(to, 1 - courseDays), to, by: ["day" as const], players: names.includes("players") };
  }, [day, names]);
  const query = useQuery({
    ...read("report.figures", input),
    enabled: may && day !== undefined,
    refetchInterval: 15_000,
  });
  if (!may) return null;
  const rows = query.data?.rows ?? [];
  const at = (which: string | undefined) => rows.find(({ keys }) => keys[0] === which);
  const ready = query.data !== undefined && day !== undefined;
  return (
    <section aria-label={t("today.title")} className="mb-1">
      <div className="flex flex-wrap items-center justify-between gap-x-4 px-(--page-x) pb-1.5">
        <h2 className="font-semibold tracking-[-0.006em]">{t("today.title")}</h2>
        <span className="flex flex-wrap items-center gap-x-4">
          {query.data !== undefined && <FreshnessNote freshness={query.data.freshness} />}
          <Link
            href="/reports/ggr"
            className="rounded-sm text-xs text-accent no-underline underline-offset-2 hover:underline"
          >
            {t("today.more")}
          </Link>
        </span>
      </div>
      {query.error !== null && query.data === undefined ? (
        <FailureNotice failure={failureOf(query.error)} className="mx-(--page-x) mb-3" />
      ) : (
        <div className="mx-(--page-x) grid grid-cols-2 border-t border-line lg:grid-cols-5 lg:divide-x lg:divide-line">
          {names.map((name) => {
            const figure = {
              ready,
              today: at(day),
              yesterday: at(day === undefined ? undefined : addDays(day, -1)),
              course: rows,
            };
            if (name === "players" || name === "bets") return <Count key={name} name={name} {...figure} />;
            if (name === "rtp") return <Rtp key={name} {...figure} />;
            return <Figure key={name} name={name} {...figure} currency={query.data?.totals[0]?.currency ?? "EUR"} />;
          })}
        </div>
      )}
    </section>
  );
}

interface FigureProps {
  readonly ready: boolean;
  readonly today: FigureRow | undefined;
  readonly yesterday: FigureRow | undefined;
  readonly course: readonly FigureRow[];
}

function Figure({
  name,
  ready,
  today: now,
  yesterday,
  course,
  currency,
}: FigureProps & { name: Exclude<OverviewFigure, "players" | "bets" | "rtp">; currency: string }) {
  const t = useTranslations("reports");
  const before = moneyParts(yesterday?.[name] ?? zero, useLocale(), false);
  return (
    <Stat
      label={t(`columns.${name}`)}
      value={ready ? <Money amount={now?.[name] ?? zero} currency={now?.currency ?? currency} /> : undefined}
      {...(yesterday === undefined
        ? {}
        : { hint: t("today.yesterday", { amount: `${before.sign}${before.number} ${yesterday.currency}` }) })}
      trend={course.map((row) => Number(row[name]))}
    />
  );
}

function Count({ name, ready, today: now, yesterday, course }: FigureProps & { name: "players" | "bets" }) {
  const t = useTranslations("reports");
  const format = new Intl.NumberFormat(useLocale());
  const before = yesterday?.[name];
  return (
    <Stat
      label={t(`columns.${name}`)}
      value={ready ? format.format(BigInt(now?.[name] ?? 0)) : undefined}
      {...(before == null ? {} : { hint: t("today.yesterdayCount", { count: format.format(BigInt(before)) }) })}
      trend={course.map((row) => Number(row[name] ?? 0))}
    />
  );
}

function Rtp({ ready, today: now, yesterday, course }: FigureProps) {
  const t = useTranslations("reports");
  return (
    <Stat
      label={t("columns.rtp")}
      value={ready ? <Percent ratio={now?.rtp ?? null} /> : undefined}
      {...(yesterday === undefined ? {} : { hint: <Percent ratio={yesterday.rtp} /> })}
      trend={course.map(({ rtp }) => Number(rtp ?? 0))}
    />
  );
}
