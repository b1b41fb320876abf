/**
 * A deposit as a player asks for it: the card is described by its provider, the house's checks are made and kept, the
 * deposit is written down, and only then is the provider asked for money. Whatever happens after that is found again:
 * by its webhooks, and by the job that asks about deposits of which nothing was heard.
 */
import { planAttempts } from "@pitboss/db/cashier/deposit-attempt-store";
import { listDepositRules } from "@pitboss/db/cashier/deposit-rule-store";
import {
  announceDeposit,
  countDepositsSince,
  type DepositRecord,
  findDeposit,
  findDepositByRequest,
  findPlayerForDeposit,
  insertDeposit,
  lockForDeposit,
} from "@pitboss/db/cashier/deposit-store";
import { countOtherOwners, keepInstrument } from "@pitboss/db/cashier/instrument-store";
import { noteForeignInstruments } from "@pitboss/db/risk/link-store";
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { checkDeposit, type CheckedDeposit, type DepositRule } from "@pitboss/domain/cashier/deposit-checks";
import { assert, err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";
import type { Cashier } from "../cashier.ts";
import type { Place } from "../../risk/geo/judge-place.ts";
import { readDepositGate } from "./read-deposit-gate.ts";
import { type Candidates, choosePsps } from "./choose-psps.ts";
import { startDeposit } from "./start-deposit.ts";
import { tellDeposit } from "./tell-deposit.ts";

export interface DepositWish {
  readonly playerId: bigint;
  readonly requestId: string;
  readonly requestKey: string;
  /** Hash of what was asked for; the same request id with another one is refused. */
  readonly bodyHash: bigint;
  readonly traceId: string;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly token: string;
  /** Tokens of the same card at other providers. */
  readonly moreTokens: readonly string[];
  readonly returnUrl: string | null;
  /** Where the player is; null where an operator asks for them. */
  readonly place: Place | null;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** After this the job takes over a deposit whose request was cut off before the provider had answered, ms. */
const orphanMs = 30_000;

/** The deposit as it stands after the provider was asked; a repeat gets the same deposit, as it stands now. */
export async function requestDeposit(cashier: Cashier, wish: DepositWish): Promise<Result<DepositRecord>> {
  const earlier = await findDepositByRequest(cashier.db, wish.requestKey);
  if (earlier !== undefined) return sameRequest(earlier, wish);
  const player = await findPlayerForDeposit(cashier.db, wish.playerId);
  if (player === undefined) return err("PLAYER_NOT_FOUND");
  const rules = await listDepositRules(cashier.db, "CARD", new Date(cashier.clock.now()));
  const rule = rules.get(wish.currency);
  if (cashier.psps.size === 0 || rule === undefined) return err("METHOD_UNAVAILABLE");
  const candidates = await choosePsps(cashier, wish, player.country);
  if (!candidates.ok) return candidates;
  const written = await checkAndWrite(cashier, wish, { candidates: candidates.value, rule, status: player.status });
  if (!written.ok) return written;
  if (written.value.isNew) await startDeposit(cashier, written.value.id, "REQUEST");
  const deposit = await findDeposit(cashier.db, written.value.id);
  return deposit === undefined ? err("DEPOSIT_NOT_FOUND") : ok(deposit);
}

function sameRequest(earlier: DepositRecord, { bodyHash }: DepositWish): Result<DepositRecord> {
  return earlier.bodyHash === bodyHash ? ok(earlier) : err("REQUEST_REUSED");
}

interface Basis {
  readonly candidates: Candidates;
  readonly rule: DepositRule;
  readonly status: PlayerStatus;
}

type Written = { readonly id: bigint; readonly isNew: boolean };

/** Under locks of the player and of the card, so that what the checks count stays so until the deposit stands. */
function checkAndWrite(cashier: Cashier, wish: DepositWish, basis: Basis): Promise<Result<Written>> {
  const { db, clock } = cashier;
  const { playerId, currency, amount } = wish;
  const { candidates, rule, status } = basis;
  const now = clock.now();
  return db.transaction(async (tx) => {
    // In one order for all, so that two deposits never wait for each other.
    const cards = candidates.all.map(({ psp, card }) => ({ psp: psp.code, fingerprint: card.fingerprint }));
    for (const one of cards.toSorted((a, b) => (a.psp < b.psp ? -1 : 1)))
      await lockForDeposit(tx, { playerId, ...one });
    const earlier = await findDepositByRequest(tx, wish.requestKey);
    if (earlier !== undefined) {
      const same = sameRequest(earlier, wish);
      return same.ok ? ok({ id: earlier.id, isNew: false }) : same;
    }
    const checked = checkDeposit({
      playerStatus: status,
      currency,
      amount,
      rule,
      triedThisHour: await countDepositsSince(tx, playerId, new Date(now - hourMs)),
      otherOwners: await countOwnersOfAll(tx, cards, playerId),
      ...(await readDepositGate(cashier, tx, { playerId, currency, amount, place: wish.place }, now)),
    });
    if (checked.refusal?.failure.code === "INSTRUMENT_NOT_OWN") {
      await noteForeignInstruments(tx, playerId, cards, new Date(now));
    }
    if (checked.refusal !== undefined) return refuse(tx, wish, checked, checked.refusal);
    return ok({ id: await writeDown(tx, wish, basis, checked, now), isNew: true });
  });
}

async function refuse(
  tx: Transaction,
  { playerId, requestKey, traceId }: DepositWish,
  { checks }: CheckedDeposit,
  { check, failure }: NonNullable<CheckedDeposit["refusal"]>,
): Promise<Result<never>> {
  await insertDenial(tx, {
    playerId,
    requestKey,
    traceId,
    command: "deposit",
    code: failure.code,
    rule: `deposit.${check.name}`,
    ruleVersion: check.version,
    inputs: Object.assign({}, ...checks.map(({ inputs }) => inputs)) as Record<string, unknown>,
  });
  return { ok: false, error: failure };
}

async function writeDown(
  tx: Transaction,
  wish: DepositWish,
  { candidates, rule }: Basis,
  { checks }: CheckedDeposit,
  now: number,
): Promise<bigint> {
  const { playerId, requestKey, bodyHash, requestId, traceId, currency, amount, returnUrl } = wish;
  const attempts: { psp: string; instrumentId: bigint }[] = [];
  for (const { psp, token, card } of candidates.all) {
    attempts.push({
      psp: psp.code,
      instrumentId: await keepInstrument(tx, { playerId, psp: psp.code, token, ...card }),
    });
  }
  const [first] = attempts;
  assert(first !== undefined, "a deposit has a provider");
  const depositId = await insertDeposit(tx, {
    playerId,
    requestKey,
    bodyHash,
    requestId,
    traceId,
    ...first,
    method: "CARD",
    currency,
    amount,
    returnUrl,
    checks,
    expiresAt: new Date(now + rule.openMinutes * minuteMs),
    followAt: new Date(now + orphanMs),
  });
  await planAttempts(tx, depositId, candidates.rule, attempts);
  const about = {
    id: depositId,
    playerId,
    traceId,
    requestId,
    currency,
    amount,
    method: "CARD",
    psp: first.psp,
  } as const;
  await announceDeposit(tx, playerId, tellDeposit("deposit.initiated", about));
  return depositId;
}

async function countOwnersOfAll(
  tx: Transaction,
  cards: readonly { readonly psp: string; readonly fingerprint: string }[],
  playerId: bigint,
): Promise<number> {
  let most = 0;
  for (const card of cards) most = Math.max(most, await countOtherOwners(tx, { ...card, playerId }));
  return most;
}
