/** The events of bets and rounds. `round.settled` is the brief's, with fields added to it. */
import { z } from "zod";
import { winSources } from "./commands.ts";
import { anyJson, betId, currency, decimal, defineEvent, requestId, sessionId } from "../ops/event-envelope.ts";

const roundId = z.string().describe("The round as its provider names it; opaque, never parsed.");
const gameId = z.string().describe("The game's code.");
const provider = z.string().describe("The code of the provider whose round it is.");
const grant = z.string().describe("The bonus grant that the money belongs to.");
const reason = z.string().nullable();

const bonusPart = z
  .object({ grant, amount: decimal.describe("The part of the amount that is bonus money.") })
  .nullable()
  .describe("Null where it was cash alone.");

export const betPlaced = defineEvent("bet.placed", 1, "A bet was taken: its stake is held.", {
  betId,
  roundId,
  gameId,
  provider,
  currency,
  stake: decimal,
  bonus: bonusPart,
  balanceAfter: decimal.describe("What the player can still bet with in this currency, cash and bonuses."),
  selection: z.array(anyJson).describe("What was bet on, as it was sent."),
  sessionId: sessionId.nullable().describe("The game session, where the bet came through one."),
  requestId,
});

export const roundSettled = defineEvent(
  "round.settled",
  1,
  "Bets of a round were settled. A settlement that touches several currencies or games gives one event for each.",
  {
    roundId,
    bets: z
      .array(
        z.object({
          betId,
          outcome: z.enum(["WIN", "LOSE", "PUSH"]),
          stake: decimal.describe("The part of the stake that was settled; all of it, unless it was settled in parts."),
          payout: decimal.describe("Gross: it includes the stake."),
        }),
      )
      .min(1),
    gameId,
    provider,
    currency,
    roundStatus: z.enum(["OPEN", "CLOSED", "LATE_CREDITED"]).describe("How this settlement left the round."),
    late: z.boolean().describe("True where the round had been closed before."),
    bonus: z
      .array(z.object({ betId, grant, stake: decimal, payout: decimal }))
      .optional()
      .describe("The bonus parts of stakes and payouts, where bonus money was at stake."),
  },
);

export const roundCredited = defineEvent(
  "round.credited",
  1,
  "A win that no bet stands behind was paid by the house (a free round, a promotion, a win without its bet), or taken back.",
  {
    roundId: roundId.nullable().describe("Null where the payment belongs to no round."),
    gameId: gameId.nullable(),
    provider,
    currency,
    amount: decimal,
    direction: z.enum(["PAID", "TAKEN_BACK"]),
    source: z.enum(winSources),
    requestId,
  },
);

export const roundClosed = defineEvent(
  "round.closed",
  1,
  "A round took its end without settling a bet in the same step. (Otherwise `round.settled` tells it.)",
  { roundId, provider, status: z.enum(["CLOSED", "LATE_CREDITED", "STALE", "VOIDED"]), requestId },
);

export const betVoided = defineEvent("bet.voided", 1, "A held bet was voided, and its stake returned.", {
  betId,
  roundId,
  gameId,
  provider,
  currency,
  released: decimal,
  bonus: bonusPart,
  reason,
  requestId,
});

export const betRolledBack = defineEvent(
  "bet.rolled_back",
  1,
  "The provider took a held bet back, and its stake returned.",
  { betId, roundId, gameId, provider, currency, released: decimal, bonus: bonusPart, requestId },
);

export const betCorrected = defineEvent(
  "bet.corrected",
  1,
  "A settled bet got another outcome; the difference was paid or taken back.",
  {
    betId,
    roundId,
    gameId,
    provider,
    currency,
    outcome: z.enum(["WIN", "LOSE", "PUSH", "VOID"]).describe("The outcome from now on."),
    stake: decimal,
    payoutBefore: decimal.describe("Gross payout up to now."),
    payout: decimal.describe("Gross payout from now on."),
    bonus: z.object({ grant, payoutBefore: decimal, payout: decimal }).nullable(),
    reason,
    requestId,
  },
);

export const betDenied = defineEvent("bet.denied", 1, "A rule refused a command about a bet.", {
  command: z.enum(["place", "settle", "void", "rollback", "correct", "win", "undo"]),
  code: z.string().describe("The code of the refusal, from the table of failures."),
  rule: z.string(),
  ruleVersion: z.int(),
  inputs: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .describe("What the rule looked at."),
  roundId: roundId.nullable(),
  gameId: gameId.nullable(),
  requestId,
});

export const betTombstoned = defineEvent(
  "bet.tombstoned",
  1,
  "A rollback came before its bet. The bet is refused when it comes.",
  { requestKey: z.string().describe("The key of the request that may place no bet any more."), requestId },
);
