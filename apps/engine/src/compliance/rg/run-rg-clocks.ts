/** What time alone changes: limits that have cooled off or lapsed, exclusions whose term is over. */
import { settleExclusions } from "@pitboss/db/compliance/exclusion-store";
import { ripenLimits } from "@pitboss/db/compliance/limit-store";
import { writeEvents } from "@pitboss/db/ops/write-events";
import { formatLimit } from "@pitboss/domain/compliance/player-limit";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { jobActing } from "../../audit/acting.ts";
import { type RgDeps, rgEvent } from "./rg-player.ts";

const batch = 200;

/** True where there is more to do. The rules ask the clock themselves, so that nothing waits for this but its events. */
export async function runRgClocks({ db }: Pick<RgDeps, "db">): Promise<boolean> {
  const acting = jobActing("rg-clocks");
  const ripened = await db.transaction(async (tx) => {
    const limits = await ripenLimits(tx, batch);
    const events = limits.map((limit) => {
      const { kind, period, currency, amount, lapsesAt, state } = limit;
      const payload = { kind, period, currency, amount: amount === null ? null : formatLimit(amount, currency) };
      const subject = formatId("limit", limit.id);
      if (state === "LAPSED") return rgEvent("rg.limit_lapsed", acting, limit.playerId, subject, payload);
      const more = { ...payload, lapsesAt: lapsesAt?.toISOString() ?? "" };
      return rgEvent("rg.limit_ready", acting, limit.playerId, subject, more);
    });
    await writeEvents(tx, events);
    return limits.length;
  });
  return ripened === batch || (await settleExclusions(db, batch)) === batch;
}
