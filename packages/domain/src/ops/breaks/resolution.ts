/** What two people agree on when a break is ended: the break as it stood, the method, and exactly what is posted. */
import { z } from "zod";
import { parseId } from "../../kernel/public-id.ts";
import { err, type Failure, type Result } from "../../kernel/result.ts";
import { roundCorrection } from "../../gaming/reconciliation/plan-corrections.ts";
import { currencies, type Currency } from "../../wallet/currency.ts";
import { type HouseKind, houseTransactionTypes, walletKinds } from "../../wallet/ledger-codes.ts";
import { moveBreakState, type BreakState } from "./break-machine.ts";
import {
  type BreakSource,
  breakSources,
  type BreakType,
  breakTypeNames,
  breakTypeRow,
  type ResolutionMethod,
  resolutionMethods,
} from "./break-types.ts";

const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);
const signed = z.string().regex(/^-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/);
const side = z.strictObject({ amount: signed, currency }).nullable();
const houseKinds = (Object.keys(walletKinds) as (keyof typeof walletKinds)[]).filter(
  (kind): kind is HouseKind => kind !== "CASH" && kind !== "BONUS" && kind !== "RECEIVABLE",
);
const account = z.strictObject({
  kind: z.enum(houseKinds as [HouseKind, ...HouseKind[]]),
  qualifier: z.string().max(80),
});

export const housePosting = z.strictObject({
  type: z.enum(houseTransactionTypes),
  from: account,
  to: account,
  /** Above zero, in the currency's own decimals. */
  amount: z.string().regex(/^(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/),
  currency,
});
export type HousePosting = z.infer<typeof housePosting>;

export const breakResolutionContent = z.strictObject({
  breakId: z.string().refine((text) => parseId("break", text) !== undefined, "a break's id"),
  source: z.enum(breakSources),
  type: z.enum(breakTypeNames as [BreakType, ...BreakType[]]),
  /** Names what it is about for ever: the same difference found again has the same key. */
  key: z.string().max(400),
  expected: side,
  got: side,
  method: z.enum(resolutionMethods),
  /** What the ledger posts; null where no money moves. */
  posting: housePosting.nullable(),
  /** The records that are said to be the same, where it is matched by hand. */
  matches: z.array(z.string().max(200)).max(20),
  /** What is moved for players, one command of the ledger's door each. */
  corrections: z.array(roundCorrection).max(50),
  reason: z.string().trim().min(5).max(500),
});
export type BreakResolutionContent = z.infer<typeof breakResolutionContent>;

export interface ResolvableBreak {
  readonly source: BreakSource;
  readonly type: BreakType;
  readonly state: BreakState;
}

/** Whether a break of this type, where it stands, may be proposed to be ended in this way. */
export function checkResolution(
  found: ResolvableBreak,
  method: ResolutionMethod,
): Result<BreakState, Failure<"BREAK_NOT_OPEN" | "RESOLUTION_INVALID">> {
  const { methods } = breakTypeRow(found.type);
  if (!methods.includes(method)) {
    return err("RESOLUTION_INVALID", `${found.type} is ended by ${methods.join(", ")}.`);
  }
  return moveBreakState(found.state, "propose");
}

/** Where an approved resolution leaves the break. */
export function endOf(method: ResolutionMethod): "RESOLVED" | "WRITTEN_OFF" {
  return method === "WRITE_OFF" ? "WRITTEN_OFF" : "RESOLVED";
}

/** How long a break has been waiting, as the list groups it. */
export const ageBuckets = ["today", "days", "week", "month", "older"] as const;
export type AgeBucket = (typeof ageBuckets)[number];

const dayMs = 86_400_000;

export function ageBucketOf(foundAtMs: number, nowMs: number): AgeBucket {
  const days = (nowMs - foundAtMs) / dayMs;
  if (days < 1) return "today";
  if (days < 3) return "days";
  if (days < 7) return "week";
  return days < 30 ? "month" : "older";
}
