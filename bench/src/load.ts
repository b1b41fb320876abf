/** Closed-loop load: a fixed number of workers, each with one call in flight, for a time. */

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly done: number;
  readonly failed: number;
}

export interface LoadOptions {
  readonly inFlight: number;
  readonly seconds: number;
  /** Not counted, but sent before: connections, caches and the compiler get warm. */
  readonly warmUpSeconds?: number;
  /** How many operations one call stands for. */
  readonly perCall?: number;
}

/** `call` gets the worker's number and answers how many of its operations failed. */
export async function runLoad(options: LoadOptions, call: (worker: number) => Promise<number>): Promise<LoadResult> {
  const perCall = options.perCall ?? 1;
  const latencies: number[] = [];
  let done = 0;
  let failed = 0;
  const start = performance.now() + (options.warmUpSeconds ?? 1) * 1_000;
  const end = start + options.seconds * 1_000;
  await Promise.all(
    Array.from({ length: options.inFlight }, async (_, worker) => {
      for (let before = performance.now(); before < end; ) {
        const failures = await call(worker);
        const after = performance.now();
        if (before >= start && after <= end) {
          latencies.push(after - before);
          done += perCall;
          failed += failures;
        }
        before = after;
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  return {
    perSecond: done / options.seconds,
    p50Ms: quantile(latencies, 0.5),
    p95Ms: quantile(latencies, 0.95),
    p99Ms: quantile(latencies, 0.99),
    done,
    failed,
  };
}

/** Open-loop load: calls start at a fixed rate whether or not earlier ones are answered; latency counts from the due time. */
export async function runAtRate(
  perSecond: number,
  seconds: number,
  call: (number: number) => Promise<number>,
): Promise<LoadResult> {
  const latencies: number[] = [];
  const total = Math.floor(perSecond * seconds);
  const start = performance.now();
  const pending: Promise<void>[] = [];
  let failed = 0;
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * perSecond) + 1);
    for (; sent < due; sent += 1) {
      const dueAt = start + (sent / perSecond) * 1_000;
      pending.push(
        call(sent).then((failures) => {
          failed += failures;
          latencies.push(performance.now() - dueAt);
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  const elapsed = (performance.now() - start) / 1_000;
  latencies.sort((a, b) => a - b);
  return {
    perSecond: total / elapsed,
    p50Ms: quantile(latencies, 0.5),
    p95Ms: quantile(latencies, 0.95),
    p99Ms: quantile(latencies, 0.99),
    done: total,
    failed,
  };
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
