/** What staff do about a player's play. All of it makes things stricter; only an answer to the player's own wish does not. */
import { insertInteraction } from "@pitboss/db/compliance/interaction-store";
import { limitBody } from "@pitboss/domain/compliance/rg-contract";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import { setLimit } from "../change-limit.ts";
import { decideReactivation, excludePlayer, type WantedExclusion } from "../exclude-player.ts";
import { lockRgPlayer } from "../rg-player.ts";

const about = { playerId: idInput("player"), reason: reasonInput };

/** Kinds of contact, as regulators ask to see them told apart. */
const interactionKinds = ["CALL", "MESSAGE", "CHAT", "REVIEW", "AFFORDABILITY"] as const;

export const tightenLimit = staffProcedure("rg.act")
  .input(z.object({ ...about, limit: limitBody }))
  .mutation(async ({ ctx, input }) =>
    orThrow(await setLimit(ctx.deps, ctx.acting, input.playerId, input.limit, input.reason)),
  );

export const excludeByStaff = staffProcedure("rg.act")
  .input(
    z.object({
      ...about,
      kind: z.enum(["SELF_EXCLUSION", "TIME_OUT", "PANIC"]),
      /** Of a self-exclusion, null without an end; of a time-out. */
      days: z.int().min(1).max(36_600).nullable(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { kind, days, reason } = input;
    const wanted: WantedExclusion =
      kind === "SELF_EXCLUSION"
        ? { kind, days, reason }
        : kind === "TIME_OUT"
          ? { kind, hours: (days ?? 1) * 24 }
          : { kind };
    return orThrow(await excludePlayer(ctx.deps, ctx.acting, input.playerId, wanted));
  });

export const answerReactivation = staffProcedure("rg.decide")
  .input(z.object({ exclusionId: idInput("exclusion"), granted: z.boolean(), reason: reasonInput }))
  .mutation(async ({ ctx, input }) =>
    orThrow(await decideReactivation(ctx.deps, ctx.acting, input.exclusionId, input.granted, input.reason)),
  );

export const noteInteraction = staffProcedure("rg.act")
  .input(
    z.object({
      playerId: idInput("player"),
      kind: z.enum(interactionKinds),
      note: z.string().trim().min(5).max(2_000),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { deps, acting } = ctx;
    const { playerId, kind, note: text } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note): Promise<Result<{ readonly interactionId: string }>> => {
        const player = await lockRgPlayer(tx, playerId, deps.clock.now());
        if (!player.ok) return player;
        const id = await insertInteraction(tx, { playerId, kind, actor: acting.actorId, note: text, details: {} });
        const interactionId = formatId("interaction", id);
        // What it says is about a person, and stays out of the audit log.
        note({
          action: "rg.interaction",
          subject: { kind: "player", id: formatId("player", playerId) },
          after: { interactionId, kind, length: text.length },
        });
        return ok({ interactionId });
      }),
    );
  });
