import { findPlayer } from "@pitboss/db/identity/player-directory";
import { findRetained } from "@pitboss/db/identity/player-detail-store";
import { maskPersonal, type PersonalField, personalFields } from "@pitboss/domain/identity/personal-data";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { type PlayerRow, presentPlayer } from "./present-player.ts";

export interface PlayerProfile extends PlayerRow {
  readonly emailVerifiedAt: string | null;
  readonly erasedAt: string | null;
  /** Every personal field, masked; null where nothing is stored. `player.reveal` shows one in clear. */
  readonly fields: readonly { readonly field: PersonalField; readonly masked: string | null }[];
  /** True where the law keeps identity data of an erased player. */
  readonly retained: boolean;
}

export const showPlayer = procedure("player.read")
  .input(z.object({ playerId: idInput("player") }))
  .query(async ({ ctx, input }): Promise<PlayerProfile> => {
    const { db, players } = ctx.deps;
    const record = (await findPlayer(db, input.playerId)) ?? throwFailure({ code: "PLAYER_NOT_FOUND" });
    const opened = await players.open(db, input.playerId);
    const data = opened.ok ? opened.value.data : {};
    return {
      ...presentPlayer(record),
      emailVerifiedAt: record.emailVerifiedAt?.toISOString() ?? null,
      erasedAt: record.erasedAt?.toISOString() ?? null,
      fields: personalFields.map((field) => {
        const value = data[field];
        return { field, masked: value === undefined ? null : maskPersonal(field, value) };
      }),
      retained: record.erasedAt !== null && (await findRetained(db, input.playerId)) !== undefined,
    };
  });
