/** A player takes a payout back, where the law of where they live lets them, and while it has not left. */
import { listCancelRules, mayCancelIn } from "@pitboss/db/cashier/payout-policy-store";
import { findPayout, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { payoutAfter } from "@pitboss/domain/cashier/payout-machine";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Teller } from "../cashier.ts";
import { postPayout } from "./post-payout.ts";
import { tellPayout } from "./tell-payout.ts";

/** Somebody else may move it at the same moment; then it is looked at again. */
const mostTries = 5;

export async function cancelPayout(teller: Teller, id: bigint, actor: string): Promise<Result<PayoutRecord>> {
  const rules = await listCancelRules(teller.db, new Date(teller.clock.now()));
  for (let tries = 0; tries < mostTries; tries += 1) {
    const payout = await findPayout(teller.db, id);
    if (payout === undefined) return err("PAYOUT_NOT_FOUND");
    if (payout.state === "CANCELLED") return ok(payout);
    if (!mayCancelIn(rules, payout.country)) return err("PAYOUT_NOT_CANCELLABLE");
    if (payoutAfter(payout.state, "cancel") === undefined) return err("PAYOUT_NOT_OPEN");
    const moved = await postPayout(teller, payout, {
      event: "cancel",
      posting: "release",
      source: "REQUEST",
      actor,
      details: null,
      change: { dueAt: null },
      told: tellPayout("payout.rejected", payout, { by: "PLAYER" }),
    });
    if (!moved.ok) return moved;
  }
  return err("OVERLOADED", "The payout kept changing.");
}

export function mayCancel(rules: ReadonlyMap<string, boolean>, { country, state }: PayoutRecord): boolean {
  return mayCancelIn(rules, country) && payoutAfter(state, "cancel") !== undefined;
}
