/**
 * A payout as a player asks for it: the checks that can refuse it are made first and kept, and then its amount is set
 * aside and the payout written down in one transaction of the ledger. What happens after that needs no request any more.
 */
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import { findPlayer } from "@pitboss/db/identity/player-directory";
import { findBankAccount } from "@pitboss/db/cashier/bank-account-store";
import { findAddressOfInstrument } from "@pitboss/db/cashier/crypto-address-store";
import { findInstrument } from "@pitboss/db/cashier/instrument-store";
import { findPayoutPolicy } from "@pitboss/db/cashier/payout-policy-store";
import {
  findPayoutByRequest,
  lockForPayout,
  nextPayoutId,
  type PayoutRecord,
  requestPayoutStatement,
  requestPayoutValues,
} from "@pitboss/db/cashier/payout-store";
import { readPayoutFacts } from "@pitboss/db/cashier/read-payout-facts";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { decideLoop } from "@pitboss/domain/cashier/closed-loop";
import { isCryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import { checkPayout, type CheckedPayout, type PayoutCheckFacts } from "@pitboss/domain/cashier/payout-checks";
import { type PayoutPolicy, stageMinutes } from "@pitboss/domain/cashier/payout-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { PayoutDesk } from "../cashier.ts";
import { readPayoutGate } from "./read-payout-gate.ts";
import { checkPayoutById } from "./check-payout.ts";
import { tellPayout } from "./tell-payout.ts";

export interface PayoutWish {
  readonly playerId: bigint;
  readonly requestId: string;
  readonly requestKey: string;
  /** Hash of what was asked for; the same request id with another one is refused. */
  readonly bodyHash: bigint;
  readonly traceId: string;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly instrumentId: bigint;
  readonly forfeitBonus: boolean;
  readonly device: { readonly id: bigint } | undefined;
  /** Who asks, as the ledger keeps it. */
  readonly actor: string | null;
}

const minuteMs = 60_000;
/** After this the worker takes over a payout whose request was cut off, ms. */
const orphanMs = 10_000;

/** The payout as it stands after its checks; a repeat gets the same payout, as it stands now. */
export async function requestPayout(cashier: PayoutDesk, wish: PayoutWish): Promise<Result<PayoutRecord>> {
  const earlier = await findPayoutByRequest(cashier.db, wish.requestKey);
  if (earlier !== undefined) return sameRequest(earlier, wish);
  const basis = await readBasis(cashier, wish);
  if (!basis.ok) return basis;
  const taken = await checkAndHold(cashier, wish, basis.value);
  if (!taken.ok) return taken;
  const made = await findPayoutByRequest(cashier.db, wish.requestKey);
  if (made === undefined) return err("PAYOUT_NOT_FOUND");
  // What fails here is done by the worker: the money is held, and the payout stands.
  await checkPayoutById(cashier, made.id).catch((error: unknown) => {
    cashier.log.warn({ err: error, payout: formatId("payout", made.id) }, "a payout's checks have to wait");
  });
  return ok((await findPayoutByRequest(cashier.db, wish.requestKey)) ?? made);
}

function sameRequest(earlier: PayoutRecord, { bodyHash }: PayoutWish): Result<PayoutRecord> {
  return earlier.bodyHash === bodyHash ? ok(earlier) : err("REQUEST_REUSED");
}

interface Basis {
  readonly method: PaymentMethod;
  readonly policy: PayoutPolicy;
  readonly psp: string;
  readonly country: string;
}

async function readBasis({ db, clock, rails }: PayoutDesk, wish: PayoutWish): Promise<Result<Basis>> {
  const player = await findPlayer(db, wish.playerId);
  if (player === undefined) return err("PLAYER_NOT_FOUND");
  const instrument = await findInstrument(db, wish.instrumentId);
  // Somebody else's is as good as none, so that ids tell nothing.
  if (instrument === undefined || instrument.playerId !== wish.playerId) return err("INSTRUMENT_NOT_FOUND");
  const policy = await findPayoutPolicy(db, wish.currency, new Date(clock.now()));
  if (policy === undefined || !rails.has(instrument.psp)) return err("PAYOUT_UNAVAILABLE");
  const { method, psp } = instrument;
  if (method === "CRYPTO") {
    const address = await findAddressOfInstrument(db, instrument.id);
    // An address of ours is where money comes to, and no address takes another asset than its own.
    if (address?.kind !== "PAYOUT") return err("INSTRUMENT_NOT_FOUND");
    if (address.asset !== wish.currency) return err("PAYOUT_UNAVAILABLE");
  } else if (method === "BANK_TRANSFER") {
    // An account is paid to in the currency of the house's own, and only where its number is known.
    const known = (await findBankAccount(db, instrument.id)) !== undefined;
    if (!known || rails.get(psp)?.currency !== wish.currency) return err("PAYOUT_UNAVAILABLE");
  } else if (isCryptoAsset(wish.currency)) return err("PAYOUT_UNAVAILABLE");
  return ok({ method, policy, psp, country: player.country });
}

/** Under a lock of the player, so that two requests at once don't each pass for themselves. */
function checkAndHold(cashier: PayoutDesk, wish: PayoutWish, basis: Basis): Promise<Result<null>> {
  return cashier.db.transaction(async (tx) => {
    await lockForPayout(tx, wish.playerId);
    const earlier = await findPayoutByRequest(tx, wish.requestKey);
    if (earlier !== undefined) {
      const same = sameRequest(earlier, wish);
      return same.ok ? ok(null) : same;
    }
    const now = cashier.clock.now();
    const facts = await readPayoutFacts(tx, {
      playerId: wish.playerId,
      instrumentId: wish.instrumentId,
      policy: basis.policy,
      amount: wish.amount,
      forfeitAccepted: wish.forfeitBonus,
      deviceId: wish.device?.id ?? null,
      now: new Date(now),
      gate: await readPayoutGate(tx, { playerId: wish.playerId, currency: wish.currency }, now),
    });
    if (facts === undefined) return err("INSTRUMENT_NOT_FOUND");
    const checked = checkPayout(facts);
    if (checked.refusal !== undefined) return refuse(tx, wish, checked, checked.refusal, facts);
    return hold(cashier, wish, basis, checked, await nextPayoutId(tx));
  });
}

async function refuse(
  tx: Transaction,
  { playerId, requestKey, traceId }: PayoutWish,
  { checks }: CheckedPayout,
  { check, failure }: NonNullable<CheckedPayout["refusal"]>,
  facts: PayoutCheckFacts,
): Promise<Result<never>> {
  await insertDenial(tx, {
    playerId,
    requestKey,
    traceId,
    command: "payout",
    code: failure.code,
    rule: `payout.${check.name}`,
    ruleVersion: check.version,
    inputs: Object.assign({}, ...checks.map(({ inputs }) => inputs)) as Record<string, unknown>,
  });
  return { ok: false, error: forPlayer(failure, facts) };
}

/** What the player can act on, and nothing of what else was looked at. */
function forPlayer(failure: Failure, facts: PayoutCheckFacts): Failure {
  const { currency, minAmount, maxAmount } = facts.policy;
  const money = (minor: bigint): string => formatMinor(minor, currency);
  switch (failure.code) {
    case "PAYOUT_TOO_SMALL":
    case "PAYOUT_TOO_LARGE":
      return { code: failure.code, data: { min: money(minAmount), max: money(maxAmount), currency } };
    case "PAYOUT_FORFEITS_BONUS":
      return { code: failure.code, data: { bonus: money(facts.openBonus), currency } };
    case "PAYOUT_NOT_TO_SOURCE": {
      const loop = decideLoop({
        amount: facts.amount,
        fingerprint: facts.instrument.fingerprint,
        sources: facts.sources,
      });
      if (loop.allowed) return { code: failure.code };
      const { room, first, firstRoom } = loop;
      return {
        code: failure.code,
        data: {
          mostHere: money(room),
          first: formatId("instrument", first.instrumentId),
          mostThere: money(firstRoom),
          currency,
        },
      };
    }
    default:
      return { code: failure.code };
  }
}

async function hold(
  { lanes, clock }: PayoutDesk,
  wish: PayoutWish,
  { method, policy, psp, country }: Basis,
  { checks }: CheckedPayout,
  id: bigint,
): Promise<Result<null>> {
  const { playerId, requestKey, requestId, bodyHash, traceId, currency, amount, instrumentId } = wish;
  const now = clock.now();
  const payout = {
    id,
    playerId,
    instrumentId,
    requestKey,
    requestId,
    bodyHash,
    traceId,
    psp,
    method,
    amount,
    country,
    deviceId: wish.device?.id ?? null,
    forfeitAccepted: wish.forfeitBonus,
    policyId: policy.id,
    checks,
    dueAt: new Date(now + (stageMinutes(policy, "REQUESTED") ?? 0) * minuteMs),
    workAt: new Date(now + orphanMs),
  };
  const told = tellPayout("payout.requested", { ...payout, currency }, {});
  const answer = await lanes.submit({
    requestId,
    traceId,
    actor: wish.actor,
    command: {
      type: "move",
      playerId,
      requestKey,
      bodyHash,
      move: {
        type: "WITHDRAW_HOLD",
        playerId,
        currency,
        amount,
        reference: id,
        details: { payoutId: formatId("payout", id) },
      },
    },
    alongside: [
      {
        statement: requestPayoutStatement,
        values: requestPayoutValues({ ...payout, currency: currencies[currency].number }, told),
      },
    ],
  });
  if (answer.kind === "failed") return { ok: false, error: answer.failure };
  const { outcome } = answer.ran;
  return outcome.kind === "refused" ? { ok: false, error: outcome.decision.failure } : ok(null);
}
