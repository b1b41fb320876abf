import {
  type BreakRecord,
  type BreakSide,
  countOpenBreaks,
  findBreak,
  listBreaks as listRecords,
  listBreakSteps,
} from "@pitboss/db/ops/break-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { type BreakState, breakStates, isOpenBreak, openBreakStates } from "@pitboss/domain/ops/breaks/break-machine";
import {
  type BreakSource,
  breakSources,
  type BreakType,
  breakTypeNames,
  breakTypeRow,
  type ResolutionMethod,
} from "@pitboss/domain/ops/breaks/break-types";
import { type AgeBucket, ageBucketOf } from "@pitboss/domain/ops/breaks/resolution";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import type { BreakEvidence } from "./break-handler.ts";
import { breakHandlers } from "./break-handlers.ts";

const dayMs = 86_400_000;

export interface Money {
  readonly amount: string;
  readonly currency: Currency;
}

export interface BreakRow {
  readonly breakId: string;
  readonly source: BreakSource;
  /** What was compared: a provider by its code, or `all`. */
  readonly scope: string;
  readonly type: BreakType;
  readonly means: string;
  readonly state: BreakState;
  readonly open: boolean;
  readonly subject: Readonly<Record<string, string>>;
  readonly expected: Money | null;
  readonly got: Money | null;
  /** What the other record says beyond the house's own; null where they are in different currencies. */
  readonly difference: Money | null;
  readonly happenedAt: string;
  readonly foundAt: string;
  readonly age: AgeBucket;
  readonly ageDays: number;
  readonly owner: { readonly staffId: string; readonly name: string } | null;
  readonly approvalId: string | null;
  readonly runId: string;
  readonly closedAt: string | null;
}

const source = z.enum(breakSources);

/** Newest first. `group` is `open` or `closed`; a single state is asked for by `state`. */
export const listBreaks = procedure("break.read")
  .input(
    z.object({
      ...pageInput,
      source: source.nullish(),
      scope: z.string().max(100).nullish(),
      group: z.enum(["open", "closed"]).nullish(),
      state: z.enum(breakStates as [BreakState, ...BreakState[]]).nullish(),
      type: z.enum(breakTypeNames as [BreakType, ...BreakType[]]).nullish(),
      owner: z.union([z.literal("me"), z.literal("nobody")]).nullish(),
      runId: idInput("reconRun").nullish(),
      /** At least so many days old. */
      olderThan: z.int().min(0).max(3_650).nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<BreakRow>> => {
    const now = ctx.deps.clock.now();
    const closed = breakStates.filter((state) => !isOpenBreak(state));
    const grouped = input.group == null ? undefined : input.group === "open" ? openBreakStates : closed;
    const rows = await listRecords(ctx.deps.db, {
      source: input.source ?? undefined,
      scope: input.scope ?? undefined,
      states: input.state == null ? grouped : [input.state],
      types: input.type == null ? undefined : [input.type],
      ownerId: input.owner === "me" ? (ctx.actor.kind === "staff" ? ctx.actor.staffId : 0n) : undefined,
      unowned: input.owner === "nobody",
      runId: input.runId ?? undefined,
      happenedBefore: input.olderThan == null ? undefined : new Date(now - input.olderThan * dayMs),
      before: readCursor("break", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(
      rows,
      input.limit,
      (row) => presentBreak(row, now),
      ({ id }) => formatId("break", id),
    );
  });

export interface BreakDetail extends BreakRow {
  readonly key: string;
  readonly methods: readonly ResolutionMethod[];
  readonly evidence: readonly BreakEvidence[];
  readonly steps: readonly {
    readonly number: number;
    readonly at: string;
    readonly event: string;
    readonly to: BreakState;
    /** A person's name, or what acted by itself. */
    readonly by: string;
    readonly note: string | null;
    readonly details: JsonObject | null;
  }[];
}

export const showBreak = procedure("break.read")
  .input(z.object({ breakId: idInput("break") }))
  .query(async ({ ctx, input }): Promise<BreakDetail> => {
    const { deps } = ctx;
    const found = (await findBreak(deps.db, input.breakId)) ?? throwFailure({ code: "BREAK_NOT_FOUND" });
    const steps = await listBreakSteps(deps.db, found.id);
    const evidence = await breakHandlers[found.source].show(deps, found);
    const names = await namesOf(
      deps.db,
      steps.map(({ actor }) => actor),
    );
    return {
      ...presentBreak(found, deps.clock.now()),
      key: found.key,
      methods: breakTypeRow(found.type).methods,
      evidence,
      steps: steps.map(({ number, at, event, to, actor, note, details }) => ({
        number,
        at: at.toISOString(),
        event,
        to,
        by: names.get(actor) ?? actor,
        note,
        details,
      })),
    };
  });

export interface BreakCountRow {
  readonly source: BreakSource;
  readonly scope: string;
  readonly type: BreakType;
  readonly means: string;
  readonly count: number;
  readonly difference: Money | null;
  readonly oldest: string;
  readonly age: AgeBucket;
}

/** What is open, by type: where to begin. */
export const triageBreaks = procedure("break.read")
  .input(z.object({ source: source.nullish() }))
  .query(async ({ ctx, input }): Promise<readonly BreakCountRow[]> => {
    const counts = await countOpenBreaks(ctx.deps.db, input.source ?? undefined);
    return counts.map(({ currency, amount, oldest, type, ...row }) => ({
      ...row,
      type,
      means: breakTypeRow(type).means,
      difference: currency === null || amount === null ? null : { amount: formatMinor(amount, currency), currency },
      oldest: oldest.toISOString(),
      age: ageBucketOf(oldest.getTime(), ctx.deps.clock.now()),
    }));
  });

export function presentBreak(found: BreakRecord, nowMs: number): BreakRow {
  const { expected, got } = found;
  const currency = (got ?? expected)?.currency;
  const comparable = expected === null || got === null || expected.currency === got.currency;
  return {
    breakId: formatId("break", found.id),
    source: found.source,
    scope: found.scope,
    type: found.type,
    means: breakTypeRow(found.type).means,
    state: found.state,
    open: isOpenBreak(found.state),
    subject: found.subject,
    expected: presentSide(expected),
    got: presentSide(got),
    difference:
      currency === undefined || !comparable
        ? null
        : { amount: formatMinor((got?.amount ?? 0n) - (expected?.amount ?? 0n), currency), currency },
    happenedAt: found.happenedAt.toISOString(),
    foundAt: found.foundAt.toISOString(),
    age: ageBucketOf(found.happenedAt.getTime(), nowMs),
    ageDays: Math.max(0, Math.floor((nowMs - found.happenedAt.getTime()) / dayMs)),
    owner: found.ownerId === null ? null : { staffId: formatId("staff", found.ownerId), name: found.ownerName ?? "" },
    approvalId: found.approvalId === null ? null : formatId("approval", found.approvalId),
    runId: formatId("reconRun", found.lastRun),
    closedAt: found.closedAt?.toISOString() ?? null,
  };
}

function presentSide(side: BreakSide | null): Money | null {
  return side === null ? null : { amount: formatMinor(side.amount, side.currency), currency: side.currency };
}

async function namesOf(
  db: Parameters<typeof listStaffNames>[0],
  actors: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, bigint>();
  for (const actor of actors) {
    const id = actor.startsWith("staff:") ? parseId("staff", actor.slice("staff:".length)) : undefined;
    if (id !== undefined) ids.set(actor, id);
  }
  const names = await listStaffNames(db, [...new Set(ids.values())]);
  return new Map([...ids].map(([actor, id]) => [actor, names.get(id) ?? actor]));
}
