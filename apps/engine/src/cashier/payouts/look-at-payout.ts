/**
 * What a payout over a chain takes before anybody says yes: the past of the address that it goes to, who is to be told of
 * it, and what the hot wallet holds. All of it is kept, and then judged like everything else.
 */
import { findAddressOfInstrument } from "@pitboss/db/cashier/crypto-address-store";
import type { PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { setPayoutWork } from "@pitboss/db/cashier/payout-work-store";
import { listKytChecks } from "@pitboss/db/compliance/kyt-store";
import { formatChainAmount } from "@pitboss/domain/cashier/crypto-asset";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { lookAtAddresses } from "../../compliance/kyt/look-at-addresses.ts";
import type { CheckingDesk } from "../cashier.ts";
import { readBalances } from "../custody/read-balances.ts";

const againMs = { first: 1_000, most: 60_000 };
/** A look that is older says too little of now; it is looked again before anything leaves, ms. */
const freshMs = 15 * 60_000;

/** False where it is not known yet; then the worker comes back. */
export async function lookAtPayout(desk: CheckingDesk, payout: PayoutRecord): Promise<boolean> {
  const { db, clock, chain } = desk;
  const address = await findAddressOfInstrument(db, payout.instrument.id);
  if (address === undefined) throw new Error(`payout ${payout.id} goes to no address`);
  await readBalances(desk);
  await chain.travel.keep(db, payout);
  const [newest] = await listKytChecks(db, { payoutId: payout.id });
  if (newest !== undefined && clock.now() - newest.at.getTime() < freshMs) return true;
  const looks = newest === undefined ? "" : `:${newest.id}`;
  const looked = await lookAtAddresses(desk, chain.analyst, {
    direction: "OUT",
    asset: address.asset,
    amount: formatChainAmount(payout.amount, address.asset),
    address: address.address,
    hash: null,
    reference: `${formatId("payout", payout.id)}${looks}`,
    playerId: payout.playerId,
    depositId: null,
    payoutId: payout.id,
    addresses: [address.address],
  });
  if (looked !== undefined) return true;
  const wait = Math.min(againMs.first * 2 ** Math.min(payout.worked, 10), againMs.most);
  await setPayoutWork(db, payout.id, new Date(clock.now() + wait));
  return false;
}
