/**
 * Whether a player may be told where to send money: as for a deposit of the smallest amount, so that whoever is excluded or
 * at a limit is told nothing.
 */
import { listDepositRules } from "@pitboss/db/cashier/deposit-rule-store";
import { countDepositsSince, findPlayerForDeposit, lockForDeposit } from "@pitboss/db/cashier/deposit-store";
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import { checkDeposit, type DepositRule } from "@pitboss/domain/cashier/deposit-checks";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { randomUUID } from "node:crypto";
import type { Place } from "../../risk/geo/judge-place.ts";
import type { Cashier } from "../cashier.ts";
import { readDepositGate } from "./read-deposit-gate.ts";

export interface GivingWish {
  readonly playerId: bigint;
  readonly method: PaymentMethod;
  readonly currency: Currency;
  readonly traceId: string;
  readonly place: Place | null;
}

const hourMs = 3_600_000;

export function checkBeforeGiving(cashier: Cashier, wish: GivingWish): Promise<Result<DepositRule>> {
  const { playerId, method, currency, traceId, place } = wish;
  return cashier.db.transaction(async (tx) => {
    const player = await findPlayerForDeposit(tx, playerId);
    if (player === undefined) return err("PLAYER_NOT_FOUND");
    await lockForDeposit(tx, { playerId, psp: method, fingerprint: currency });
    const now = cashier.clock.now();
    const rule = (await listDepositRules(tx, method, new Date(now))).get(currency);
    if (rule === undefined) return err("METHOD_UNAVAILABLE");
    const { checks, refusal } = checkDeposit({
      playerStatus: player.status,
      currency,
      amount: rule.minAmount,
      rule,
      triedThisHour: await countDepositsSince(tx, playerId, new Date(now - hourMs)),
      otherOwners: 0,
      ...(await readDepositGate(cashier, tx, { playerId, currency, amount: rule.minAmount, place }, now)),
    });
    if (refusal === undefined) return ok(rule);
    await insertDenial(tx, {
      playerId,
      requestKey: randomUUID(),
      traceId,
      command: "deposit",
      code: refusal.failure.code,
      rule: `deposit.${refusal.check.name}`,
      ruleVersion: refusal.check.version,
      inputs: Object.assign({}, ...checks.map(({ inputs }) => inputs)) as Record<string, unknown>,
    });
    return { ok: false, error: refusal.failure };
  });
}
