import { findPlayerKey } from "@pitboss/db/identity/key-store";
import { findRetained } from "@pitboss/db/identity/player-detail-store";
import { personalFields, type retainedFields } from "@pitboss/domain/identity/personal-data";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { openField } from "../keys/field-cipher.ts";
import { fieldPlace } from "../keys/player-vault.ts";

export interface Revealed {
  readonly field: string;
  readonly value: string;
}

/** One personal field in clear. Whoever looks says why, and it is written down before they see it. */
export const revealField = staffProcedure("player.reveal")
  .input(z.object({ playerId: idInput("player"), field: z.enum(personalFields), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<Revealed> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const opened = await deps.players.open(tx, input.playerId);
        if (!opened.ok) return opened;
        const value = opened.value.data[input.field];
        if (value === undefined) return err("FIELD_EMPTY");
        note({
          action: "player.reveal",
          subject: { kind: "player", id: formatId("player", input.playerId) },
          reason: input.reason,
          after: { field: input.field },
        });
        return ok({ field: input.field, value });
      }),
    );
  });

/** A field that the law kept of an erased player. */
export const revealRetained = staffProcedure("player.reveal-retained")
  .input(
    z.object({
      playerId: idInput("player"),
      field: z.enum(["firstName", "lastName", "birthDate", "address"] satisfies typeof retainedFields),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<Revealed> => {
    const { deps, acting } = ctx;
    const { playerId, field } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const [retained, stored] = [await findRetained(tx, playerId), await findPlayerKey(tx, playerId, "RETENTION")];
        const sealed = retained?.[field] ?? null;
        if (sealed === null || stored === undefined) return err("FIELD_EMPTY");
        const key = await deps.players.keyOf(stored);
        note({
          action: "player.reveal-retained",
          subject: { kind: "player", id: formatId("player", playerId) },
          reason: input.reason,
          after: { field },
        });
        return ok({ field, value: openField(key, fieldPlace("player_retained", field, playerId), sealed).toString() });
      }),
    );
  });
