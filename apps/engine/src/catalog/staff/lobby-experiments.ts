import {
  insertExperiment,
  listExperiments,
  type LobbyExperiment,
  stopExperiment,
  findExperiment,
} from "@pitboss/db/catalog/lobby-experiment-store";
import { experimentCode, lobbyVariants } from "@pitboss/domain/catalog/lobby-experiment";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";

export interface LobbyExperimentView extends Omit<LobbyExperiment, "id"> {
  readonly state: "RUNNING" | "STOPPED";
}

/** The newest first. */
export const listLobbyExperiments = procedure("game.read")
  .input(z.object({ state: z.enum(["RUNNING", "STOPPED"]).nullish(), ...pageInput }))
  .query(async ({ ctx, input }): Promise<Page<LobbyExperimentView>> => {
    const { state, cursor, limit } = input;
    const before = cursor == null ? undefined : Number(cursor);
    if (before !== undefined && !Number.isInteger(before)) throwFailure({ code: "CURSOR_INVALID" });
    const rows = await listExperiments(ctx.deps.db, { state: state ?? undefined, before, limit: limit + 1 });
    return pageOf(rows, limit, presentExperiment, (row) => String(row.id));
  });

/** Starts at once. What it compares can't be changed any more: whoever wants something else stops it and starts another. */
export const startLobbyExperiment = staffProcedure("game.change")
  .input(
    z.object({
      code: experimentCode,
      name: z.string().trim().min(1).max(120),
      variants: lobbyVariants,
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly code: string }> => {
    const { deps, staff, acting } = ctx;
    const { reason, ...experiment } = input;
    const { code } = experiment;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const at = new Date(deps.clock.now());
        if (!(await insertExperiment(tx, { ...experiment, by: staff.staffId, at }))) {
          const known = await findExperiment(tx, code);
          return err("LOBBY_EXPERIMENT_REFUSED", known === undefined ? undefined : "This code has been used.");
        }
        note({ action: "lobby.start", subject: { kind: "experiment", id: code }, reason, after: experiment });
        return ok({ code });
      }),
    );
  });

/** From now on everybody sees the lobby in the order of names again. It is not started a second time. */
export const stopLobbyExperiment = staffProcedure("game.change")
  .input(z.object({ code: experimentCode, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly code: string }> => {
    const { deps, acting } = ctx;
    const { code, reason } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if ((await findExperiment(tx, code)) === undefined) return err("LOBBY_EXPERIMENT_NOT_FOUND");
        const at = new Date(deps.clock.now());
        if (!(await stopExperiment(tx, code, at))) return err("NOTHING_CHANGES", "It was stopped already.");
        note({ action: "lobby.stop", subject: { kind: "experiment", id: code }, reason, after: { stopped: true } });
        return ok({ code });
      }),
    );
  });

export function presentExperiment({ id: _id, ...experiment }: LobbyExperiment): LobbyExperimentView {
  return { ...experiment, state: experiment.stoppedAt === null ? "RUNNING" : "STOPPED" };
}
