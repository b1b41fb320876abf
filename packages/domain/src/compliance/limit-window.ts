/**
 * The stretch of time that a limit looks at. A calendar window begins with the day, the Monday or the first of the month
 * on the clocks of the jurisdiction; a rolling one reaches back 24 hours, 7 days, or to the same time of the day a month
 * ago (clamped at the month's end). Days of 23 and 25 hours are as long as they are.
 */
import { createOffsets } from "../audit/zoned-range.ts";

export const limitPeriods = ["DAY", "WEEK", "MONTH"] as const;
export type LimitPeriod = (typeof limitPeriods)[number];
export const windowKinds = ["ROLLING", "CALENDAR"] as const;
export type WindowKind = (typeof windowKinds)[number];

export interface LimitWindow {
  readonly period: LimitPeriod;
  readonly window: WindowKind;
  /** IANA name of the clocks that a calendar window, and a rolling month, go by. */
  readonly zone: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Amounts in a rolling window are kept by slots, so that a counter stays short: it forgets an amount when the whole slot
 * has left the window, which may be a slot's length late and is never early. The player is never let past the limit.
 */
const slotMs: Readonly<Record<LimitPeriod, number>> = { DAY: hourMs / 4, WEEK: 2 * hourMs, MONTH: 8 * hourMs };

/** Every slot, rolling or calendar, begins on a multiple of this: zones' offsets are whole quarters of an hour. */
export const tickMs = hourMs / 4;

/** The first instant (ms) that the window which ends at `atMs` still holds. */
export function windowStart(window: LimitWindow, atMs: number): number {
  if (window.window === "CALENDAR") return calendarWindow(window, atMs).startMs;
  switch (window.period) {
    case "DAY":
      return atMs - dayMs;
    case "WEEK":
      return atMs - 7 * dayMs;
    case "MONTH":
      return monthBefore(window.zone, atMs);
  }
}

/** When a calendar window begins anew; a rolling one never does. */
export function windowEnd(window: LimitWindow, atMs: number): number | null {
  return window.window === "CALENDAR" ? calendarWindow(window, atMs).endMs : null;
}

/** The slot (the ms at which it begins) that an amount of this instant is counted in. */
export function slotOf(window: LimitWindow, atMs: number): number {
  if (window.window === "CALENDAR") return calendarWindow(window, atMs).startMs;
  const width = slotMs[window.period];
  return Math.floor(atMs / width) * width;
}

/** The earliest slot that still counts at an instant; those before it can be forgotten. */
export function firstSlot(window: LimitWindow, atMs: number): number {
  return firstSlotOf(window, windowStart(window, atMs));
}

/** The same, where the window's start is known. */
export function firstSlotOf(window: LimitWindow, startMs: number): number {
  return window.window === "CALENDAR" ? startMs : slotOf(window, startMs);
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Hardly ever more than one window a zone and period is asked for in a row. The rule is pure; this only remembers. */
const remembered = new Map<string, Span>();

function calendarWindow({ zone, period }: LimitWindow, atMs: number): Span {
  const key = `${zone}|${period}`;
  const found = remembered.get(key);
  if (found !== undefined && found.startMs <= atMs && atMs < found.endMs) return found;
  const span = findCalendarWindow(zone, period, atMs);
  remembered.set(key, span);
  return span;
}

function findCalendarWindow(zone: string, period: LimitPeriod, atMs: number): Span {
  const local = new Date(atMs + offsetAt(zone, atMs));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const midnight = (y: number, m: number, d: number): number => instantOf(zone, Date.UTC(y, m, d));
  if (period === "DAY") return { startMs: midnight(year, month, day), endMs: midnight(year, month, day + 1) };
  if (period === "MONTH") return { startMs: midnight(year, month, 1), endMs: midnight(year, month + 1, 1) };
  const sinceMonday = (local.getUTCDay() + 6) % 7;
  const monday = day - sinceMonday;
  return { startMs: midnight(year, month, monday), endMs: midnight(year, month, monday + 7) };
}

function monthBefore(zone: string, atMs: number): number {
  const local = atMs + offsetAt(zone, atMs);
  const date = new Date(local);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const timeOfDay = local - Date.UTC(year, month, date.getUTCDate());
  return instantOf(zone, Date.UTC(year, month - 1, Math.min(date.getUTCDate(), lastOfMonth)) + timeOfDay);
}

/**
 * The instant at which the zone's clocks show this time; the earlier one where they show it twice. Where they skip it, the
 * instant of the skip or as far behind it as the time lies in the gap.
 */
function instantOf(zone: string, local: number): number {
  const before = local - offsetAt(zone, local - dayMs);
  const after = local - offsetAt(zone, local + dayMs);
  const shown = [before, after].filter((instant) => instant + offsetAt(zone, instant) === local);
  return shown.length === 0 ? before : Math.min(...shown);
}

const offsets = new Map<string, (ms: number) => number>();

function offsetAt(zone: string, ms: number): number {
  let offset = offsets.get(zone);
  if (offset === undefined) offsets.set(zone, (offset = createOffsets(zone)));
  return offset(ms);
}
