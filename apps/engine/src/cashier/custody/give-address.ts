/** An address for a player's money on a chain: one for each asset, given to whoever may deposit now. */
import {
  type CryptoAddress,
  findCryptoPolicy,
  findDepositAddressOf,
  keepDepositAddress,
} from "@pitboss/db/cashier/crypto-address-store";
import { countDepositsSince, findPlayerForDeposit, lockForDeposit } from "@pitboss/db/cashier/deposit-store";
import { listDepositRules } from "@pitboss/db/cashier/deposit-rule-store";
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import { normaliseAddress } from "@pitboss/domain/cashier/crypto-address";
import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import { checkDeposit } from "@pitboss/domain/cashier/deposit-checks";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { randomUUID } from "node:crypto";
import type { Cashier } from "../cashier.ts";
import type { Place } from "../../risk/geo/judge-place.ts";
import { readDepositGate } from "../deposits/read-deposit-gate.ts";

export interface AddressWish {
  readonly playerId: bigint;
  readonly asset: CryptoAsset;
  readonly convertTo: Currency | null;
  readonly traceId: string;
  readonly place: Place | null;
}

export interface GivenAddress {
  readonly address: CryptoAddress;
  readonly confirmations: number;
}

const hourMs = 3_600_000;

export async function giveAddress(cashier: Cashier, wish: AddressWish): Promise<Result<GivenAddress>> {
  const { db, clock, chain, log } = cashier;
  const [custodian] = chain.custodians.values();
  if (custodian === undefined) return err("METHOD_UNAVAILABLE");
  const allowed = await checkPlayer(cashier, wish);
  if (!allowed.ok) return allowed;
  const { playerId, asset, convertTo } = wish;
  const opened = await custodian.openAddress(formatId("player", playerId), asset);
  if (opened.kind !== "answered") {
    log.warn({ custodian: custodian.code, why: opened.why }, "an address could not be given");
    return err("PSP_UNAVAILABLE");
  }
  const { vault, address } = opened.value;
  await keepDepositAddress(db, {
    playerId,
    custodian: custodian.code,
    asset,
    spelled: address,
    address: normaliseAddress(asset, address),
    vault,
    convertTo,
  });
  const kept = await findDepositAddressOf(db, { playerId, custodian: custodian.code, asset });
  if (kept === undefined) return err("METHOD_UNAVAILABLE");
  const { confirmations } = await findCryptoPolicy(db, asset, new Date(clock.now()));
  // As the custodian spells it: capital letters are a checksum that wallets show.
  return ok({ address: { ...kept, address }, confirmations });
}

/** As for a deposit of the smallest amount: whoever is excluded or at a limit is given no address. */
function checkPlayer(cashier: Cashier, { playerId, asset, traceId, place }: AddressWish): Promise<Result<null>> {
  return cashier.db.transaction(async (tx) => {
    const player = await findPlayerForDeposit(tx, playerId);
    if (player === undefined) return err("PLAYER_NOT_FOUND");
    await lockForDeposit(tx, { playerId, psp: "chain", fingerprint: asset });
    const now = cashier.clock.now();
    const rule = (await listDepositRules(tx, "CRYPTO", new Date(now))).get(asset);
    if (rule === undefined) return err("METHOD_UNAVAILABLE");
    const { checks, refusal } = checkDeposit({
      playerStatus: player.status,
      currency: asset,
      amount: rule.minAmount,
      rule,
      triedThisHour: await countDepositsSince(tx, playerId, new Date(now - hourMs)),
      otherOwners: 0,
      ...(await readDepositGate(cashier, tx, { playerId, currency: asset, amount: rule.minAmount, place }, now)),
    });
    if (refusal === undefined) return ok(null);
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
