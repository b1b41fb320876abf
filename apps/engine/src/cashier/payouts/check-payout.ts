/**
 * Takes a payout that was asked for through its checks, to where it leaves by itself or waits for people. Each step is
 * written before the next begins, so that one that is cut off goes on where it was.
 */
import { findPayout, movePayout, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { findPolicyById } from "@pitboss/db/cashier/payout-policy-store";
import { listOpenGrants } from "@pitboss/db/cashier/read-payout-facts";
import { stageMinutes } from "@pitboss/domain/cashier/payout-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Teller } from "../cashier.ts";
import { judgePayout } from "./judge-payout.ts";
import { tellPayout } from "./tell-payout.ts";

const minuteMs = 60_000;
/** After this another worker takes over what was cut off, ms. */
const leaseMs = 30_000;

export async function checkPayoutById(teller: Teller, id: bigint): Promise<void> {
  const payout = await findPayout(teller.db, id);
  if (payout?.state === "REQUESTED") {
    const begun = await movePayout(teller.db, {
      payoutId: id,
      from: "REQUESTED",
      event: "check",
      source: "RULE",
      actor: null,
      details: null,
      change: { workAt: new Date(teller.clock.now() + leaseMs) },
    });
    if (!begun) return;
    await decide(teller, { ...payout, state: "CHECKING" });
  } else if (payout?.state === "CHECKING") await decide(teller, payout);
}

/** Of KYT: what is known of the address was kept, and is judged with all the rest. */
export async function judgeChainPayout(teller: Teller, payout: PayoutRecord): Promise<void> {
  await route(teller, payout, "KYT");
}

async function decide(teller: Teller, payout: PayoutRecord): Promise<void> {
  if (payout.forfeitAccepted) await forfeitBonuses(teller, payout);
  if (payout.method !== "CRYPTO") {
    await route(teller, payout, "CHECKING");
    return;
  }
  // What goes over a chain is looked at there first; the worker asks, so that the player does not wait for it.
  await movePayout(teller.db, {
    payoutId: payout.id,
    from: "CHECKING",
    event: "screenChain",
    source: "RULE",
    actor: null,
    details: null,
    change: { workAt: new Date(teller.clock.now()) },
  });
}

async function route(teller: Teller, payout: PayoutRecord, from: "CHECKING" | "KYT"): Promise<void> {
  const { policy, checked, route: chosen, change } = await judgePayout(teller, payout);
  const now = teller.clock.now();
  const leaves = chosen.event === "approveAuto";
  const minutes = stageMinutes(policy, leaves ? "AUTO_APPROVED" : "IN_REVIEW") ?? 0;
  await movePayout(teller.db, {
    payoutId: payout.id,
    from,
    event: chosen.event,
    source: "RULE",
    actor: null,
    details: { score: checked.score, people: chosen.people, policy: policy.id.toString() },
    change: {
      judged: change,
      dueAt: new Date(now + minutes * minuteMs),
      workAt: leaves ? new Date(now) : null,
    },
    ...(leaves ? { told: tellPayout("payout.approved", payout, { by: "RULE" }) } : {}),
  });
}

/** The player was told what they lose, and said yes. What is held in a bet is not theirs to lose yet, and is left. */
async function forfeitBonuses({ db, lanes, log }: Teller, payout: PayoutRecord): Promise<void> {
  const policy = await findPolicyById(db, payout.policyId);
  if (policy === undefined) return;
  const payoutId = formatId("payout", payout.id);
  for (const { grant, available } of await listOpenGrants(db, { playerId: payout.playerId, policy })) {
    const requestId = `${payoutId}:forfeit:${grant}`;
    const answer = await lanes.submit({
      requestId,
      traceId: payout.traceId,
      actor: "job:payouts",
      command: {
        type: "move",
        playerId: payout.playerId,
        requestKey: requestKey("cashier", requestId),
        bodyHash: hash64(`forfeit|${payoutId}|${grant}`),
        move: {
          type: "BONUS_FORFEIT",
          playerId: payout.playerId,
          currency: payout.currency,
          amount: available,
          grant,
          reference: payout.id,
          details: { payoutId, reason: "withdrawal" },
        },
      },
    });
    if (answer.kind === "failed") throw new Error(`a bonus could not be forfeited: ${answer.failure.code}`);
    // A bet may have taken the money first. The check then sees what is left, and a person decides.
    if (answer.ran.outcome.kind === "refused") log.info({ payout: payoutId, grant }, "a bonus was not forfeited");
  }
}
