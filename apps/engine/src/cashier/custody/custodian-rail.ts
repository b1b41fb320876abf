/** Payouts over a chain as every other way of money out: an order becomes a transfer out of the hot account. */
import { formatChainAmount, isCryptoAsset, parseChainAmount } from "@pitboss/domain/cashier/crypto-asset";
import type { PayoutReport } from "@pitboss/domain/cashier/payout-machine";
import type { PayoutOrder, PayoutRail, Queried, Submitted } from "../psp/payout-rail.ts";
import type { Asked } from "../psp/psp.ts";
import type { ChainTransfer, Custodian } from "./custodian.ts";

/** A custodian answers what it takes within seconds; half a minute later nothing of ours is on its way there, ms. */
const quietMs = 30_000;
/** The house's id of a transfer is taken once for ever; a year is as good as that here, ms. */
const keyLivesMs = 365 * 24 * 3_600_000;

export function createCustodianRail(custodian: Custodian): PayoutRail {
  return {
    code: custodian.code,
    quietMs,
    keyLivesMs,
    submit: (order) => submit(custodian, order),
    async query({ reference, payoutId }) {
      const asked = reference === null ? await custodian.findSent(payoutId) : await custodian.findTransfer(reference);
      const found = readFound(asked);
      // It was acknowledged under this id before, so that its absence is a trouble of theirs and no answer.
      if (found.kind === "not-found" && reference !== null) {
        return { kind: "unanswered", why: "The custodian does not find what it had acknowledged." };
      }
      return found;
    },
    // Webhooks of a custodian are hints, and are processed by themselves.
    readPayoutEvent: () => ({ kind: "other" }),
  };
}

async function submit(custodian: Custodian, order: PayoutOrder): Promise<Submitted> {
  const { currency, amount, payoutId, idempotencyKey, playerId, token } = order;
  if (!isCryptoAsset(currency)) return { kind: "refused", code: "asset", why: `${currency} goes over no chain.` };
  const sent = await custodian.send({
    externalId: payoutId,
    idempotencyKey,
    playerId,
    asset: currency,
    amount: formatChainAmount(amount, currency),
    address: token.slice(token.indexOf(":") + 1),
  });
  if (sent.kind !== "accepted") return sent;
  return { kind: "accepted", report: { reference: sent.id, currency, amount, state: "PENDING" } };
}

function readFound(asked: Asked<ChainTransfer | undefined>): Queried {
  if (asked.kind !== "answered") return { kind: "unanswered", why: asked.why };
  if (asked.value === undefined) return { kind: "not-found" };
  const report = reportOf(asked.value);
  return report === undefined
    ? { kind: "unanswered", why: `Its amount ${asked.value.amount} can't be read.` }
    : { kind: "found", report };
}

/** What the custodian says of a transfer of ours; undefined where its amount can't be read. */
export function reportOf(transfer: ChainTransfer): PayoutReport | undefined {
  const { id, asset, state, status, reason, hash, confirmations, fee } = transfer;
  const amount = parseChainAmount(transfer.amount, asset);
  if (!amount.ok) return undefined;
  const base = {
    reference: id,
    currency: asset,
    amount: amount.value.minor,
    chain: { hash, confirmations, fee },
  };
  switch (state) {
    case "PENDING":
    case "BROADCAST":
    case "CONFIRMING":
      return { ...base, state };
    case "COMPLETED":
      return { ...base, state: "PAID" };
    case "FAILED":
      return { ...base, state: "FAILED", failureCode: reason ?? status, message: `The custodian says ${status}.` };
  }
}
