import { deleteView, listSavedViews, saveView } from "@pitboss/db/identity/saved-view-store";
import { mayAny } from "@pitboss/domain/identity/permissions";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { mayActor, type StaffActor } from "../actor.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";

const list = z.string().min(1).max(40);
/** The filters, sort and columns of a list, as its page writes them into the address. */
const state = z
  .record(z.string().max(60), z.json())
  .refine((value) => JSON.stringify(value).length <= 8_000, "too large");

export interface SavedView {
  readonly viewId: string;
  readonly name: string;
  readonly state: JsonObject;
  readonly shared: boolean;
  readonly own: boolean;
}

export const listViews = staffProcedure("account.own")
  .input(z.object({ list }))
  .query(async ({ ctx, input }): Promise<readonly SavedView[]> => {
    if (!mayUseList(ctx.staff, input.list)) return [];
    const views = await listSavedViews(ctx.deps.db, ctx.staff.staffId, input.list);
    return views.map(({ id, ownerId, name, state: saved, shared }) => ({
      viewId: formatId("view", id),
      name,
      state: saved,
      shared,
      own: ownerId === ctx.staff.staffId,
    }));
  });

/** Saves a view under its name, over one's own older one of that name. */
export const saveOwnView = staffProcedure("account.own")
  .input(z.object({ list, name: z.string().trim().min(1).max(80), state, shared: z.boolean() }))
  .mutation(async ({ ctx, input }): Promise<{ readonly viewId: string }> => {
    const { deps, staff, acting } = ctx;
    if (!mayUseList(staff, input.list)) throwFailure({ code: "NOT_ALLOWED" });
    if (input.shared && !mayAny(staff.roles, "view.share")) throwFailure({ code: "NOT_ALLOWED" });
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const view = { ...input, state: input.state as JsonObject, ownerId: staff.staffId };
        const viewId = formatId("view", await saveView(tx, view, new Date(deps.clock.now())));
        note({
          action: "view.save",
          subject: { kind: isAmlList(input.list) ? "aml" : "view", id: viewId },
          after: { list: input.list, name: input.name, shared: input.shared },
        });
        return ok({ viewId });
      }),
    );
  });

/** What a view of these lists is called may tell of whom it is about, and is seen by whoever may see the list. */
function isAmlList(name: string): boolean {
  return name.startsWith("aml-");
}

function mayUseList(staff: StaffActor, name: string): boolean {
  return !isAmlList(name) || mayActor(staff, "aml.read");
}

export const removeView = staffProcedure("account.own")
  .input(z.object({ viewId: idInput("view") }))
  .mutation(async ({ ctx, input }): Promise<{ readonly removed: true }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const gone = await deleteView(tx, input.viewId, staff.staffId);
        if (gone === undefined) return err("RECORD_NOT_FOUND");
        note({
          action: "view.remove",
          subject: { kind: isAmlList(gone.list) ? "aml" : "view", id: formatId("view", gone.id) },
          before: { list: gone.list, name: gone.name, shared: gone.shared },
        });
        return ok({ removed: true as const });
      }),
    );
  });
