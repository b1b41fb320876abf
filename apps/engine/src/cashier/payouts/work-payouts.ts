/** The worker of payouts: does whatever is due, each payout by itself. Any number of engines may run it side by side. */
import { findPayout } from "@pitboss/db/cashier/payout-store";
import { claimDuePayouts } from "@pitboss/db/cashier/payout-work-store";
import { readStanding } from "@pitboss/db/compliance/standing-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { CheckingDesk } from "../cashier.ts";
import { checkPayoutById, judgeChainPayout } from "./check-payout.ts";
import { lookAtPayout } from "./look-at-payout.ts";
import { followSent, sendApproved, sendInformed } from "./send-payout.ts";

const atOnce = 20;
/** How long one engine has to do what it took; then another may, ms. */
const leaseMs = 60_000;

/** True where there may be more to do at once. */
export async function workPayouts(cashier: CheckingDesk): Promise<boolean> {
  const { db, clock, log } = cashier;
  const now = clock.now();
  const due = await claimDuePayouts(db, { now: new Date(now), until: new Date(now + leaseMs), limit: atOnce });
  const done = await Promise.allSettled(due.map((id) => workOne(cashier, id)));
  for (const [index, result] of done.entries()) {
    if (result.status === "fulfilled") continue;
    log.warn({ err: result.reason as unknown, payout: formatId("payout", due[index] ?? 0n) }, "a payout has to wait");
  }
  return due.length === atOnce;
}

async function workOne(cashier: CheckingDesk, id: bigint): Promise<void> {
  const payout = await findPayout(cashier.db, id);
  if (payout === undefined) return;
  switch (payout.state) {
    case "REQUESTED":
    case "CHECKING":
      if ((await readStanding(cashier.db, payout.playerId))?.screening === "NEVER") {
        await cashier.screen(payout.playerId);
      }
      await checkPayoutById(cashier, id);
      return;
    case "KYT":
      if (await lookAtPayout(cashier, payout)) await judgeChainPayout(cashier, payout);
      return;
    case "AUTO_APPROVED":
    case "APPROVED":
      await sendApproved(cashier, payout);
      return;
    case "TRAVEL_RULE":
      await sendInformed(cashier, payout);
      return;
    case "SUBMITTED":
    case "UNKNOWN":
    case "BROADCAST":
    case "CONFIRMING":
      await followSent(cashier, payout);
      return;
    default:
      return;
  }
}
