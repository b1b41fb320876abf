/**
 * Turns what came over a chain into the currency that the player asked for, at the rate of that moment, which is kept with
 * the conversion. Where there is no rate now it is tried again; where the player was faster, what is left stays as it is.
 */
import { claimDueConversions, type DueConversion, endConversion } from "@pitboss/db/cashier/chain-deposit-store";
import { findDeposit } from "@pitboss/db/cashier/deposit-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Ran } from "../../wallet/run-batch.ts";
import type { Cashier } from "../cashier.ts";

const atOnce = 20;
/** When it is tried again, also by another engine, ms. */
const againMs = 30_000;

/** True where there may be more to do at once. */
export async function convertDeposits(cashier: Cashier): Promise<boolean> {
  const now = cashier.clock.now();
  const due = await claimDueConversions(cashier.db, {
    now: new Date(now),
    until: new Date(now + againMs),
    limit: atOnce,
  });
  for (const one of due) {
    await convertOne(cashier, one).catch((error: unknown) => {
      cashier.log.warn({ err: error, deposit: formatId("deposit", one.depositId) }, "a conversion has to wait");
    });
  }
  return due.length === atOnce;
}

async function convertOne({ db, lanes, rates, log }: Cashier, { depositId: id, to }: DueConversion): Promise<void> {
  const deposit = await findDeposit(db, id);
  if (deposit?.credited == null) return;
  const { playerId, currency, credited, traceId } = deposit;
  const quote = rates.quote(credited, currency, to);
  const depositId = formatId("deposit", id);
  if (!quote.ok) {
    log.warn({ deposit: depositId, code: quote.error.code }, "there is no rate to convert a deposit at");
    return;
  }
  const requestId = `${depositId}:convert`;
  const answer = await lanes.submit({
    requestId,
    traceId,
    actor: "job:conversions",
    command: {
      type: "move",
      playerId,
      requestKey: requestKey("cashier", requestId),
      // The rate is that of the first try that was carried out.
      bodyHash: hash64(`convert|${depositId}|${to}`),
      move: {
        type: "CONVERSION",
        playerId,
        currency,
        amount: credited,
        to,
        quote,
        reference: id,
        details: { depositId },
      },
    },
  });
  if (answer.kind === "failed") throw new Error(`a deposit was not converted: ${answer.failure.code}`);
  const { outcome } = answer.ran;
  if (outcome.kind === "refused") {
    log.info({ deposit: depositId, code: outcome.decision.failure.code }, "a deposit is not converted any more");
    await endConversion(db, id, null);
    return;
  }
  await endConversion(db, id, transactionOf(outcome));
}

/** The conversion that this request stands for; null where the ledger had refused it before. */
function transactionOf(outcome: Exclude<Ran["outcome"], { kind: "refused" }>): bigint | null {
  if (outcome.kind === "deferred") throw new Error("a conversion was put off");
  return outcome.kind === "accepted" ? (outcome.decision.transactions[0]?.id ?? null) : outcome.request.ref;
}
