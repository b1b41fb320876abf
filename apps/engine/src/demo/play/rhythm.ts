/**
 * How lively the casino is at an instant, against the mean of a day: a long evening with its peak towards 20:30 UTC, and
 * a quiet morning.
 */
const dayMs = 24 * 3_600_000;

export function livelinessAt(timeMs: number): number {
  const angle = (hours: number): number => (2 * Math.PI * (timeMs - hours * 3_600_000)) / dayMs;
  return 1 + 0.5 * Math.cos(angle(20.5)) + 0.12 * Math.cos(2 * angle(21));
}
