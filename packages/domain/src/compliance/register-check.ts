/**
 * Registers of people who have excluded themselves from all houses of a jurisdiction. What the house does with a register's
 * answer, and with the lack of one, is the jurisdiction's to say: it stands in its pack.
 */
import { z } from "zod";

/** Occasions on which a register is asked. */
export const registerOccasions = ["REGISTRATION", "SIGN_IN", "PLAY"] as const;
export type RegisterOccasion = (typeof registerOccasions)[number];

export const registerRules = z.strictObject({
  /** The register's code, as the house knows it. */
  code: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
  askAt: z.array(z.enum(registerOccasions)).min(1).max(registerOccasions.length),
  /** An answer counts for play for so long, minutes; registration and sign-in always ask. */
  freshMinutes: z
    .int()
    .min(0)
    .max(60 * 24 * 31),
  /** While the register can't be reached: nobody comes in, or they do and are asked about again as soon as it can. */
  whenDown: z.enum(["REFUSE", "ALLOW_AND_RECHECK"]),
});
export type RegisterRules = z.infer<typeof registerRules>;

export type RegisterOutcome = "CLEAR" | "EXCLUDED" | "DOWN";

/** Whether it has to be asked now; `checkedAtMs` is when it last said that the player is not in it. */
export function mustAsk(
  rules: RegisterRules,
  occasion: RegisterOccasion,
  checkedAtMs: number | null,
  nowMs: number,
): boolean {
  if (!rules.askAt.includes(occasion)) return false;
  return occasion !== "PLAY" || checkedAtMs === null || checkedAtMs + rules.freshMinutes * 60_000 <= nowMs;
}

/**
 * Whoever is in the register opens no account and no game. They may sign in: what is theirs they can take out, and nothing
 * else is open to them.
 */
export function mayGoOn(rules: RegisterRules, occasion: RegisterOccasion, outcome: RegisterOutcome): boolean {
  if (outcome === "CLEAR") return true;
  if (outcome === "EXCLUDED") return occasion === "SIGN_IN";
  return rules.whenDown === "ALLOW_AND_RECHECK";
}
