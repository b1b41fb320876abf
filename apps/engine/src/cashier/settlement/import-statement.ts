/**
 * Takes in a bank's statements (camt.053), each once: the bytes are kept under their hash, and entries that name a
 * provider's payout are found to be it. The same statement again is nothing new; another one under its name is refused.
 */
import { createHash } from "node:crypto";
import { insertStatement } from "@pitboss/db/cashier/bank-statement-store";
import { canonicalJson } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { parseCamt053, type Statement } from "../bank/camt053.ts";
import { postSettlements } from "./post-settlements.ts";
import type { SettlementDesk } from "./settlement-desk.ts";

export interface ImportedStatement {
  readonly statementId: string;
  readonly account: string;
  readonly reference: string;
  readonly currency: string;
  readonly entries: number;
  /** False where it was imported before with the same content. */
  readonly fresh: boolean;
}

export async function importStatement(
  desk: SettlementDesk,
  xml: string,
  importedBy: string,
): Promise<Result<readonly ImportedStatement[]>> {
  const parsed = parseCamt053(xml);
  if (!parsed.ok) return parsed;
  const object = statementFileName(xml);
  await desk.objects.put(object, Buffer.from(xml), "application/xml");
  const imported = await desk.db.transaction(async (tx): Promise<Result<ImportedStatement[]>> => {
    const done: ImportedStatement[] = [];
    for (const statement of parsed.value) {
      const { id: reference, iban: account, currency, from, to, entries, sequence, opening, closing } = statement;
      const made = await insertStatement(tx, {
        account,
        reference,
        sequence,
        currency,
        dayFrom: from,
        dayTo: to,
        opening,
        closing,
        // An entry of nothing, as some banks write for information, moves no money.
        entries: entries.filter(({ amount }) => amount !== 0n),
        sha256: hashOf(statement),
        object,
        importedBy,
      });
      const statementId = formatId("bankStatement", made.id);
      if (made.kind === "changed") {
        return err("REPORT_CHANGED", `${reference} is ${statementId}, and the file says something else of it.`);
      }
      const fresh = made.kind === "new";
      done.push({ statementId, account, reference, currency, entries: entries.length, fresh });
    }
    return ok(done);
  });
  if (imported.ok && imported.value.some(({ fresh }) => fresh)) await postSettlements(desk);
  return imported;
}

export function statementFileName(xml: string): string {
  return `bank-statements/${createHash("sha256").update(xml).digest("hex")}.xml`;
}

function hashOf({ opening, closing, entries, ...same }: Statement): string {
  const told = entries.map(({ amount, ...entry }) => ({ ...entry, amount: amount.toString() }));
  const whole = { ...same, opening: opening.toString(), closing: closing.toString(), entries: told };
  return createHash("sha256").update(canonicalJson(whole)).digest("hex");
}
