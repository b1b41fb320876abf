import { insertNote, listNotes as listRecords, nextNoteId } from "@pitboss/db/identity/player-detail-store";
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { findPlayerKey } from "@pitboss/db/identity/key-store";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { openField, sealField } from "../keys/field-cipher.ts";

export interface PlayerNote {
  readonly noteId: string;
  /** Null where it went with the player's key when the player was erased. */
  readonly body: string | null;
  readonly author: { readonly staffId: string; readonly name: string };
  readonly at: string;
}

const placeOf = (noteId: bigint): string => `player_notes:body:${noteId}`;

export const listNotes = procedure("player.read")
  .input(z.object({ playerId: idInput("player"), ...pageInput }))
  .query(async ({ ctx, input }): Promise<Page<PlayerNote>> => {
    const { db, players } = ctx.deps;
    const page = { before: readCursor("note", input.cursor), limit: input.limit + 1 };
    const rows = await listRecords(db, input.playerId, page);
    const names = await listStaffNames(
      db,
      rows.map(({ authorId }) => authorId),
    );
    const stored = await findPlayerKey(db, input.playerId, "PROFILE");
    const key = stored === undefined ? undefined : await players.keyOf(stored);
    const notes = rows.map(({ id, authorId, keyId, body, writtenAt }) => ({
      noteId: formatId("note", id),
      body: key === undefined || keyId !== stored?.id ? null : openField(key, placeOf(id), body).toString(),
      author: { staffId: formatId("staff", authorId), name: names.get(authorId) ?? "" },
      at: writtenAt.toISOString(),
    }));
    return pageOf(
      notes,
      input.limit,
      (note) => note,
      ({ noteId }) => noteId,
    );
  });

/** Notes stay as they were written; a correction is another note. */
export const writeNote = staffProcedure("player.note")
  .input(z.object({ playerId: idInput("player"), body: z.string().trim().min(1).max(4_000) }))
  .mutation(async ({ ctx, input }): Promise<{ readonly noteId: string }> => {
    const { deps, staff, acting } = ctx;
    const { playerId } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if ((await findPlayerStatus(tx, playerId)) === undefined) return err("PLAYER_NOT_FOUND");
        const stored = await deps.players.profileKey(tx, playerId);
        if (stored === undefined) return err("PLAYER_ERASED");
        const id = await nextNoteId(tx);
        const body = sealField(stored.key, placeOf(id), Buffer.from(input.body));
        const values = { id, playerId, authorId: staff.staffId, keyId: stored.rowId, body };
        await insertNote(tx, values, new Date(deps.clock.now()));
        const noteId = formatId("note", id);
        // What it says is personal, and stays out of the audit log.
        note({
          action: "player.note",
          subject: { kind: "player", id: formatId("player", playerId) },
          after: { note: noteId, length: input.body.length },
        });
        return ok({ noteId });
      }),
    );
  });
