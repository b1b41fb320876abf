/**
 * Looks at a payout with everything that is known now: what the checks say, how many people it takes, and exactly what
 * they would say yes to. Nothing is written here.
 */
import { findPayoutPolicy } from "@pitboss/db/cashier/payout-policy-store";
import type { PayoutChange, PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { readPayoutFacts } from "@pitboss/db/cashier/read-payout-facts";
import { checkPayout, type CheckedPayout } from "@pitboss/domain/cashier/payout-checks";
import { type PayoutPolicy, type PayoutRoute, routePayout } from "@pitboss/domain/cashier/payout-policy";
import { hashApprovalContent } from "@pitboss/domain/identity/approval-machine";
import type { JsonObject, JsonValue } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Teller } from "../cashier.ts";
import { readPayoutGate } from "./read-payout-gate.ts";

export interface Judged {
  readonly policy: PayoutPolicy;
  readonly checked: CheckedPayout;
  readonly route: PayoutRoute;
  readonly change: NonNullable<PayoutChange["judged"]>;
}

export async function judgePayout({ db, clock }: Pick<Teller, "db" | "clock">, payout: PayoutRecord): Promise<Judged> {
  const now = new Date(clock.now());
  const policy = await findPayoutPolicy(db, payout.currency, now);
  assert(policy !== undefined, "a currency in which a payout was taken keeps a policy");
  const facts = await readPayoutFacts(db, {
    playerId: payout.playerId,
    instrumentId: payout.instrument.id,
    policy,
    amount: payout.amount,
    forfeitAccepted: payout.forfeitAccepted,
    deviceId: payout.deviceId,
    payoutId: payout.id,
    now,
    gate: await readPayoutGate(
      db,
      { playerId: payout.playerId, currency: payout.currency, payoutId: payout.id },
      now.getTime(),
    ),
  });
  assert(facts !== undefined, "a payout's player has its instrument");
  const checked = checkPayout(facts);
  const route = routePayout(policy, { amount: payout.amount, score: checked.score, stopped: checked.stopped });
  const content = contentOf(payout, checked);
  return {
    policy,
    checked,
    route,
    change: {
      checks: checked.checks,
      score: checked.score,
      people: route.people,
      policyId: policy.id,
      content,
      contentHash: hashApprovalContent("payout.release", content),
    },
  };
}

/** What people say yes to: the amount, where it goes, and what it was judged on, in full. */
function contentOf(payout: PayoutRecord, { score, checks }: CheckedPayout): JsonObject {
  const { instrument, currency } = payout;
  return {
    payoutId: formatId("payout", payout.id),
    playerId: formatId("player", payout.playerId),
    currency,
    amount: formatMinor(payout.amount, currency),
    destination: {
      psp: payout.psp,
      instrumentId: formatId("instrument", instrument.id),
      fingerprint: instrument.fingerprint,
      brand: instrument.brand,
      last4: instrument.last4,
    },
    risk: { score, checks: checks as unknown as JsonValue },
  };
}
