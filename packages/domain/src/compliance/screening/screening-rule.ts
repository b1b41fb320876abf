/** What a match has to reach, and what speaks against one. Rules are rows of data; a score names the rule that gave it. */
import { z } from "zod";

const points = z.int().min(0).max(1_000);

export const screeningRuleBody = z.strictObject({
  /** From these points on a match is a hit, of 1000. */
  threshold: points.min(500),
  /** What is taken off where both sides are known and differ. */
  penalties: z.strictObject({
    country: points,
    birthYear: points,
    birthDay: points,
    surname: points,
    gender: points,
  }),
});

export type ScreeningRuleBody = z.infer<typeof screeningRuleBody>;
export type PenaltyName = keyof ScreeningRuleBody["penalties"];

export interface ScreeningRule extends ScreeningRuleBody {
  readonly version: number;
}

/** Raised with every change to how names are compared: a score of another algorithm is another score. */
export const screeningAlgorithm = 1;
