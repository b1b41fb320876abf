/** When a share of calls says something: a few calls say nothing about it, however they ended. */
export interface ShareLimit {
  readonly fewestCalls: number;
  /** Of 100 calls. */
  readonly percent: number;
}

export function isShareReached(
  { calls, bad }: { readonly calls: number; readonly bad: number },
  { fewestCalls, percent }: ShareLimit,
): boolean {
  return calls > 0 && calls >= fewestCalls && bad * 100 >= calls * percent;
}
