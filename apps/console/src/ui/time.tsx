"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "#lib/cn.ts";
import { relativeTime, type TimePrecision, timeTexts } from "#lib/time-text.ts";
import { useNow } from "#lib/use-now.ts";
import { usePreferences } from "#ui/preferences-provider.tsx";
import { Tip } from "#ui/tip.tsx";

interface TimeProps {
  /** ISO 8601 with `Z`. */
  readonly at: string;
  readonly precision?: TimePrecision;
  /** Leaves out the year where it is the current one. */
  readonly short?: boolean;
  /** `3 minutes ago` instead of the date; the date stands in the tooltip. */
  readonly relative?: boolean;
  readonly className?: string;
}

/** An instant in the zone that the reader chose, named; the other zone and the distance from now are in its tooltip. */
export function Time({ at, precision = "second", short = false, relative = false, className }: TimeProps) {
  const locale = useLocale();
  const { preferences } = usePreferences();
  const date = new Date(at);
  const zone = preferences.clock === "utc" ? "UTC" : preferences.zone;
  const shown = timeTexts(
    date,
    locale,
    zone,
    precision,
    !short || date.getUTCFullYear() !== new Date().getUTCFullYear(),
  );
  return (
    <Tip text={<TimeDetails date={date} />}>
      <time dateTime={at} className={cn("tabular whitespace-nowrap", className)}>
        {relative ? (
          <Distance date={date} />
        ) : (
          <>
            {shown.text}
            <span className="ms-1 text-2xs text-ink-faint">{shown.zoneName}</span>
          </>
        )}
      </time>
    </Tip>
  );
}

function Distance({ date }: { date: Date }) {
  const now = useNow();
  const locale = useLocale();
  if (now === undefined) return timeTexts(date, locale, "UTC", "minute").text;
  return relativeTime(date.getTime(), now, locale);
}

function TimeDetails({ date }: { date: Date }) {
  const t = useTranslations("kit.time");
  const locale = useLocale();
  const { preferences } = usePreferences();
  const zones = [...new Set(["UTC", preferences.zone])];
  return (
    <span className="grid grid-cols-[auto_auto] gap-x-3 gap-y-0.5 py-0.5">
      {zones.map((zone) => (
        <TimeDetail
          key={zone}
          label={zone === "UTC" ? "UTC" : zone}
          text={timeTexts(date, locale, zone, "second").text}
        />
      ))}
      <span className="text-ink-faint">{t("distance")}</span>
      <span className="text-end">
        <Distance date={date} />
      </span>
    </span>
  );
}

function TimeDetail({ label, text }: { label: string; text: string }) {
  return (
    <>
      <span className="text-ink-faint">{label}</span>
      <span className="tabular text-end">{text}</span>
    </>
  );
}
