/**
 * A deposit as a player asks for it: the card is described by its provider, the house's checks are made and kept, the
 * deposit is written down, and only then is the provider asked for money. Whatever happens after that is found again:
 * by its webhooks, and by the job that asks about deposits of which nothing was heard.
 */
import { listDepositRules } from "@pitboss/db/cashier/deposit-rule-store";
import {
  countDepositsSince,
  type DepositRecord,
  findDeposit,
  findDepositByRequest,
  insertDeposit,
} from "@pitboss/db/cashier/deposit-store";
import { countOtherOwners, keepInstrument } from "@pitboss/db/cashier/instrument-store";
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { checkDeposit, type CheckedDeposit, type DepositRule } from "@pitboss/domain/cashier/deposit-checks";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Cashier } from "../cashier.ts";
import type { DescribedCard, Psp } from "../psp/psp.ts";
import { startDeposit } from "./start-deposit.ts";

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
  const checked = checkDeposit({
    playerStatus: status,
    currency: wish.currency,
    amount: wish.amount,
    rule,
    triedThisHour: await countDepositsSince(cashier.db, wish.playerId, new Date(cashier.clock.now() - hourMs)),
    otherOwners: await countOtherOwners(cashier.db, {
      psp: psp.code,
      fingerprint: card.value.fingerprint,
      playerId: wish.playerId,
    }),
  });
  if (checked.refusal !== undefined) return refuse(cashier, wish, checked, checked.refusal);
  const id = await writeDown(cashier, wish, psp, card.value, rule, checked);
  if (id === undefined) {
    const first = await findDepositByRequest(cashier.db, wish.requestKey);
    return first === undefined ? err("OVERLOADED") : sameRequest(first, wish);
  }
  await startDeposit(cashier, id, "REQUEST");
  const deposit = await findDeposit(cashier.db, id);
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

async function refuse(
  { db }: Cashier,
  { playerId, requestKey, traceId }: DepositWish,
  { checks }: CheckedDeposit,
  { check, failure }: NonNullable<CheckedDeposit["refusal"]>,
): Promise<Result<never>> {
  await insertDenial(db, {
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

function writeDown(
  { db, clock }: Cashier,
  wish: DepositWish,
  psp: Psp,
  card: DescribedCard,
  { openMinutes }: DepositRule,
  { checks }: CheckedDeposit,
): Promise<bigint | undefined> {
  const { playerId, requestKey, bodyHash, requestId, traceId, currency, amount, token, returnUrl } = wish;
  const now = clock.now();
  return db.transaction(async (tx) => {
    const instrumentId = await keepInstrument(tx, { playerId, psp: psp.code, token, ...card });
    return insertDeposit(tx, {
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
      expiresAt: new Date(now + openMinutes * minuteMs),
      followAt: new Date(now + orphanMs),
    });
  });
}

/** What deposits are offered: the house's bounds by currency, where there is a provider at all. */
export async function listMethods({ db, clock, psps }: Cashier): Promise<ReadonlyMap<Currency, DepositRule>> {
  return psps.size === 0 ? new Map() : listDepositRules(db, "CARD", new Date(clock.now()));
}
