/** Notices bets that are held for longer than most, so that the rounds inbox need not look for them. */
import { dropSettledBets, sweepSize, sweepWaitingBets } from "@pitboss/db/gaming/sweep-waiting-bets";
import { firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import type { Context } from "../../../kernel/context.ts";

/** The least time that a provider's rounds may be given before they count as stuck (`stuck_before_stale`). */
const noticeAfterMs = 10 * 60_000;

/** True where there are more to look at than one run takes. */
export async function sweepWaiting({ db, clock }: Pick<Context, "db" | "clock">): Promise<boolean> {
  await dropSettledBets(db);
  return (await sweepWaitingBets(db, firstIdAt(clock.now() - noticeAfterMs))) === sweepSize;
}
