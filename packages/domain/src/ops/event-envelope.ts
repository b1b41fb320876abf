/**
 * What every event has, whatever it is about. An event is a fact of the past: it is made from what was committed, and
 * the same commit gives the same event, byte for byte, however often it is made.
 */
import { z } from "zod";
import type { JsonValue } from "../kernel/json.ts";

/** A decimal string of its currency's minor units; never a JSON number. */
export const decimal = z
  .string()
  .regex(/^-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,9})?$/)
  .meta({ title: "decimal" });

const idText = "[0-9a-hjkmnp-tv-z]{1,13}";
const id = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_${idText}$`))
    .meta({ title: `${prefix}_…` });

export const betId = id("bet");
export const transactionId = id("tx");
export const sessionId = id("gs");
export const currency = z
  .string()
  .regex(/^[A-Z]{3,4}$/)
  .meta({ title: "currency" });
/** Comes out of a JSON column, so that there is nothing left to check. */
export const anyJson = z.unknown() as z.ZodUnknown & z.ZodType<JsonValue>;
export const requestId = z.string().nullable().describe("The id of the request that caused it, as it was sent.");

const common = {
  eventId: z
    .string()
    .regex(new RegExp(`^evt_${idText}(\\.[0-9]{1,4})?$`))
    .meta({ title: "evt_…" })
    .describe("Names this event for ever: a repeat, or a replay, has the same one. Consumers tell repeats by it."),
  ts: z.iso.datetime({ precision: 3 }).meta({ title: "time" }).describe("When it happened, UTC, to the millisecond."),
  traceId: z
    .string()
    .regex(/^tr_[0-9a-f]{32}$/)
    .meta({ title: "tr_…" })
    .describe("The W3C trace id of the request that caused it, behind `tr_`."),
  playerId: id("p").describe("Whose event it is. Events of one player come in the order in which they happened."),
  subject: z.string().min(1).describe("The id of what the event is about: a bet, a round, a transaction, a request."),
};

/**
 * An event's schema. `version` goes up with every change that a reader of the earlier form could trip over; a field that
 * is added and may be ignored is no such change, so readers tolerate fields that they don't know.
 */
export function defineEvent<const N extends string, const V extends number, S extends z.ZodRawShape>(
  event: N,
  version: V,
  description: string,
  payload: S,
) {
  return z
    .object({
      event: z.literal(event).describe("What happened."),
      version: z.literal(version).describe("The version of this event's form."),
      ...common,
      ...payload,
    })
    .meta({ title: event, description });
}
