/** How an instant reads. Every form names its zone. */

export interface TimeTexts {
  /** `23 Nov 2026, 14:03:22` in the zone that was asked for. */
  readonly text: string;
  /** `UTC`, `CET`, `GMT+5:30`. */
  readonly zoneName: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, zone: string, precision: TimePrecision, year: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${precision} ${year}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    timeZone: zone,
    day: "2-digit",
    month: "short",
    ...(year ? { year: "numeric" } : {}),
    hourCycle: "h23",
    timeZoneName: "short",
    ...(precision === "day" ? {} : { hour: "2-digit", minute: "2-digit" }),
    ...(precision === "second" ? { second: "2-digit" } : {}),
  });
  formats.set(key, made);
  return made;
}

export type TimePrecision = "day" | "minute" | "second";

/** `year` leaves the year out where it is false, for lists of this year's rows. */
export function timeTexts(at: Date, locale: string, zone: string, precision: TimePrecision, year = true): TimeTexts {
  const parts = formatOf(locale, zone, precision, year).formatToParts(at);
  const zoneName = parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
  const text = parts
    .filter((part) => part.type !== "timeZoneName")
    .map((part) => part.value)
    .join("")
    .trim()
    .replace(/[,\s]+$/, "");
  return { text, zoneName };
}

const steps = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `3 minutes ago`, `in 2 days`: the largest unit that fits. */
export function relativeTime(atMs: number, nowMs: number, locale: string): string {
  const seconds = Math.round((atMs - nowMs) / 1_000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, "second");
}
