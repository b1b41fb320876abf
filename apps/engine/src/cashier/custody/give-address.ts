/** An address for a player's money on a chain: one for each asset, given to whoever may deposit now. */
import {
  type CryptoAddress,
  findCryptoPolicy,
  findDepositAddressOf,
  keepDepositAddress,
} from "@pitboss/db/cashier/crypto-address-store";
import { normaliseAddress } from "@pitboss/domain/cashier/crypto-address";
import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Cashier } from "../cashier.ts";
import type { Place } from "../../risk/geo/judge-place.ts";
import { checkBeforeGiving } from "../deposits/check-before-giving.ts";

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

export async function giveAddress(cashier: Cashier, wish: AddressWish): Promise<Result<GivenAddress>> {
  const { db, clock, chain, log } = cashier;
  const [custodian] = chain.custodians.values();
  if (custodian === undefined) return err("METHOD_UNAVAILABLE");
  const { playerId, asset, convertTo, traceId, place } = wish;
  const allowed = await checkBeforeGiving(cashier, { playerId, method: "CRYPTO", currency: asset, traceId, place });
  if (!allowed.ok) return allowed;
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
