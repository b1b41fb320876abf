/** What a rule of risk does by itself, through the same doors that people use, and with the same rows in the audit log. */
import { addTag, lockPlayerStatus, setPlayerStatus } from "@pitboss/db/identity/player-directory";
import { revokePlayerSessions } from "@pitboss/db/identity/player-session-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { MonitoringRule } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { systemActing } from "../../audit/acting.ts";
import { setLimitIn } from "../../compliance/rg/change-limit.ts";
import type { Raising } from "./raise-alert.ts";

/** Under this name it stands in the audit log. */
export const monitoringActing = systemActing("monitoring");

/** Answers what was done; where nothing was, why. */
export async function react(raising: Raising, rule: MonitoringRule, playerId: bigint): Promise<JsonObject> {
  const { tx, note, now } = raising;
  const { reaction } = rule;
  const subject = { kind: "player", id: formatId("player", playerId) };
  const reason = `Rule ${rule.code}, version ${rule.version}`;
  switch (reaction.do) {
    case "ALERT":
      return { do: "ALERT" };
    case "TAG": {
      const added = await addTag(tx, playerId, reaction.tag, "monitoring");
      if (added) note({ action: "player.add-tag", subject, reason, after: { tag: reaction.tag } });
      return { do: "TAG", tag: reaction.tag, done: added };
    }
    case "LIMIT": {
      const { kind, period, currency, amount } = reaction;
      const wanted = { kind, period, currency, amount };
      const set = await setLimitIn({ tx, note, nowMs: now.getTime() }, monitoringActing, playerId, wanted, reason);
      return { ...wanted, do: "LIMIT", done: set.ok, ...(set.ok ? {} : { because: set.error.code }) };
    }
    case "LOCK": {
      const status = await lockPlayerStatus(tx, playerId);
      if (status !== "ACTIVE") return { do: "LOCK", done: false, because: status ?? "PLAYER_NOT_FOUND" };
      await setPlayerStatus(tx, playerId, "BLOCKED");
      const endedSessions = await revokePlayerSessions(tx, playerId, now, "LOCKED");
      note({ action: "player.lock", subject, reason, before: { status }, after: { status: "BLOCKED", endedSessions } });
      return { do: "LOCK", done: true };
    }
  }
}
