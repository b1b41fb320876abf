/**
 * Watches how providers answer: counts calls by minute, keeps a breaker for each provider, and holds back new payments
 * while it is open. Only new payments are held back; what is known to be under way is asked about all the same.
 */
import { addMinutes, insertBreakerStep, type PspMinute } from "@pitboss/db/cashier/psp-health-store";
import {
  beginTry,
  type Breaker,
  type BreakerState,
  closedBreaker,
  mayTry,
  recordCall,
} from "@pitboss/domain/cashier/psp-breaker";
import { bucketOf, emptyBuckets } from "@pitboss/domain/kernel/latency";
import type { Context } from "../../kernel/context.ts";
import type { Asked, Psp } from "./psp.ts";

/** Upper bounds of the buckets in which answers are counted by how long they took, ms; the last one has none. */
export const latencyBoundsMs = [25, 50, 100, 250, 500, 1_000, 2_500, 5_000] as const;

const minuteMs = 60_000;

/** What staff is told of the providers. */
export interface PspDesk {
  /** In the house's own order. */
  readonly psps: readonly Pick<Psp, "code" | "name">[];
  /** The breaker of this engine. */
  breakerOf(code: string): BreakerState;
  /** What staff answers a provider with; undefined where it is not set up. */
  disputesOf(code: string): Pick<Psp, "submitEvidence" | "acceptDispute"> | undefined;
}

/** Where no provider is set up. */
export const noPsps: PspDesk = { psps: [], breakerOf: () => "CLOSED", disputesOf: () => undefined };

export interface PspWatch {
  readonly psps: ReadonlyMap<string, Psp>;
  readonly desk: PspDesk;
  mayTry(code: string): boolean;
  /** Writes down what was counted since the last time. */
  flush(): Promise<void>;
}

type Counts = { -readonly [K in "answered" | "refused" | "unanswered" | "unsent"]: number } & { latency: number[] };

export function watchPsps(
  { db, clock, log, engineId }: Context & { readonly engineId: string },
  psps: ReadonlyMap<string, Psp>,
): PspWatch {
  const breakers = new Map<string, Breaker>();
  let counted = new Map<string, Counts>();

  const breakerOf = (code: string): Breaker => breakers.get(code) ?? closedBreaker;

  function change(code: string, next: Breaker, why: string | null): void {
    const before = breakerOf(code).state;
    breakers.set(code, next);
    if (before === next.state) return;
    log.warn({ psp: code, from: before, to: next.state, why }, "a provider's breaker moved");
    const step = { psp: code, engine: engineId, from: before, to: next.state, why };
    // A note for people: the breaker works without it, as when the database is away.
    insertBreakerStep(db, step).catch((error: unknown) => log.warn({ err: error }, "a breaker's step was not kept"));
  }

  function count(code: string, asked: Asked<unknown>, tookMs: number, now: number): void {
    const key = `${code} ${now - (now % minuteMs)}`;
    const counts = counted.get(key) ?? {
      answered: 0,
      refused: 0,
      unanswered: 0,
      unsent: 0,
      latency: emptyBuckets(latencyBoundsMs),
    };
    counts[asked.kind] += 1;
    const at = bucketOf(tookMs, latencyBoundsMs);
    counts.latency[at] = (counts.latency[at] ?? 0) + 1;
    counted.set(key, counts);
  }

  async function watched<T>(code: string, call: () => Promise<Asked<T>>): Promise<Asked<T>> {
    const began = performance.now();
    const asked = await call();
    const now = clock.now();
    count(code, asked, performance.now() - began, now);
    const failed = asked.kind === "unanswered" || asked.kind === "unsent";
    change(code, recordCall(breakerOf(code), failed, now), failed ? asked.why : null);
    return asked;
  }

  function wrap(psp: Psp): Psp {
    const { code, capturePayment } = psp;
    return {
      ...psp,
      describeCard: (token, playerId) => watched(code, () => psp.describeCard(token, playerId)),
      startPayment: (order) => {
        const now = clock.now();
        const breaker = breakerOf(code);
        if (!mayTry(breaker, now)) {
          return Promise.resolve({ kind: "unsent", why: "Too many calls to this provider fail at the moment." });
        }
        change(code, beginTry(breaker, now), null);
        return watched(code, () => psp.startPayment(order));
      },
      findPayment: (by) => watched(code, () => psp.findPayment(by)),
      submitEvidence: (evidence) => watched(code, () => psp.submitEvidence(evidence)),
      acceptDispute: (reference) => watched(code, () => psp.acceptDispute(reference)),
      cancelPayment: (reference) => watched(code, () => psp.cancelPayment(reference)),
      ...(capturePayment === undefined
        ? {}
        : { capturePayment: (capture) => watched(code, () => capturePayment(capture)) }),
    };
  }

  const wrapped = new Map([...psps].map(([code, psp]) => [code, wrap(psp)]));
  return {
    psps: wrapped,
    desk: {
      psps: [...psps.values()].map(({ code, name }) => ({ code, name })),
      breakerOf: (code) => breakerOf(code).state,
      disputesOf: (code) => wrapped.get(code),
    },
    mayTry: (code) => mayTry(breakerOf(code), clock.now()),
    flush: async () => {
      const minutes = [...counted].map(([key, counts]): PspMinute => {
        const [psp = "", minute] = key.split(" ");
        return { psp, minute: new Date(Number(minute)), ...counts };
      });
      counted = new Map();
      await addMinutes(db, minutes);
    },
  };
}
