/**
 * Whether something lies in the window of a limit, told by what a clock on the wall of the zone shows, and by nothing that
 * the code under test uses. For instants in whole seconds.
 */
import type { LimitWindow } from "./limit-window.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function isInWindow({ period, window, zone }: LimitWindow, atMs: number, nowMs: number): boolean {
  if (atMs > nowMs) return false;
  if (window === "CALENDAR") {
    const [then, now] = [wallClock(zone, atMs), wallClock(zone, nowMs)];
    return calendarPage(period, then) === calendarPage(period, now);
  }
  if (period === "DAY") return nowMs - atMs <= dayMs;
  if (period === "WEEK") return nowMs - atMs <= 7 * dayMs;
  return atMs >= monthBack(zone, nowMs);
}

/** What tells one day, week or month from the next. */
function calendarPage(period: LimitWindow["period"], wall: number): string {
  const date = new Date(wall).toISOString();
  if (period === "DAY") return date.slice(0, 10);
  if (period === "MONTH") return date.slice(0, 7);
  // The first of January 1970 was a Thursday.
  return String(Math.floor((Math.floor(wall / dayMs) + 3) / 7));
}

/** The same time of the day a month ago: of the last day of that month where it has no such day. */
function monthBack(zone: string, nowMs: number): number {
  const now = new Date(wallClock(zone, nowMs));
  const target = new Date(now);
  target.setUTCDate(1);
  target.setUTCMonth(target.getUTCMonth() - 1);
  const daysInMonth = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(now.getUTCDate(), daysInMonth));
  const wanted = target.getTime();
  // Every instant at which a clock could show it: offsets are whole quarters of an hour.
  for (let offset = 14 * hourMs; offset >= -12 * hourMs; offset -= hourMs / 4) {
    if (wallClock(zone, wanted - offset) === wanted) return wanted - offset;
  }
  // The clocks skipped it: as far behind the skip as it lies in the gap, by the offset that held before.
  return wanted - (wallClock(zone, wanted - dayMs) - (wanted - dayMs));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clock shows, as if it were UTC, ms. */
function wallClock(zone: string, ms: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    formats.set(zone, format);
  }
  return Date.parse(`${format.format(ms).replace(" ", "T")}Z`);
}
