/**
 * Rules that watch what has happened, as rows of data: what they look for, how often they speak of the same player, and
 * what follows. Rules of the AML desk only ever raise an alert, for a reaction could tell the player that somebody looks.
 */
import { z } from "zod";
import { currencies, type Currency } from "../../wallet/currency.ts";

export const desks = ["AML", "RISK"] as const;
export type Desk = (typeof desks)[number];

export const severities = ["LOW", "MEDIUM", "HIGH"] as const;
export type Severity = (typeof severities)[number];

const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);
const decimal = z.string().regex(/^(0|[1-9][0-9]{0,15})(\.[0-9]{1,9})?$/, "a decimal amount");
const days = z.int().min(1).max(3_650);
const percent = z.int().min(1).max(1_000);
const count = z.int().min(2).max(1_000_000);
/** Play is counted by the minute and kept for 90 days; a window of more than a day belongs into a report. */
const minutes = z
  .int()
  .min(1)
  .max(24 * 60);

export const ruleConditions = z.discriminatedUnion("kind", [
  /** Deposits of so much in so many days (MGA: €2,000 in rolling 180 days). */
  z.strictObject({ kind: z.literal("ACCRUED_DEPOSITS"), amount: decimal, currency, days }),
  /** Deposits less payouts of so much in so many days, of players in these countries (UKGC: £150 in rolling 30 days). */
  z.strictObject({
    kind: z.literal("NET_DEPOSITS"),
    amount: decimal,
    currency,
    days,
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(60),
  }),
  /** Most of what came is asked back within hours, and little of it was played. */
  z.strictObject({
    kind: z.literal("RAPID_IN_OUT"),
    amount: decimal,
    currency,
    hours: z.int().min(1).max(720),
    outPercent: percent,
    playedBelowPercent: percent,
  }),
  /** Several deposits just below a threshold. */
  z.strictObject({
    kind: z.literal("STRUCTURING"),
    threshold: decimal,
    currency,
    bandPercent: z.int().min(1).max(99),
    count,
    days,
  }),
  /** A payout to where no deposit came from. */
  z.strictObject({ kind: z.literal("METHOD_MISMATCH"), amount: decimal, currency, days }),
  /** An account wakes up after a long rest, and much money comes in. */
  z.strictObject({ kind: z.literal("DORMANT_ACTIVE"), dormantDays: days, amount: decimal, currency, days }),
  /** So many accounts on one device. */
  z.strictObject({ kind: z.literal("SHARED_DEVICE"), accounts: count }),
  /** So many accounts on one payment instrument. */
  z.strictObject({ kind: z.literal("SHARED_INSTRUMENT"), accounts: count }),
  z.strictObject({ kind: z.literal("BET_BURST"), bets: count, minutes }),
  /** So many voided or rolled-back bets, and so large a part of all. */
  z.strictObject({ kind: z.literal("MANY_VOIDS"), voids: count, sharePercent: z.int().min(0).max(100), minutes }),
  /** Almost only the smallest stakes that a game takes. */
  z.strictObject({ kind: z.literal("MINIMUM_BETS"), bets: count, sharePercent: z.int().min(1).max(100), minutes }),
  /** Rounds in which a player has bet on both of two outcomes that cancel each other out. */
  z.strictObject({ kind: z.literal("OPPOSITE_BETS"), rounds: count, minutes }),
]);
export type RuleConditions = z.infer<typeof ruleConditions>;
export type RuleKind = RuleConditions["kind"];
type Of<K extends RuleKind> = Extract<RuleConditions, { kind: K }>;

export const moneyKinds = [
  "ACCRUED_DEPOSITS",
  "NET_DEPOSITS",
  "RAPID_IN_OUT",
  "STRUCTURING",
  "METHOD_MISMATCH",
  "DORMANT_ACTIVE",
] as const satisfies readonly RuleKind[];
export const playKinds = [
  "BET_BURST",
  "MANY_VOIDS",
  "MINIMUM_BETS",
  "OPPOSITE_BETS",
] as const satisfies readonly RuleKind[];
export const linkKinds = ["SHARED_DEVICE", "SHARED_INSTRUMENT"] as const satisfies readonly RuleKind[];

export type MoneyConditions = Of<(typeof moneyKinds)[number]>;
export type PlayConditions = Of<(typeof playKinds)[number]>;
export type LinkConditions = Of<(typeof linkKinds)[number]>;

export function isMoneyRule(conditions: RuleConditions): conditions is MoneyConditions {
  return (moneyKinds as readonly RuleKind[]).includes(conditions.kind);
}

export function isPlayRule(conditions: RuleConditions): conditions is PlayConditions {
  return (playKinds as readonly RuleKind[]).includes(conditions.kind);
}

/** What the house does by itself when a rule of the risk desk speaks, beside the alert. */
export const ruleReaction = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("ALERT") }),
  z.strictObject({ do: z.literal("TAG"), tag: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/) }),
  /** A limit of the player is made this strict, unless it is stricter already. */
  z.strictObject({
    do: z.literal("LIMIT"),
    kind: z.enum(["DEPOSIT", "LOSS", "WAGER"]),
    period: z.enum(["DAY", "WEEK", "MONTH"]),
    currency,
    amount: decimal,
  }),
  z.strictObject({ do: z.literal("LOCK") }),
]);
export type RuleReaction = z.infer<typeof ruleReaction>;

export const ruleCode = z.string().regex(/^[a-z][a-z0-9-]{2,39}$/, "small letters, digits and dashes");

export const ruleBody = z
  .strictObject({
    title: z.string().trim().min(5).max(120),
    /** The clause or practice that it comes from. */
    source: z.string().trim().max(200),
    on: z.boolean(),
    severity: z.enum(severities),
    conditions: ruleConditions,
    reaction: ruleReaction,
    /** It says nothing more of a player for so many days after it spoke. */
    quietDays: z.int().min(1).max(3_650),
  })
  .describe("A rule that watches what has happened.");
export type RuleBody = z.infer<typeof ruleBody>;

export interface MonitoringRule extends RuleBody {
  readonly code: string;
  readonly desk: Desk;
  readonly version: number;
}

/** What a desk may not have: an AML rule that does more than tell compliance. */
export function findRuleFault(desk: Desk, body: RuleBody): string | undefined {
  return desk === "AML" && body.reaction.do !== "ALERT"
    ? "A rule against money laundering raises an alert and does nothing else: the player must not notice."
    : undefined;
}

const dayMs = 86_400_000;

/** How far back a rule looks, ms; what it is judged by has to be read from there on. */
export function lookBackMs(conditions: RuleConditions): number {
  switch (conditions.kind) {
    case "ACCRUED_DEPOSITS":
    case "NET_DEPOSITS":
    case "STRUCTURING":
    case "METHOD_MISMATCH":
      return conditions.days * dayMs;
    case "RAPID_IN_OUT":
      return conditions.hours * 3_600_000;
    case "DORMANT_ACTIVE":
      // The last sign of life before the rest lies anywhere, and is read by itself.
      return conditions.days * dayMs;
    case "SHARED_DEVICE":
    case "SHARED_INSTRUMENT":
      return 0;
    default:
      return conditions.minutes * 60_000;
  }
}

/** By when somebody should have looked at an alert, hours. */
export const severityHours: Readonly<Record<Severity, number>> = { HIGH: 24, MEDIUM: 72, LOW: 168 };
