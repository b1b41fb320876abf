/** Giving players another limit profile: the procedure, and its plan for a terminal. */
import { findGatedPlayer, type GatedPlayer, lockGatedPlayer, saveGate } from "@pitboss/db/risk/gate-store";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { type ProfileName, profileNames } from "@pitboss/domain/risk/limit-profile";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

/** A profile above DEFAULT takes a player whose source of funds is known. */
const levelOfVip = 3;

type Refusal = Failure<"PLAYER_NOT_FOUND" | "NOTHING_CHANGES" | "KYC_LEVEL_TOO_LOW">;

export const assignProfile = staffProcedure("profile.assign")
  .input(z.object({ playerId: idInput("player"), profile: z.enum(profileNames), reason: reasonInput }))
  .mutation(async ({ ctx, input }) => {
    const { playerId, profile, reason } = input;
    return orThrow(
      await withAudit(ctx.deps.db, ctx.acting, async (tx, note): Promise<Result<{ readonly profile: ProfileName }>> => {
        const found = checkAssign(await lockGatedPlayer(tx, playerId), profile);
        if (!found.ok) return found;
        const { state } = found.value;
        await saveGate(tx, { ...state, profile });
        note({
          action: "player.limit-profile",
          subject: { kind: "player", id: formatId("player", playerId) },
          reason,
          before: { profile: state.profile },
          after: { profile },
        });
        return ok({ profile });
      }),
    );
  });

const callerOf = createCaller(router({ assignProfile }));

const planAssign = planned({
  action: "profile.assign",
  permission: "profile.assign",
  params: z.object({ profile: z.enum(profileNames) }),
  look: ({ deps }, targets, { profile }) => Promise.all(targets.map((id) => lookAt(deps, id, profile))),
  apply: async ({ trpc }, id, { profile }, reason) => ({
    ...(await callerOf(trpc).assignProfile({ playerId: id, profile, reason })),
  }),
});

export const planProfileAssign = { profileAssign: planAssign };

function checkAssign(player: GatedPlayer | undefined, profile: ProfileName): Result<GatedPlayer, Refusal> {
  if (player === undefined) return err("PLAYER_NOT_FOUND");
  if (player.state.profile === profile) return err("NOTHING_CHANGES", `The player's profile is ${profile}.`);
  if (profile !== "DEFAULT" && player.kycLevel < levelOfVip) {
    const detail = `The player is verified to level ${player.kycLevel}, and ${profile} takes ${levelOfVip}.`;
    return err("KYC_LEVEL_TOO_LOW", detail, { level: player.kycLevel, needed: levelOfVip });
  }
  return ok(player);
}

async function lookAt({ db }: StaffDeps, id: string, profile: ProfileName): Promise<Look> {
  const playerId = parseId("player", id);
  const found = checkAssign(playerId === undefined ? undefined : await findGatedPlayer(db, playerId), profile);
  if (!found.ok) return { id, failure: found.error };
  const before = found.value.state.profile;
  return { id, what: `Give the player the profile ${profile}`, before: { profile: before }, after: { profile } };
}
