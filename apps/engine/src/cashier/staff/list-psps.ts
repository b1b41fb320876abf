/** How payment providers are: paused or not, their breaker, and how their calls ended. */
import { type BreakerStep, listBreakerSteps, listMinutes, type PspMinute } from "@pitboss/db/cashier/psp-health-store";
import { listControls, type PspControl } from "@pitboss/db/cashier/routing-store";
import type { BreakerState } from "@pitboss/domain/cashier/psp-breaker";
import { quantileMs } from "@pitboss/domain/kernel/latency";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { latencyBoundsMs, type PspDesk } from "../psp/psp-watch.ts";

/** What the list looks back on, ms. */
const listWindowMs = 15 * 60_000;
const showWindowMs = 6 * 3_600_000;
const mostBreakerSteps = 50;

export interface PspCalls {
  readonly calls: number;
  readonly answered: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly unsent: number;
  /** The bucket's upper bound, ms; null where nothing was asked, or where it lies above the last bound. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

export interface PspRow extends PspCalls {
  readonly psp: string;
  readonly name: string;
  /** Of the engine that answers. */
  readonly breaker: BreakerState;
  readonly paused: boolean;
  /** What was last said of it; null where nobody ever paused it. */
  readonly control: {
    readonly paused: boolean;
    readonly reason: string;
    readonly by: string;
    readonly at: string;
  } | null;
}

export const listPsps = procedure("psp.read").query(async ({ ctx }): Promise<readonly PspRow[]> => {
  const { db, clock, psps: desk } = ctx.deps;
  const controls = new Map((await listControls(db)).map((control) => [control.psp, control]));
  const minutes = await listMinutes(db, new Date(clock.now() - listWindowMs));
  return desk.psps.map(({ code, name }) => rowOf(desk, { code, name }, controls.get(code), minutes));
});

export interface PspDetail extends PspRow {
  readonly minutes: readonly ({ readonly minute: string } & PspCalls)[];
  readonly breakerSteps: readonly (Omit<BreakerStep, "at"> & { readonly at: string })[];
}

/** One provider over the last six hours. */
export const showPsp = procedure("psp.read")
  .input(z.object({ psp: z.string().max(40) }))
  .query(async ({ ctx, input }): Promise<PspDetail> => {
    const { db, clock, psps: desk } = ctx.deps;
    const found = desk.psps.find(({ code }) => code === input.psp) ?? throwFailure({ code: "PSP_NOT_FOUND" });
    const control = (await listControls(db)).find(({ psp }) => psp === found.code);
    const now = clock.now();
    const minutes = await listMinutes(db, new Date(now - showWindowMs), found.code);
    const recent = minutes.filter(({ minute }) => minute.getTime() >= now - listWindowMs);
    const steps = await listBreakerSteps(db, found.code, mostBreakerSteps);
    return {
      ...rowOf(desk, found, control, recent),
      minutes: minutes.toReversed().map((one) => ({ minute: one.minute.toISOString(), ...sumCalls([one]) })),
      breakerSteps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
    };
  });

function rowOf(
  desk: PspDesk,
  { code, name }: { readonly code: string; readonly name: string },
  control: PspControl | undefined,
  minutes: readonly PspMinute[],
): PspRow {
  return {
    psp: code,
    name,
    breaker: desk.breakerOf(code),
    paused: control?.paused ?? false,
    control:
      control === undefined
        ? null
        : {
            paused: control.paused,
            reason: control.reason,
            by: control.madeBy,
            at: control.madeAt.toISOString(),
          },
    ...sumCalls(minutes.filter(({ psp }) => psp === code)),
  };
}

function sumCalls(minutes: readonly PspMinute[]): PspCalls {
  const sum = (read: (minute: PspMinute) => number): number => minutes.reduce((all, one) => all + read(one), 0);
  const counts = {
    answered: sum((one) => one.answered),
    refused: sum((one) => one.refused),
    unanswered: sum((one) => one.unanswered),
    unsent: sum((one) => one.unsent),
  };
  const latency = Array.from({ length: latencyBoundsMs.length + 1 }, (_, bucket) =>
    sum((one) => one.latency[bucket] ?? 0),
  );
  return {
    ...counts,
    calls: counts.answered + counts.refused + counts.unanswered + counts.unsent,
    p50Ms: quantileMs(latency, latencyBoundsMs, 0.5),
    p95Ms: quantileMs(latency, latencyBoundsMs, 0.95),
  };
}
