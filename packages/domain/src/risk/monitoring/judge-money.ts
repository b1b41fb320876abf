/** Rules on money, judged at one movement: what had happened by then, and nothing that came later. */
import type { Currency } from "../../wallet/currency.ts";
import { formatMinor, parseAmount } from "../../wallet/money.ts";
import type { MoneyConditions } from "./monitoring-rule.ts";
import { amountIn, type DayRates, type MoneyFact, type PlayerFacts } from "./monitoring-facts.ts";

export interface Finding {
  /** When it was so, ms. */
  readonly atMs: number;
  /** What made it so: an event, a minute, a shared thing. With rule and player it names the alert. */
  readonly trigger: string;
  /** What was measured and against what, as people read it. */
  readonly measured: Readonly<Record<string, string>>;
  /** The facts that it rests on, by their ids. */
  readonly facts: readonly string[];
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

interface Scene {
  readonly facts: PlayerFacts;
  readonly rates: DayRates;
  /** The movement that is judged. */
  readonly fact: MoneyFact;
}

export function judgeMoney(conditions: MoneyConditions, scene: Scene): Finding | undefined {
  switch (conditions.kind) {
    case "ACCRUED_DEPOSITS":
      return judgeAccrued(conditions, scene);
    case "NET_DEPOSITS":
      return judgeNet(conditions, scene);
    case "RAPID_IN_OUT":
      return judgeRapid(conditions, scene);
    case "STRUCTURING":
      return judgeStructuring(conditions, scene);
    case "METHOD_MISMATCH":
      return judgeMismatch(conditions, scene);
    case "DORMANT_ACTIVE":
      return judgeDormant(conditions, scene);
  }
}

type Of<K extends MoneyConditions["kind"]> = Extract<MoneyConditions, { kind: K }>;

function judgeAccrued({ amount, currency, days }: Of<"ACCRUED_DEPOSITS">, scene: Scene): Finding | undefined {
  if (scene.fact.kind !== "DEPOSIT") return undefined;
  const deposits = within(scene, days * dayMs).filter(({ kind }) => kind === "DEPOSIT");
  const sum = sumIn(scene.rates, deposits, currency);
  if (sum.total < minorOf(amount, currency)) return undefined;
  return found(scene.fact, deposits, {
    deposited: money(sum.total, currency),
    threshold: `${amount} ${currency}`,
    days: `${days}`,
    ...unrated(sum.unrated),
  });
}

function judgeNet(conditions: Of<"NET_DEPOSITS">, scene: Scene): Finding | undefined {
  const { amount, currency, days, countries } = conditions;
  if (scene.fact.kind !== "DEPOSIT") return undefined;
  if (countries.length > 0 && !countries.includes(scene.facts.country)) return undefined;
  const moved = within(scene, days * dayMs);
  const came = sumIn(scene.rates, moved.filter(isIncoming), currency);
  const went = sumIn(scene.rates, moved.filter(isOutgoing), currency);
  const net = came.total - went.total;
  if (net < minorOf(amount, currency)) return undefined;
  return found(scene.fact, moved, {
    net: money(net, currency),
    threshold: `${amount} ${currency}`,
    days: `${days}`,
    ...unrated(came.unrated + went.unrated),
  });
}

function judgeRapid(conditions: Of<"RAPID_IN_OUT">, scene: Scene): Finding | undefined {
  const { amount, currency, hours, outPercent, playedBelowPercent } = conditions;
  const { facts, rates, fact } = scene;
  if (fact.kind !== "PAYOUT") return undefined;
  const moved = within(scene, hours * hourMs);
  const deposits = moved.filter(({ kind }) => kind === "DEPOSIT");
  const came = sumIn(rates, deposits, currency).total;
  const went =
    sumIn(
      rates,
      moved.filter(({ kind }) => kind === "PAYOUT"),
      currency,
    ).total -
    sumIn(
      rates,
      moved.filter(({ kind }) => kind === "PAYOUT_BACK"),
      currency,
    ).total;
  if (came < minorOf(amount, currency) || came === 0n) return undefined;
  if (went * 100n < came * BigInt(outPercent)) return undefined;
  const play = facts.play.filter(({ atMs }) => atMs > fact.atMs - hours * hourMs && atMs <= fact.atMs);
  const staked = sumIn(
    rates,
    play.map((minute) => ({ ...minute, amount: minute.staked })),
    currency,
  ).total;
  if (staked * 100n >= came * BigInt(playedBelowPercent)) return undefined;
  return found(fact, moved, {
    deposited: money(came, currency),
    askedBack: money(went, currency),
    staked: money(staked, currency),
    hours: `${hours}`,
  });
}

function judgeStructuring(conditions: Of<"STRUCTURING">, scene: Scene): Finding | undefined {
  const { threshold, currency, bandPercent, count, days } = conditions;
  if (scene.fact.kind !== "DEPOSIT") return undefined;
  const top = minorOf(threshold, currency);
  const near = within(scene, days * dayMs).filter((fact) => {
    if (fact.kind !== "DEPOSIT") return false;
    const value = amountIn(scene.rates, fact, currency);
    return value !== undefined && value < top && value * 100n >= top * BigInt(100 - bandPercent);
  });
  // The one that is judged has to be one of them, or the same handful would be found at every later deposit.
  if (near.length < count || near.at(-1)?.id !== scene.fact.id) return undefined;
  return found(scene.fact, near, {
    deposits: `${near.length}`,
    below: `${threshold} ${currency}`,
    within: `${bandPercent} %`,
    days: `${days}`,
  });
}

function judgeMismatch(conditions: Of<"METHOD_MISMATCH">, scene: Scene): Finding | undefined {
  const { amount, currency, days } = conditions;
  const { fact, rates } = scene;
  if (fact.kind !== "PAYOUT" || fact.instrument === null) return undefined;
  const value = amountIn(rates, fact, currency);
  if (value === undefined || value < minorOf(amount, currency)) return undefined;
  const sources = within(scene, days * dayMs).filter(
    ({ kind, instrument }) => kind === "DEPOSIT" && instrument !== null,
  );
  if (sources.length === 0 || sources.some(({ instrument }) => instrument === fact.instrument)) return undefined;
  const methods = [...new Set(sources.map(({ method }) => method ?? "?"))].sort();
  return found(fact, [...sources, fact], {
    payout: money(fact.amount, fact.currency),
    to: fact.method ?? "?",
    depositsFrom: `${new Set(sources.map(({ instrument }) => instrument)).size} others (${methods.join(", ")})`,
    days: `${days}`,
  });
}

function judgeDormant(conditions: Of<"DORMANT_ACTIVE">, scene: Scene): Finding | undefined {
  const { dormantDays, amount, currency, days } = conditions;
  const { facts, rates, fact } = scene;
  if (fact.kind !== "DEPOSIT") return undefined;
  const signs = [...facts.seenMs, ...[...facts.money, ...facts.play].map(({ atMs }) => atMs)]
    .filter((atMs) => atMs <= fact.atMs)
    .sort((a, b) => a - b);
  const from = fact.atMs - days * dayMs;
  // The account woke up with the first sign of life after a rest that was long enough.
  const index = signs.findLastIndex((atMs, at) => at > 0 && atMs - (signs[at - 1] ?? atMs) >= dormantDays * dayMs);
  const wokeMs = signs[index];
  if (index < 1 || wokeMs === undefined || wokeMs < from) return undefined;
  const deposits = within(scene, days * dayMs).filter(({ kind, atMs }) => kind === "DEPOSIT" && atMs >= wokeMs);
  const sum = sumIn(rates, deposits, currency).total;
  if (sum < minorOf(amount, currency)) return undefined;
  const rest = Math.floor((wokeMs - (signs[index - 1] ?? wokeMs)) / dayMs);
  return found(fact, deposits, {
    rested: `${rest} days`,
    deposited: money(sum, currency),
    threshold: `${amount} ${currency}`,
  });
}

/** Movements of a window that ends with the one that is judged. */
function within({ facts, fact }: Scene, spanMs: number): MoneyFact[] {
  const end = facts.money.indexOf(fact);
  return facts.money.slice(0, end + 1).filter(({ atMs }) => atMs > fact.atMs - spanMs);
}

function isIncoming({ kind }: MoneyFact): boolean {
  return kind === "DEPOSIT" || kind === "PAYOUT_BACK";
}

function isOutgoing({ kind }: MoneyFact): boolean {
  return kind === "PAYOUT" || kind === "CHARGEBACK";
}

type Valued = Pick<MoneyFact, "atMs" | "currency" | "amount">;

function sumIn(rates: DayRates, facts: readonly Valued[], currency: Currency): { total: bigint; unrated: number } {
  let total = 0n;
  let unrated = 0;
  for (const fact of facts) {
    const value = amountIn(rates, fact, currency);
    if (value === undefined) unrated += 1;
    else total += value;
  }
  return { total, unrated };
}

function found(fact: MoneyFact, facts: readonly MoneyFact[], measured: Finding["measured"]): Finding {
  return { atMs: fact.atMs, trigger: fact.id, measured, facts: facts.map(({ id }) => id) };
}

/** Rules are checked when they are proposed, so that an amount that can't be read here is a bug. */
function minorOf(amount: string, currency: Currency): bigint {
  const minor = parseAmount(amount, currency);
  if (!minor.ok) throw new Error(`a rule has the amount ${amount} ${currency}`);
  return minor.value;
}

function money(minor: bigint, currency: Currency): string {
  return `${formatMinor(minor, currency)} ${currency}`;
}

function unrated(count: number): Record<string, string> {
  return count === 0 ? {} : { withoutRate: `${count} movements` };
}
