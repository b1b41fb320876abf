/** Ranges as a person of a place means them: days of a time zone, or instants. */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";

export interface ZonedRange {
  /** ms since 1970; `from` is included, `to` is not. */
  readonly fromMs: number;
  readonly toMs: number;
}

const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const dayMs = 86_400_000;

/**
 * Both ends are a day of the zone (`2026-11-23`; the last day is included whole) or an instant with its own offset
 * (`2026-11-23T07:00:00Z`; the last instant is not included). `zone` is a name of the IANA database.
 */
export function readZonedRange(from: string, to: string, zone: string): Result<ZonedRange, Failure<"REQUEST_INVALID">> {
  if (!isTimeZone(zone)) return err("REQUEST_INVALID", `There is no time zone "${zone}".`);
  const fromMs = readEnd(from, zone, 0);
  const toMs = readEnd(to, zone, 1);
  if (fromMs === undefined) return err("REQUEST_INVALID", `"${from}" is neither a day nor an instant with its zone.`);
  if (toMs === undefined) return err("REQUEST_INVALID", `"${to}" is neither a day nor an instant with its zone.`);
  if (toMs <= fromMs) return err("REQUEST_INVALID", "The range ends before it begins.");
  return ok({ fromMs, toMs });
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** `2026-11-23T08:15:30.123+01:00`: an instant on the clocks of the zone, with their offset. */
export function createZoneFormat(zone: string): (ms: number) => string {
  const offsetAt = createOffsets(zone);
  return (ms) => {
    const offset = offsetAt(ms);
    const local = new Date(ms + offset).toISOString().slice(0, 23);
    const minutes = Math.abs(Math.round(offset / 60_000));
    const two = (value: number): string => String(value).padStart(2, "0");
    return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  };
}

function readEnd(text: string, zone: string, daysLater: number): number | undefined {
  if (instant.test(text)) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? undefined : ms;
  }
  const [, year, month, date] = day.exec(text) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const asUtc = Date.UTC(Number(year), Number(month) - 1, Number(date));
  if (new Date(asUtc).toISOString().slice(0, 10) !== text) return undefined;
  return startOfDay(asUtc + daysLater * dayMs, zone);
}

/** The instant at which the zone's clocks show this midnight. Twice, because the first guess may have the other offset. */
function startOfDay(midnightAsUtc: number, zone: string): number {
  const offsetAt = createOffsets(zone);
  const guess = midnightAsUtc - offsetAt(midnightAsUtc);
  return midnightAsUtc - offsetAt(guess);
}

/** How far the zone's clocks are ahead of UTC at an instant, ms. */
export function createOffsets(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return shown - Math.floor(ms / 1_000) * 1_000;
  };
}
