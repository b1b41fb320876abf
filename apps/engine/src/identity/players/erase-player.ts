import { destroyPlayerKey, findPlayerKey } from "@pitboss/db/identity/key-store";
import { clearDetails, insertRetained } from "@pitboss/db/identity/player-detail-store";
import { clearNickname, findPlayer, hasMovedMoney } from "@pitboss/db/identity/player-directory";
import { deleteCredentials, revokePlayerSessions } from "@pitboss/db/identity/player-session-store";
import type { ErasureContent } from "@pitboss/domain/identity/approval-content";
import {
  listKept,
  type PersonalField,
  personalFields,
  retainedFields,
  retentionYears,
} from "@pitboss/domain/identity/personal-data";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import type { KindHandler } from "../approvals/kind-handler.ts";
import { sealField } from "../keys/field-cipher.ts";
import { fieldPlace, type OpenedDetails } from "../keys/player-vault.ts";

/**
 * Erases a player's personal data: the player's key is destroyed, and with it every field and note that it sealed. What
 * the law keeps is sealed anew under a key of its own first. The answer says what was kept, until when and why.
 */
export const erasureHandler: KindHandler<ErasureContent> = {
  async describe({ db, clock }, content) {
    const playerId = parseId("player", content.playerId) ?? 0n;
    const player = await findPlayer(db, playerId);
    if (player === undefined) return err("PLAYER_NOT_FOUND");
    if (player.erasedAt !== null) return err("PLAYER_ERASED");
    if (player.status === "ACTIVE") {
      return err("REQUEST_INVALID", "Lock the player first: whoever may still play can't be erased.");
    }
    const kept = listKept(await hasMovedMoney(db, playerId), retainUntil(clock.now()));
    return ok({
      content: { ...content, snapshot: { status: player.status, kept: kept.map(({ what }) => what) } },
      summary: `Erase the personal data of ${content.playerId}`,
      subject: { kind: "player", id: content.playerId },
    });
  },
  apply: {
    where: "here",
    async run({ tx, deps, content, note }) {
      const playerId = parseId("player", content.playerId) ?? 0n;
      const now = new Date(deps.clock.now());
      const opened = await deps.players.open(tx, playerId);
      if (!opened.ok && opened.error.code === "PLAYER_ERASED") return opened;
      const movedMoney = await hasMovedMoney(tx, playerId);
      const until = retainUntil(now.getTime());
      if (opened.ok && movedMoney) {
        const { rowId, key } = await deps.players.newKey(tx, playerId, "RETENTION", new Date(`${until}T00:00:00Z`));
        await insertRetained(tx, playerId, rowId, {
          firstName: reseal("firstName", opened.value),
          lastName: reseal("lastName", opened.value),
          birthDate: reseal("birthDate", opened.value),
          address: reseal("address", opened.value),
        });
        function reseal(field: (typeof retainedFields)[number], { data }: OpenedDetails): Buffer | null {
          const value = data[field];
          const place = fieldPlace("player_retained", field, playerId);
          return value === undefined ? null : sealField(key, place, Buffer.from(value));
        }
      }
      const profile = await findPlayerKey(tx, playerId, "PROFILE");
      if (profile !== undefined) await destroyPlayerKey(tx, profile.id, now);
      await clearDetails(tx, playerId, now);
      await clearNickname(tx, playerId);
      await deleteCredentials(tx, playerId, now);
      const ended = await revokePlayerSessions(tx, playerId, now, "ERASED");
      const erased = opened.ok ? personalFields.filter((field) => opened.value.data[field] !== undefined) : [];
      const result = describeErasure(erased, movedMoney, until);
      note({
        action: "player.erase",
        subject: { kind: "player", id: content.playerId },
        reason: content.reason,
        after: { ...result, endedSessions: ended },
      });
      return ok(result);
    },
  },
};

function describeErasure(fields: readonly PersonalField[], movedMoney: boolean, until: string): JsonObject {
  const gone = movedMoney ? fields.filter((field) => !retainedFields.includes(field)) : fields;
  const kept = listKept(movedMoney, until).map(({ what, why, until: end }) => ({ what, why, until: end }));
  return { erased: [...gone, "nickname", "notes"], kept };
}

function retainUntil(nowMs: number): string {
  const date = new Date(nowMs);
  date.setUTCFullYear(date.getUTCFullYear() + retentionYears);
  return date.toISOString().slice(0, 10);
}
