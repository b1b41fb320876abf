/** The public contract of a player's own limits, exclusions and the clock of their play. */
import { z } from "zod";
import { currencies, type Currency } from "../wallet/currency.ts";
import { exclusionKinds, exclusionStates } from "./exclusion.ts";
import { limitPeriods, windowKinds } from "./limit-window.ts";
import { limitKinds } from "./player-limit.ts";

const time = z.string().meta({ example: "2026-03-02T12:05:00.000Z" });
const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);
const amount = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$/)
  .meta({ description: "Decimal of the currency; whole minutes on SESSION.", example: "100.00" });

export const limitBody = z
  .strictObject({
    kind: z.enum(limitKinds),
    period: z.enum(limitPeriods),
    currency: currency.nullable().default(null).meta({ description: "Null on SESSION." }),
    amount: amount.nullable().meta({ description: "Null takes the limit away, which cools off like an increase." }),
  })
  .meta({ id: "WantedLimit", examples: [{ kind: "DEPOSIT", period: "WEEK", currency: "EUR", amount: "100.00" }] });
export type LimitBody = z.infer<typeof limitBody>;

const limitKey = { kind: z.enum(limitKinds), period: z.enum(limitPeriods), currency: currency.nullable() };

export const limitsAnswer = z
  .object({
    jurisdiction: z.string().meta({ example: "MT" }),
    window: z.enum(windowKinds).meta({ description: "Whether windows begin with the day, week and month, or roll." }),
    zone: z.string().meta({ description: "The clocks by which days begin.", example: "Europe/Malta" }),
    increaseHours: z.number().meta({ description: "How long a looser limit cools off." }),
    confirmHours: z.number().meta({ description: "How long it then waits to be confirmed." }),
    limits: z.array(
      z.object({
        limitId: z.string().nullable().meta({ description: "Null on a limit of the law.", example: "lim_8c" }),
        ...limitKey,
        amount,
        since: time.nullable(),
        used: amount,
        remaining: amount,
        resetsAt: time.nullable().meta({ description: "Null where the window rolls." }),
        byLaw: z.boolean(),
      }),
    ),
    waiting: z.array(
      z.object({
        limitId: z.string(),
        ...limitKey,
        amount: amount.nullable(),
        status: z.enum(["PENDING", "READY"]),
        readyAt: time,
        lapsesAt: time,
      }),
    ),
  })
  .meta({
    id: "Limits",
    examples: [
      {
        jurisdiction: "MT",
        window: "CALENDAR",
        zone: "Europe/Malta",
        increaseHours: 24,
        confirmHours: 168,
        limits: [
          {
            limitId: "lim_8c",
            kind: "WAGER",
            period: "DAY",
            currency: "EUR",
            amount: "100.00",
            since: "2026-03-01T09:00:00.000Z",
            used: "40.00",
            remaining: "60.00",
            resetsAt: "2026-03-02T23:00:00.000Z",
            byLaw: false,
          },
        ],
        waiting: [],
      },
    ],
  });
export type LimitsAnswer = z.infer<typeof limitsAnswer>;

export const timeOutBody = z
  .strictObject({
    hours: z
      .int()
      .min(1)
      .max(24 * 366),
  })
  .meta({ id: "TimeOut", examples: [{ hours: 72 }] });

export const selfExclusionBody = z
  .strictObject({
    days: z.int().min(1).max(36_600).nullable().meta({ description: "Null is without an end." }),
    reason: z.string().trim().max(500).optional(),
  })
  .meta({ id: "SelfExclusion", examples: [{ days: 180 }] });

export const reactivationBody = z
  .strictObject({ reason: z.string().trim().min(5).max(500) })
  .meta({ id: "Reactivation", examples: [{ reason: "I have talked to somebody about it, and want to play again." }] });

const exclusion = z.object({
  exclusionId: z.string().meta({ example: "exc_8c" }),
  kind: z.enum(exclusionKinds),
  status: z.enum(exclusionStates),
  startsAt: time,
  endsAt: time.nullable().meta({ description: "Null is without an end." }),
  liftsAt: time.nullable().meta({ description: "When cooling off is over." }),
});

export const exclusionsAnswer = z
  .object({
    excluded: z.boolean(),
    exclusions: z.array(exclusion),
    rules: z.object({
      minDays: z.number(),
      timeOutMinHours: z.number(),
      timeOutMaxDays: z.number(),
      panicHours: z.number(),
    }),
  })
  .meta({
    id: "Exclusions",
    description: "Newest first. Withdrawals stay open whatever stands here.",
    examples: [
      {
        excluded: true,
        exclusions: [
          {
            exclusionId: "exc_8c",
            kind: "TIME_OUT",
            status: "ACTIVE",
            startsAt: "2026-03-02T12:05:00.000Z",
            endsAt: "2026-03-05T12:05:00.000Z",
            liftsAt: null,
          },
        ],
        rules: { minDays: 180, timeOutMinHours: 24, timeOutMaxDays: 30, panicHours: 24 },
      },
    ],
  });
export type ExclusionsAnswer = z.infer<typeof exclusionsAnswer>;

export const sessionClockAnswer = z
  .object({
    running: z.boolean().meta({ description: "False where play has rested for longer than a session's gap." }),
    startedAt: time.nullable(),
    lastBetAt: time.nullable(),
    elapsedMinutes: z.number(),
    bets: z.number(),
    netPosition: z.array(
      z.object({
        currency,
        staked: amount,
        returned: amount,
        net: z.string().meta({ description: "Returned less staked, of settled bets; below zero where more was lost." }),
        atStake: amount.meta({ description: "Of bets that are not settled yet." }),
      }),
    ),
    realityCheck: z.object({
      everyMinutes: z.number().nullable(),
      byLawMinutes: z.number().nullable(),
      dueAt: time.nullable().meta({ description: "From then on bets are refused until it was seen." }),
    }),
  })
  .meta({
    id: "SessionClock",
    examples: [
      {
        running: true,
        startedAt: "2026-03-02T12:00:00.000Z",
        lastBetAt: "2026-03-02T12:14:30.000Z",
        elapsedMinutes: 15,
        bets: 31,
        netPosition: [{ currency: "EUR", staked: "31.00", returned: "28.50", net: "-2.50", atStake: "0.00" }],
        realityCheck: { everyMinutes: 60, byLawMinutes: 60, dueAt: "2026-03-02T13:00:00.000Z" },
      },
    ],
  });
export type SessionClockAnswer = z.infer<typeof sessionClockAnswer>;

export const realityCheckBody = z
  .strictObject({
    everyMinutes: z.int().min(1).max(1_440).nullable().meta({ description: "Null leaves it to the law." }),
  })
  .meta({ id: "RealityCheck", examples: [{ everyMinutes: 30 }] });
