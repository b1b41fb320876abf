import {
  cancelMaintenance as cancel,
  insertMaintenance,
  listMaintenance as listWindows,
  type MaintenanceRow,
} from "@pitboss/db/catalog/maintenance-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";

export interface MaintenanceView extends Omit<MaintenanceRow, "id"> {
  readonly maintenanceId: string;
}

/** What is under way and what is planned, the next one first. */
export const listMaintenance = procedure("game.read").query(
  async ({ ctx }): Promise<readonly MaintenanceView[]> => (await listWindows(ctx.deps.db)).map(presentMaintenance),
);

const code = z.string().min(1).max(80);

/** For one game, or for all of a provider's. */
export const planMaintenance = staffProcedure("game.change")
  .input(
    z.object({
      target: z.discriminatedUnion("by", [
        z.object({ by: z.literal("game"), game: code }),
        z.object({ by: z.literal("provider"), provider: code }),
      ]),
      from: z.iso.datetime(),
      until: z.iso.datetime(),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly maintenanceId: string }> => {
    const { deps, staff, acting } = ctx;
    const { target, from, until, reason } = input;
    const [game, provider] = target.by === "game" ? [target.game, undefined] : [undefined, target.provider];
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (Date.parse(until) <= Date.parse(from) || Date.parse(until) <= deps.clock.now()) {
          return err("REQUEST_INVALID", "It ends before it begins, or has ended already.", { fields: ["until"] });
        }
        const id = await insertMaintenance(tx, { provider, game, from, until, reason, by: staff.staffId });
        if (id === undefined) return err(target.by === "game" ? "GAME_NOT_FOUND" : "PROVIDER_NOT_FOUND");
        note({
          action: "maintenance.plan",
          subject: { kind: target.by, id: target.by === "game" ? target.game : target.provider },
          reason,
          after: { maintenance: formatId("maintenance", id), from, until },
        });
        return ok({ maintenanceId: formatId("maintenance", id) });
      }),
    );
  });

/** Calls it off, or ends it now. */
export const cancelMaintenance = staffProcedure("game.change")
  .input(z.object({ maintenanceId: idInput("maintenance"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly maintenanceId: string }> => {
    const { deps, acting } = ctx;
    const maintenanceId = formatId("maintenance", input.maintenanceId);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const ended = await cancel(tx, input.maintenanceId, new Date(deps.clock.now()));
        if (ended === undefined) return err("NOTHING_CHANGES", "It has ended, or was called off already.");
        note({
          action: "maintenance.cancel",
          subject: { kind: ended.game === null ? "provider" : "game", id: ended.game ?? ended.provider ?? "" },
          reason: input.reason,
          before: { maintenance: maintenanceId },
        });
        return ok({ maintenanceId });
      }),
    );
  });

export function presentMaintenance({ id, ...window }: MaintenanceRow): MaintenanceView {
  return { maintenanceId: formatId("maintenance", id), ...window };
}
