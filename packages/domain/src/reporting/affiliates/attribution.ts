/**
 * To which affiliate a new player belongs. A touch is a click on an affiliate's link, or a code that the player gives when
 * they register, which is a touch of that moment. Touches older than the window do not count; of the others the first or
 * the last one decides, as the house's rule says. What was decided stays so until a person changes it for a reason.
 */
import { z } from "zod";

const attributionModels = ["FIRST", "LAST"] as const;

export const attributionRule = z.strictObject({
  model: z.enum(attributionModels),
  windowDays: z.int().min(1).max(365),
});
export type AttributionRule = z.infer<typeof attributionRule>;

export const trackingCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{2,39}$/)
  .meta({ description: "An affiliate's tracking code, as in its links." });

export interface Touch {
  readonly affiliateId: bigint;
  readonly code: string;
  /** Null where the code was given by hand. */
  readonly clickId: bigint | null;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

const dayMs = 86_400_000;

/** The touch that decides; undefined where none counts. Clicks have rising numbers, which part those of one moment. */
export function decideAttribution(
  { model, windowDays }: AttributionRule,
  touches: readonly Touch[],
  registeredMs: number,
): Touch | undefined {
  const counting = touches
    .filter(({ atMs }) => atMs <= registeredMs && registeredMs - atMs <= windowDays * dayMs)
    .sort((a, b) => a.atMs - b.atMs || compareClicks(a.clickId, b.clickId));
  return model === "FIRST" ? counting[0] : counting.at(-1);
}

/** A code that was given by hand comes after the clicks of its moment. */
function compareClicks(a: bigint | null, b: bigint | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
