/** Which accounts the end of a cashier's break moves, and by how much. */
import type { BreakRecord } from "@pitboss/db/ops/break-store";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { BreakType } from "@pitboss/domain/ops/breaks/break-types";
import type { HousePosting } from "@pitboss/domain/ops/breaks/resolution";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import type { AskedResolution } from "../../ops/breaks/break-handler.ts";

type Account = HousePosting["from"];

/** Breaks between provider and bank are about money on its way, and those of the bank's alone about the account there. */
const transit: ReadonlySet<BreakType> = new Set(["MISSING_AT_BANK", "BANK_AMOUNT_DIFFERS"]);

export function planPosting(
  found: BreakRecord,
  { method, booking }: AskedResolution,
): Result<HousePosting | null, Failure<"RESOLUTION_INVALID">> {
  if (method === "EXPLAIN" || method === "MATCH") return ok(null);
  const { expected, got } = found;
  const currency = (got ?? expected)?.currency;
  if (currency === undefined || (expected !== null && got !== null && expected.currency !== got.currency)) {
    return err("RESOLUTION_INVALID", "The two sides are in different currencies; there is no one difference to post.");
  }
  const difference = (got?.amount ?? 0n) - (expected?.amount ?? 0n) + keptOf(found, currency);
  if (difference === 0n) return err("RESOLUTION_INVALID", "The two sides do not differ by any amount.");
  const account = accountOf(found);
  if (account === undefined) return err("RESOLUTION_INVALID", "The break does not say which account it is about.");
  const fee = method === "POST" && booking === "FEE";
  const against: Account = fee
    ? { kind: "FEES", qualifier: account.qualifier }
    : { kind: "DIFFERENCES", qualifier: method === "WRITE_OFF" ? "written-off" : "open" };
  // What others owe the house stands below zero: more of it takes from the account, less of it gives back.
  const [from, to] = difference > 0n ? [account, against] : [against, account];
  return ok({
    type: fee ? "PSP_FEE" : "RECONCILIATION",
    from,
    to,
    amount: formatMinor(difference < 0n ? -difference : difference, currency),
    currency,
  });
}

/** The provider owes what it took without the fee that it had named, which the ledger has as a cost already. */
function keptOf({ type, subject }: BreakRecord, currency: Currency): bigint {
  const fee =
    type === "MISSING_AT_PSP" && subject["fee"] !== undefined ? parseAmount(subject["fee"], currency) : undefined;
  return fee?.ok === true ? fee.value : 0n;
}

function accountOf({ type, subject }: BreakRecord): Account | undefined {
  const { psp, account } = subject;
  if (type === "BANK_UNEXPLAINED") return account === undefined ? undefined : { kind: "BANK", qualifier: account };
  if (psp === undefined) return undefined;
  return { kind: transit.has(type) ? "IN_TRANSIT" : "PSP_CLEARING", qualifier: psp };
}
