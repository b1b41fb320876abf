/** How long calls took, counted in buckets: sums of several engines and minutes add up, and quantiles can still be told. */

/** One count for each bound, and one for what took longer than the last. */
export function emptyBuckets(boundsMs: readonly number[]): number[] {
  return Array.from({ length: boundsMs.length + 1 }, () => 0);
}

/** The bucket of a call that took so long. */
export function bucketOf(tookMs: number, boundsMs: readonly number[]): number {
  const bucket = boundsMs.findIndex((bound) => tookMs <= bound);
  return bucket === -1 ? boundsMs.length : bucket;
}

/**
 * The upper bound of the bucket in which this share of the calls has ended, ms; null where there was none, or where it lies
 * above the last bound.
 */
export function quantileMs(buckets: readonly number[], boundsMs: readonly number[], share: number): number | null {
  const all = buckets.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [bucket, count] of buckets.entries()) {
    seen += count;
    if (all > 0 && seen >= all * share) return boundsMs[bucket] ?? null;
  }
  return null;
}
