/**
 * Looks again at a payout that was judged before. What people have not said yes to yet is brought up to date; what they
 * have stands as they saw it unless something got worse, and then their yes is void.
 */
import { movePayout, type PayoutRecord, type PayoutSource } from "@pitboss/db/cashier/payout-store";
import { gotWorse, sameVerdicts } from "@pitboss/domain/cashier/payout-checks";
import { peopleFor, stageMinutes } from "@pitboss/domain/cashier/payout-policy";
import type { Teller } from "../cashier.ts";
import { judgePayout } from "./judge-payout.ts";

const minuteMs = 60_000;
const judgedAgain = ["IN_REVIEW", "FIRST_APPROVED", "AUTO_APPROVED", "APPROVED", "TRAVEL_RULE"] as const;

export interface Rechecked {
  /** True where it is judged otherwise now, and back in review. */
  readonly changed: boolean;
}

export async function recheckPayout(
  teller: Pick<Teller, "db" | "clock">,
  payout: PayoutRecord,
  by: { readonly source: PayoutSource; readonly actor: string | null },
): Promise<Rechecked> {
  const { state } = payout;
  if (!(judgedAgain as readonly string[]).includes(state)) return { changed: false };
  const { policy, checked, change } = await judgePayout(teller, payout);
  const people = peopleFor(policy, payout.amount);
  const changed =
    state === "IN_REVIEW"
      ? !sameVerdicts(payout.checks, checked.checks) || people !== payout.people
      : gotWorse(payout.checks, checked.checks) || (people > (payout.people ?? 0) && state !== "AUTO_APPROVED");
  if (!changed) return { changed };
  const minutes = stageMinutes(policy, "IN_REVIEW") ?? 0;
  await movePayout(teller.db, {
    payoutId: payout.id,
    from: state,
    event: state === "IN_REVIEW" || state === "FIRST_APPROVED" ? "recheck" : "recall",
    ...by,
    details: { score: checked.score, before: payout.score },
    change: {
      judged: { ...change, people },
      ...(state === "IN_REVIEW" ? {} : { dueAt: new Date(teller.clock.now() + minutes * minuteMs) }),
    },
  });
  return { changed };
}
