import {
  addTag,
  findPlayerStatus,
  lockPlayerStatus,
  removeTag,
  setPlayerStatus,
} from "@pitboss/db/identity/player-directory";
import { revokePlayerSession, revokePlayerSessions } from "@pitboss/db/identity/player-session-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../staff-deps.ts";

const about = { playerId: idInput("player"), reason: reasonInput };
const tag = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and dashes");

interface Changed {
  readonly playerId: string;
}

/** No bets from the next one on. What is under way is settled, and what is won is paid. */
export const lockPlayer = staffProcedure("player.lock")
  .input(z.object({ ...about, signOut: z.boolean().default(true) }))
  .mutation(({ ctx, input }) =>
    change(ctx, input.playerId, input.reason, async (tx, note) => {
      const status = await lockPlayerStatus(tx, input.playerId);
      if (status === undefined) return err("PLAYER_NOT_FOUND");
      if (status !== "ACTIVE") return err("NOTHING_CHANGES", `The player is ${status}.`);
      await setPlayerStatus(tx, input.playerId, "BLOCKED");
      const now = new Date(ctx.deps.clock.now());
      const ended = input.signOut ? await revokePlayerSessions(tx, input.playerId, now, "LOCKED") : 0;
      note("player.lock", { status }, { status: "BLOCKED", endedSessions: ended });
      return ok(true);
    }),
  );

export const unlockPlayer = staffProcedure("player.unlock")
  .input(z.object(about))
  .mutation(({ ctx, input }) =>
    change(ctx, input.playerId, input.reason, async (tx, note) => {
      const status = await lockPlayerStatus(tx, input.playerId);
      if (status === undefined) return err("PLAYER_NOT_FOUND");
      if (status !== "BLOCKED") return err("NOTHING_CHANGES", `The player is ${status}.`);
      await setPlayerStatus(tx, input.playerId, "ACTIVE");
      note("player.unlock", { status }, { status: "ACTIVE" });
      return ok(true);
    }),
  );

/** Ends one of a player's sessions, or all of them. */
export const signPlayerOut = staffProcedure("player.sign-out")
  .input(z.object({ ...about, sessionId: idInput("playerSession").nullish() }))
  .mutation(({ ctx, input }) =>
    change(ctx, input.playerId, input.reason, async (tx, note) => {
      const { playerId, sessionId } = input;
      const now = new Date(ctx.deps.clock.now());
      if (sessionId == null) {
        const ended = await revokePlayerSessions(tx, playerId, now, "ENDED_BY_STAFF");
        note("player.sign-out", {}, { endedSessions: ended });
        return ok(true);
      }
      const gone = await revokePlayerSession(tx, { id: sessionId, playerId }, now, "ENDED_BY_STAFF");
      if (!gone) return err("RECORD_NOT_FOUND");
      note("player.sign-out", {}, { session: formatId("playerSession", sessionId) });
      return ok(true);
    }),
  );

export const addPlayerTag = staffProcedure("player.tag")
  .input(z.object({ playerId: idInput("player"), tag }))
  .mutation(({ ctx, input }) =>
    change(ctx, input.playerId, undefined, async (tx, note) => {
      if ((await findPlayerStatus(tx, input.playerId)) === undefined) return err("PLAYER_NOT_FOUND");
      const added = await addTag(tx, input.playerId, input.tag, ctx.acting.actorId);
      if (!added) return err("NOTHING_CHANGES");
      note("player.add-tag", {}, { tag: input.tag });
      return ok(true);
    }),
  );

export const removePlayerTag = staffProcedure("player.tag")
  .input(z.object({ playerId: idInput("player"), tag }))
  .mutation(({ ctx, input }) =>
    change(ctx, input.playerId, undefined, async (tx, note) => {
      if (!(await removeTag(tx, input.playerId, input.tag))) return err("NOTHING_CHANGES");
      note("player.remove-tag", { tag: input.tag }, {});
      return ok(true);
    }),
  );

type Note = (action: string, before: JsonObject, after: JsonObject) => void;

async function change(
  { deps, acting }: { readonly deps: StaffDeps; readonly acting: Acting },
  playerId: bigint,
  reason: string | undefined,
  work: (tx: Transaction, note: Note) => Promise<Result<unknown>>,
): Promise<Changed> {
  const id = formatId("player", playerId);
  return orThrow(
    await withAudit(deps.db, acting, async (tx, note): Promise<Result<Changed>> => {
      const done = await work(tx, (action, before, after) =>
        note({ action, subject: { kind: "player", id }, reason, before, after }),
      );
      return done.ok ? ok({ playerId: id }) : done;
    }),
  );
}
