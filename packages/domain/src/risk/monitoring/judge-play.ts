/** Rules on play, judged at one minute over the window that ends with it. */
import type { Finding } from "./judge-money.ts";
import type { PlayMinute } from "./monitoring-facts.ts";
import type { PlayConditions } from "./monitoring-rule.ts";

const minuteMs = 60_000;

interface Sum {
  readonly bets: number;
  readonly voided: number;
  readonly minimum: number;
  readonly opposite: number;
}

/** `minutes` are the player's, in the order of their times; `at` is the one that is judged. */
export function judgePlay(
  conditions: PlayConditions,
  minutes: readonly PlayMinute[],
  at: PlayMinute,
): Finding | undefined {
  const from = at.atMs - conditions.minutes * minuteMs;
  const inside = minutes.filter(({ atMs }) => atMs > from && atMs <= at.atMs);
  const measured = measure(conditions, sumUp(inside));
  if (measured === undefined) return undefined;
  return {
    atMs: at.atMs,
    trigger: `minute:${new Date(at.atMs).toISOString()}`,
    measured: { ...measured, minutes: `${conditions.minutes}` },
    facts: [...new Set(inside.map(({ atMs }) => `minute:${new Date(atMs).toISOString()}`))],
  };
}

function measure(conditions: PlayConditions, sum: Sum): Record<string, string> | undefined {
  switch (conditions.kind) {
    case "BET_BURST":
      return sum.bets < conditions.bets ? undefined : { bets: `${sum.bets}`, threshold: `${conditions.bets}` };
    case "MANY_VOIDS":
      if (sum.voided < conditions.voids || sum.voided * 100 < sum.bets * conditions.sharePercent) return undefined;
      return { voided: `${sum.voided}`, ofBets: `${sum.bets}`, threshold: `${conditions.voids}` };
    case "MINIMUM_BETS":
      if (sum.bets < conditions.bets || sum.minimum * 100 < sum.bets * conditions.sharePercent) return undefined;
      return { smallest: `${sum.minimum}`, ofBets: `${sum.bets}`, share: `${conditions.sharePercent} %` };
    case "OPPOSITE_BETS":
      return sum.opposite < conditions.rounds
        ? undefined
        : { rounds: `${sum.opposite}`, threshold: `${conditions.rounds}` };
  }
}

function sumUp(minutes: readonly PlayMinute[]): Sum {
  return minutes.reduce<Sum>(
    (sum, { bets, voided, minimum, opposite }) => ({
      bets: sum.bets + bets,
      voided: sum.voided + voided,
      minimum: sum.minimum + minimum,
      opposite: sum.opposite + opposite,
    }),
    { bets: 0, voided: 0, minimum: 0, opposite: 0 },
  );
}

/** Values of one market that cancel each other out: what one loses, but for the house's edge, the other wins. */
const opposites: readonly (readonly [string, string])[] = [
  ["red", "black"],
  ["even", "odd"],
  ["low", "high"],
  ["player", "banker"],
  ["over", "under"],
];

/** Whether these selections of one round, each as it was sent, bet on two outcomes that cancel each other out. */
export function areOpposite(selections: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const one of selections) {
    if (typeof one !== "object" || one === null || !("market" in one) || !("value" in one)) continue;
    seen.add(`${String(one.market).toLowerCase()} ${String(one.value).toLowerCase()}`);
  }
  return [...seen].some((key) => {
    const at = key.lastIndexOf(" ");
    const [market, value] = [key.slice(0, at), key.slice(at + 1)];
    return opposites.some(([one, other]) => value === one && seen.has(`${market} ${other}`));
  });
}
