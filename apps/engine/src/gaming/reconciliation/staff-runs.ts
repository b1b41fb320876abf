/** Reconciliations of game providers as staff starts and sees them. Their breaks are worked on like all others. */
import { findProviderFile, listProviderFiles, listToldRounds } from "@pitboss/db/gaming/provider-file-store";
import { findProviderId } from "@pitboss/db/gaming/provider-store";
import type { RunRecord } from "@pitboss/db/ops/recon-run-store";
import type { RoundBreak, RoundBreakType } from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import { roundFileFormats, type ToldRound } from "@pitboss/domain/gaming/reconciliation/read-round-file";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, type Plan, planOf } from "../../edge/trpc/plan.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { presentRun, type RunRow } from "../../ops/breaks/list-runs.ts";
import { compareDay } from "./load-day.ts";
import { describeBreak, importRoundFile, readFile, reconcileDay } from "./reconcile-day.ts";

/** A longer file is put into the object store, from where it is taken in by itself. */
const mostText = 2_500_000;
const mostLooks = 50;
const mostFiles = 60;

const asked = z.object({
  provider: z.string().min(1).max(80),
  day: z.iso.date(),
  /** Absent compares the day's file that was taken in last. */
  file: z.object({ format: z.enum(roundFileFormats), text: z.string().min(1).max(mostText) }).nullish(),
});
type Asked = z.infer<typeof asked>;

export interface RoundFileView {
  readonly provider: string;
  readonly day: string;
  readonly format: string;
  readonly sha256: string;
  readonly rounds: number;
  readonly importedBy: string;
  readonly importedAt: string;
}

/** Files that were taken in, newest first. */
export const listRoundFiles = procedure("break.read").query(async ({ ctx }): Promise<readonly RoundFileView[]> => {
  const files = await listProviderFiles(ctx.deps.db, mostFiles);
  return files.map(({ id: _id, importedAt, ...file }) => ({ ...file, importedAt: importedAt.toISOString() }));
});

export interface ReconcilePlan extends Plan {
  /** Rounds of the file. */
  readonly rounds: number;
  readonly matched: number;
  /** Begun so late that the next file may have them. */
  readonly waiting: number;
  readonly byType: Readonly<Partial<Record<RoundBreakType, number>>>;
}

/** What a run would find; keeps nothing. It is sent as a write because a file is too long for an address. */
export const planReconcile = staffProcedure("break.work")
  .input(asked)
  .mutation(async ({ ctx, input }): Promise<ReconcilePlan> => orThrow(await planRun(ctx.deps, input)));

/** Takes the file in and compares its day; both are written down with who asked for it. */
export const runReconcile = staffProcedure("break.work")
  .input(
    asked.extend({
      plan: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .nullish(),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<RunRow> => {
    const { deps, acting } = ctx;
    if (input.plan != null && orThrow(await planRun(deps, input)).hash !== input.plan) orThrow(err("PLAN_CHANGED"));
    const run = orThrow(await startAsked(deps, input, `${acting.actorKind}:${acting.actorId}`));
    orThrow(
      await withAudit(deps.db, acting, (_tx, note) => {
        const { scope, found, reopened, cleared, open } = run;
        const after = { scope, found, reopened, cleared, open, matched: `${run.matched}` };
        note({
          action: "provider.reconcile",
          subject: { kind: "provider", id: input.provider },
          reason: input.reason,
          after,
        });
        return Promise.resolve(ok(true));
      }),
    );
    return presentRun(run);
  });

const silent = { countAlert: () => undefined };

async function startAsked(deps: StaffDeps, { provider, day, file }: Asked, by: string): Promise<Result<RunRecord>> {
  if (file == null) {
    const providerId = await findProviderId(deps.db, provider);
    if (providerId === undefined) return err("PROVIDER_NOT_FOUND");
    return reconcileDay(deps, silent, { provider, providerId, day }, { by, trigger: "PERSON" });
  }
  const given = { provider, day, ...file };
  const read = await readFile(deps, given);
  return read.ok ? importRoundFile(deps, silent, given, read.value, { by, trigger: "PERSON" }) : read;
}

async function planRun(deps: StaffDeps, { provider, day, file }: Asked): Promise<Result<ReconcilePlan>> {
  const told = await readTold(deps, { provider, day, file });
  if (!told.ok) return told;
  const { providerId, rounds } = told.value;
  const { matched, waiting, breaks } = await compareDay(deps.db, { providerId, day }, rounds);
  const byType: Partial<Record<RoundBreakType, number>> = {};
  for (const { type } of breaks) byType[type] = (byType[type] ?? 0) + 1;
  const all: Look = {
    id: `${provider}/${day}`,
    what: `Compare ${rounds.length} rounds: ${matched} agree, ${breaks.length} do not, ${waiting} wait for the next file`,
    before: {},
    after: { rounds: rounds.length, matched, breaks: breaks.length, waiting },
  };
  const looks = [all, ...breaks.slice(0, mostLooks).map((one) => lookAt(one, provider, day))];
  const plan = planOf("provider.reconcile", { provider, day }, looks, deps.settings.production);
  return ok({ ...plan, rounds: rounds.length, matched, waiting, byType });
}

async function readTold(
  deps: StaffDeps,
  { provider, day, file }: Asked,
): Promise<Result<{ readonly providerId: number; readonly rounds: readonly ToldRound[] }>> {
  if (file != null) return readFile(deps, { provider, day, ...file });
  const providerId = await findProviderId(deps.db, provider);
  if (providerId === undefined) return err("PROVIDER_NOT_FOUND");
  const kept = await findProviderFile(deps.db, providerId, day);
  if (kept === undefined) return err("RECORD_NOT_FOUND", `No file of ${provider} for ${day} was taken in.`);
  return ok({ providerId, rounds: await listToldRounds(deps.db, kept.id) });
}

function lookAt(one: RoundBreak, provider: string, day: string): Look {
  const { key, type, subject } = describeBreak(one, provider, day);
  const side = (name: "here" | "there"): JsonObject => ({ told: subject[name] ?? "nothing" });
  return { id: key, what: `${type} ${subject["roundId"] ?? ""}`, before: side("here"), after: side("there") };
}
