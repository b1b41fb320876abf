/** Whether an open position in an asset is large enough that people are told to hedge it. */
export type ExposureVerdict = "WITHIN" | "HEDGE" | "UNKNOWN";

/** `worth` is the size of the position whichever way it lies, cents of EUR; null without a rate, and then nobody knows. */
export function judgeExposure(worth: bigint | null, hedgeFrom: bigint): ExposureVerdict {
  if (worth === null) return "UNKNOWN";
  return worth >= hedgeFrom ? "HEDGE" : "WITHIN";
}
