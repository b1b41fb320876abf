/** The events of responsible gaming. */
import { z } from "zod";
import { currency, decimal, defineEvent } from "../ops/event-envelope.ts";
import { exclusionKinds } from "./exclusion.ts";
import { limitPeriods } from "./limit-window.ts";
import { limitKinds } from "./player-limit.ts";

const limit = {
  kind: z.enum(limitKinds),
  period: z.enum(limitPeriods),
  currency: currency.nullable().describe("Null on SESSION, whose amount is minutes."),
  amount: decimal.nullable().describe("Null where the limit is taken away."),
};
const time = z.iso.datetime({ precision: 3 }).meta({ title: "time" });
const by = z.string().describe("Who asked for it: `player`, or a member of staff.");
const exclusionId = z.string().meta({ title: "exc_…" });

export const limitChanged = defineEvent("rg.limit_changed", 1, "A limit of a player holds from now on.", {
  ...limit,
  before: decimal.nullable().describe("What held until now."),
  by,
});
export const limitRequested = defineEvent("rg.limit_requested", 1, "A looser limit was asked for, and cools off.", {
  ...limit,
  before: decimal.nullable().describe("What goes on holding."),
  readyAt: time,
  lapsesAt: time,
});
export const limitReady = defineEvent("rg.limit_ready", 1, "A limit has cooled off: the player may confirm it.", {
  ...limit,
  lapsesAt: time,
});
export const limitLapsed = defineEvent(
  "rg.limit_lapsed",
  1,
  "A limit was not confirmed in time; the old one stays.",
  limit,
);
export const playerExcluded = defineEvent("rg.excluded", 1, "A player is kept from play.", {
  exclusionId,
  kind: z.enum(exclusionKinds),
  endsAt: time.nullable().describe("Null is without an end."),
  by,
});
export const reactivationAsked = defineEvent("rg.reactivation_asked", 1, "An excluded player asks for play again.", {
  exclusionId,
  reason: z.string(),
});
export const reactivationDecided = defineEvent("rg.reactivation_decided", 1, "A person has answered that.", {
  exclusionId,
  granted: z.boolean(),
  liftsAt: time.nullable().describe("When the exclusion ends, where it was granted."),
});
