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
});
export type FaultSettings = z.infer<typeof faultSettings>;

export interface Faults {
  settings: FaultSettings;
  /** Whether it happens this time. */
  strikes(name: "fail" | "lostAnswer" | "lostWebhook" | "repeat" | "reorder"): boolean;
}

export function createFaults(settings: FaultSettings): Faults {
  const faults: Faults = { settings, strikes: (name) => Math.random() < faults.settings[name] };
  return faults;
}
