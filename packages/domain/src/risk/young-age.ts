/** Below this age the British rule on slots asks for a lower stake; other jurisdictions have taken over the same one. */
export const youngAge = 25;

const anyTimeMs = 0;

/**
 * Until when (ms) a player of this birth date counts as below an age. It is the first of the month after the birthday: the
 * gate's row must not tell a birth date. Of whoever is older, it tells nothing at all.
 */
export function belowAgeUntil(birthDate: string, age: number, nowMs: number): number {
  const [year = 0, month = 1] = birthDate.split("-").map(Number);
  const untilMs = Date.UTC(year + age, month, 1);
  return untilMs <= nowMs ? anyTimeMs : untilMs;
}
