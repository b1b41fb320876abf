/**
 * A deposit as a player asks for it: the card is described by its provider, the house's checks are made and kept, the
 * deposit is written down, and only then is the provider asked for money. Whatever happens after that is found again:
 * by its webhooks, and by the job that asks about deposits of which nothing was heard.
 */
import { listDepositRules } from "@pitboss/db/cashier/deposit-rule-store";
import {
  announceDeposit,
  countDepositsSince,
  type DepositRecord,
  findDeposit,
  findDepositByRequest,
  insertDeposit,
  lockForDeposit,
} from "@pitboss/db/cashier/deposit-store";
import { countOtherOwners, keepInstrument } from "@pitboss/db/cashier/instrument-store";
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { checkDeposit, type CheckedDeposit, type DepositRule } from "@pitboss/domain/cashier/deposit-checks";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";
import type { Cashier } from "../cashier.ts";
import type { DescribedCard, Psp } from "../psp/psp.ts";
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
  readonly returnUrl: string | null;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** After this the job takes over a deposit whose request was cut off before the provider had answered, ms. */
const orphanMs = 30_000;

/** The deposit as it stands after the provider was asked; a repeat gets the same deposit, as it stands now. */
export async function requestDeposit(cashier: Cashier, wish: DepositWish): Promise<Result<DepositRecord>> {
  const earlier = await findDepositByRequest(cashier.db, wish.requestKey);
  if (earlier !== undefined) return sameRequest(earlier, wish);
  const status = await findPlayerStatus(cashier.db, wish.playerId);
  if (status === undefined) return err("PLAYER_NOT_FOUND");
  const rules = await listDepositRules(cashier.db, "CARD", new Date(cashier.clock.now()));
  const rule = rules.get(wish.currency);
  const [psp] = cashier.psps.values();
  if (psp === undefined || rule === undefined) return err("METHOD_UNAVAILABLE");
  const card = await describe(cashier, psp, wish.token);
  if (!card.ok) return card;
  const written = await checkAndWrite(cashier, wish, { psp, card: card.value, rule, status });
  if (!written.ok) return written;
  if (written.value.isNew) await startDeposit(cashier, written.value.id, "REQUEST");
  const deposit = await findDeposit(cashier.db, written.value.id);
  return deposit === undefined ? err("DEPOSIT_NOT_FOUND") : ok(deposit);
}

function sameRequest(earlier: DepositRecord, { bodyHash }: DepositWish): Result<DepositRecord> {
  return earlier.bodyHash === bodyHash ? ok(earlier) : err("REQUEST_REUSED");
}

async function describe({ log }: Cashier, psp: Psp, token: string): Promise<Result<DescribedCard>> {
  const asked = await psp.describeCard(token);
  if (asked.kind === "answered") return asked.value === undefined ? err("INSTRUMENT_INVALID") : ok(asked.value);
  log.warn({ psp: psp.code, why: asked.why }, "a card could not be looked up");
  return asked.kind === "refused" ? err("INSTRUMENT_INVALID") : err("PSP_UNAVAILABLE");
}

interface Basis {
  readonly psp: Psp;
  readonly card: DescribedCard;
  readonly rule: DepositRule;
  readonly status: PlayerStatus;
}

type Written = { readonly id: bigint; readonly isNew: boolean };

/** Under locks of the player and of the card, so that what the checks count stays so until the deposit stands. */
function checkAndWrite({ db, clock }: Cashier, wish: DepositWish, basis: Basis): Promise<Result<Written>> {
  const { playerId, currency, amount } = wish;
  const { psp, card, rule, status } = basis;
  const now = clock.now();
  return db.transaction(async (tx) => {
    await lockForDeposit(tx, { playerId, psp: psp.code, fingerprint: card.fingerprint });
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
      otherOwners: await countOtherOwners(tx, { psp: psp.code, fingerprint: card.fingerprint, playerId }),
    });
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
  { psp, card, rule }: Basis,
  { checks }: CheckedDeposit,
  now: number,
): Promise<bigint> {
  const { playerId, requestKey, bodyHash, requestId, traceId, currency, amount, token, returnUrl } = wish;
  const instrumentId = await keepInstrument(tx, { playerId, psp: psp.code, token, ...card });
  const id = await insertDeposit(tx, {
    playerId,
    instrumentId,
    requestKey,
    bodyHash,
    requestId,
    traceId,
    psp: psp.code,
    currency,
    amount,
    returnUrl,
    checks,
    expiresAt: new Date(now + rule.openMinutes * minuteMs),
    followAt: new Date(now + orphanMs),
  });
  const told = tellDeposit("deposit.initiated", { id, playerId, traceId, requestId, currency, amount, psp: psp.code });
  await announceDeposit(tx, playerId, told);
  return id;
}

/** What deposits are offered: the house's bounds by currency, where there is a provider at all. */
export async function listMethods({ db, clock, psps }: Cashier): Promise<ReadonlyMap<Currency, DepositRule>> {
  return psps.size === 0 ? new Map() : listDepositRules(db, "CARD", new Date(clock.now()));
}
