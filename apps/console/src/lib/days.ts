/** Days of filters are UTC days, as the house counts them; the filter says so beside its name. */

export function dayStart(day: string | null): string | null {
  return day === null || !/^\d{4}-\d{2}-\d{2}$/.test(day) ? null : `${day}T00:00:00Z`;
}

/** The instant after the day's last one. */
export function dayEnd(day: string | null): string | null {
  const start = dayStart(day);
  if (start === null) return null;
  const next = new Date(start);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString();
}
