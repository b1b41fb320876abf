/**
 * Tells who sends and who receives before anything goes out on a chain. Where somebody keeps the player's wallet they have
 * to take it first; where the player does, it is kept here for whoever may ask.
 */
import { findTravelMessage, moveTravelMessage, type TravelMessage } from "@pitboss/db/cashier/payout-chain-store";
import { findAddressOfInstrument } from "@pitboss/db/cashier/crypto-address-store";
import { movePayout, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { setPayoutWork } from "@pitboss/db/cashier/payout-work-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { CheckingDesk } from "../cashier.ts";
import { recheckPayout } from "./recheck-payout.ts";

const againMs = { first: 2_000, most: 120_000 };
const workerBy = { source: "WORKER", actor: "job:payouts" } as const;

/** Of AUTO_APPROVED and APPROVED: false where somebody else was first. */
export function beginToInform({ db, clock }: CheckingDesk, payout: PayoutRecord): Promise<boolean> {
  return movePayout(db, {
    payoutId: payout.id,
    from: payout.state,
    event: "inform",
    ...workerBy,
    details: null,
    change: { workAt: new Date(clock.now()) },
  });
}

/** True where it may be sent now. */
export async function informReceiver(desk: CheckingDesk, payout: PayoutRecord): Promise<boolean> {
  const message = await findTravelMessage(desk.db, payout.id);
  if (message === undefined) {
    // The player's data were erased meanwhile, or never there: the check stops it, and a person has to look.
    await recheckPayout(desk, payout, { source: "RULE", actor: "job:payouts" });
    await comeBack(desk, payout);
    return false;
  }
  const state = isSettled(message) ? message.state : await tell(desk, payout, message);
  if (state === "ACCEPTED" || state === "KEPT") return true;
  if (state === "REJECTED") await recheckPayout(desk, payout, { source: "RULE", actor: "job:payouts" });
  else await comeBack(desk, payout);
  return false;
}

function isSettled({ state }: TravelMessage): boolean {
  return state === "ACCEPTED" || state === "KEPT" || state === "REJECTED";
}

async function tell(desk: CheckingDesk, payout: PayoutRecord, message: TravelMessage): Promise<TravelMessage["state"]> {
  const { db, clock, log, chain } = desk;
  const now = new Date(clock.now());
  if (message.counterparty === null) {
    await moveTravelMessage(db, payout.id, { state: "KEPT", why: "The player keeps the wallet." });
    return "KEPT";
  }
  const ivms101 = await chain.travel.open(db, message, payout.playerId);
  const address = await findAddressOfInstrument(db, payout.instrument.id);
  if (chain.wire === undefined || ivms101 === undefined || address === undefined) {
    log.warn({ payout: formatId("payout", payout.id) }, "nobody can be told of a payout");
    return "READY";
  }
  const said = await chain.wire.tell({
    messageId: formatId("payout", payout.id),
    counterparty: message.counterparty,
    asset: address.asset,
    amount: formatMinor(payout.amount, payout.currency),
    address: address.address,
    ivms101,
  });
  switch (said.kind) {
    case "unanswered":
      log.warn({ payout: formatId("payout", payout.id), why: said.why }, "whether a payout was told is not known yet");
      return message.state;
    case "pending":
      await moveTravelMessage(db, payout.id, {
        state: "SENT",
        reference: said.reference,
        sentAt: message.sentAt ?? now,
      });
      return "SENT";
    case "accepted":
    case "rejected": {
      const state = said.kind === "accepted" ? "ACCEPTED" : "REJECTED";
      await moveTravelMessage(db, payout.id, {
        state,
        reference: said.reference,
        sentAt: message.sentAt ?? now,
        answeredAt: now,
        ...(said.kind === "rejected" ? { why: said.why } : {}),
      });
      return state;
    }
  }
}

async function comeBack({ db, clock }: CheckingDesk, payout: PayoutRecord): Promise<void> {
  const wait = Math.min(againMs.first * 2 ** Math.min(payout.worked, 10), againMs.most);
  await setPayoutWork(db, payout.id, new Date(clock.now() + wait));
}
