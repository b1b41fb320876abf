/** How a simulated provider misbehaves, and the dice for it. */
import { z } from "zod";

const share = z.number().min(0).max(1);
const ms = z.int().min(0).max(600_000);

export const faultSettings = z.strictObject({
  answerDelayMs: ms.default(0),
  fail: share.default(0),
  lostAnswer: share.default(0),
  webhookDelayMs: ms.default(0),
  lostWebhook: share.default(0),
  repeat: share.default(0),
  reorder: share.default(0),
  unsettled: share.default(0),
  settledTwice: share.default(0),
  settledShort: share.default(0),
  overcharged: share.default(0),
  otherCurrency: share.default(0),
  strangeLine: share.default(0),
  lostPayout: share.default(0),
  shortPayout: share.default(0),
});
export type FaultSettings = z.infer<typeof faultSettings>;

/** Faults of what a provider reports and pays to the bank. */
export type SettlementFault =
  | "unsettled"
  | "settledTwice"
  | "settledShort"
  | "overcharged"
  | "otherCurrency"
  | "strangeLine"
  | "lostPayout"
  | "shortPayout";

export interface Faults {
  settings: FaultSettings;
  /** Whether it happens this time. */
  strikes(name: "fail" | "lostAnswer" | "lostWebhook" | "repeat" | "reorder" | SettlementFault): boolean;
}

export function createFaults(settings: FaultSettings): Faults {
  const faults: Faults = { settings, strikes: (name) => Math.random() < faults.settings[name] };
  return faults;
}
