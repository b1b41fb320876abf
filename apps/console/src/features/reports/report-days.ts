/** Days as the reports take them: `2026-11-23`. */
const dayMs = 86_400_000;

/** UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  const ms = Date.parse(day);
  return Number.isNaN(ms) ? day : new Date(ms + days * dayMs).toISOString().slice(0, 10);
}

/** The span of the same length right before. */
export function spanBefore({ from, to }: { readonly from: string; readonly to: string }): { from: string; to: string } {
  const days = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1);
  return { from: addDays(from, -days), to: addDays(from, -1) };
}

/** The same days of the year before; the 29th of February is then the 28th. */
export function spanOfYearBefore({ from, to }: { readonly from: string; readonly to: string }): {
  from: string;
  to: string;
} {
  return { from: yearBefore(from), to: yearBefore(to) };
}

function yearBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year - 1, month, 0)).getUTCDate();
  return new Date(Date.UTC(year - 1, month - 1, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The last day of what a key of a time dimension stands for. */
export function lastDayOf(key: string, dimension: "day" | "week" | "month"): string {
  if (dimension === "day") return key;
  if (dimension === "week") return addDays(key, 6);
  const [year = 0, month = 1] = key.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
