/**
 * A payment service's payout on its way to the house's bank, where a bank stands beside it: its address is in the file that
 * the bank itself writes. A bank that is down is tried again; without one the money arrives nowhere, as before.
 */
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { bankFile } from "../bank/bank-settings.ts";
import { payerIbanOf } from "./bank/payment-services.ts";
import type { Batch } from "./settlement.ts";

const tries = 5;
const betweenMs = 2_000;

export function payHouseBank(path: string, { code, name }: { readonly code: string; readonly name: string }) {
  return async ({ reference, currency, sent, paidAt }: Batch): Promise<void> => {
    if (sent === 0 || !existsSync(path)) return;
    const [bank] = bankFile.parse(JSON.parse(readFileSync(path, "utf8"))).banks;
    if (bank?.account.currency !== currency) return;
    const body = JSON.stringify({
      amount: sent,
      bookedOn: paidAt.slice(0, 10),
      endToEndId: reference,
      remittance: `Payout ${reference}`,
      counterparty: name,
      counterpartyIban: payerIbanOf(code),
    });
    const headers = { "content-type": "application/json" };
    for (let tried = 1; tried <= tries; tried += 1) {
      const answer = await fetch(`${bank.url}/_simulator/bookings`, { method: "POST", headers, body }).catch(
        () => undefined,
      );
      if (answer?.ok === true) return;
      await sleep(betweenMs);
    }
  };
}
