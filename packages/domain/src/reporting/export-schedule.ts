/**
 * When a report that comes by itself is due, and which days it is of. Pure: the same timing and instant give the same
 * answer on every engine, which is what lets a due time be run exactly once.
 */
import { createZoneFormat, readZonedRange } from "../audit/zoned-range.ts";
import { z } from "zod";

export const rhythms = ["daily", "weekly", "monthly"] as const;
export type Rhythm = (typeof rhythms)[number];

export const timingInput = z
  .object({
    every: z.enum(rhythms),
    /** On the clocks of the zone. */
    hour: z.number().int().min(0).max(23),
    zone: z.string().min(1).max(60).default("UTC"),
    /** 1 is Monday; for weekly ones alone. */
    weekday: z.number().int().min(1).max(7).default(1),
    /** For monthly ones alone; a month that is shorter has it on its last day. */
    monthDay: z.number().int().min(1).max(31).default(1),
  })
  .refine(({ zone }) => readZonedRange("2026-01-01", "2026-01-01", zone).ok, {
    message: "There is no such time zone.",
  });
export type Timing = z.infer<typeof timingInput>;

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * The first due instant after this one, ms since 1970. An hour that the clocks leave out is due as soon as they are past
 * it; one that they show twice is due the first time.
 */
export function nextDue(timing: Timing, afterMs: number): number {
  let day = Date.parse(localDay(afterMs, timing.zone)) - dayMs;
  // A month and a bit: every timing has a due day among these.
  for (let step = 0; step < 64; step += 1, day += dayMs) {
    if (!isDueDay(timing, day)) continue;
    const due = instantOf(day, timing.hour, timing.zone);
    if (due > afterMs) return due;
  }
  throw new Error("a timing has a due day within two months");
}

/** Whole days of the zone before the due one: yesterday, the last seven, or the calendar month before. Both included. */
export function coveredDays(
  every: Rhythm,
  dueMs: number,
  zone: string,
): { readonly from: string; readonly to: string } {
  const today = Date.parse(localDay(dueMs, zone));
  if (every === "daily") return { from: dayText(today - dayMs), to: dayText(today - dayMs) };
  if (every === "weekly") return { from: dayText(today - 7 * dayMs), to: dayText(today - dayMs) };
  const last = new Date(today);
  last.setUTCDate(0);
  return { from: `${dayText(last.getTime()).slice(0, 8)}01`, to: dayText(last.getTime()) };
}

function isDueDay({ every, weekday, monthDay }: Timing, day: number): boolean {
  if (every === "daily") return true;
  const date = new Date(day);
  if (every === "weekly") return (date.getUTCDay() + 6) % 7 === weekday - 1;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.getUTCDate() === Math.min(monthDay, lastDay);
}

/** The first instant at which the zone's clocks show this hour of this day, or a later one where they leave it out. */
function instantOf(day: number, hour: number, zone: string): number {
  const wanted = dayText(day) + `T${String(hour).padStart(2, "0")}`;
  const local = createZoneFormat(zone);
  // Offsets lie between -12 and +14 hours and are whole quarters of an hour.
  const quarter = hourMs / 4;
  let low = day + hour * hourMs - 15 * hourMs;
  let high = low + 28 * hourMs;
  // The clocks' text only ever steps back within an overlap, whose first showing is looked for below.
  while (high - low > quarter) {
    const middle = low + Math.floor((high - low) / quarter / 2) * quarter;
    if (local(middle).slice(0, 13) >= wanted) high = middle;
    else low = middle;
  }
  for (let earlier = high - quarter; earlier > high - 3 * hourMs; earlier -= quarter) {
    if (local(earlier).slice(0, 13) >= wanted && local(earlier - quarter).slice(0, 13) < wanted) return earlier;
  }
  return high;
}

function localDay(ms: number, zone: string): string {
  return createZoneFormat(zone)(ms).slice(0, 10);
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const backoffMs = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * 60_000);
/** Two days of trying: a day that was off is mended within them or a person is needed. */
export const triesMost = 52;

/** How long after a failed try the next one is, ms; undefined where there is none. */
export function retryAfterMs(tries: number): number | undefined {
  return tries >= triesMost ? undefined : (backoffMs[tries - 1] ?? hourMs);
}
