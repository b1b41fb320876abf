/** Breaks of the cashier: how they are ended, and the records on both sides. */
import { findEntry } from "@pitboss/db/cashier/bank-statement-store";
import { findReport, listLinesOf } from "@pitboss/db/cashier/settlement-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { type BreakRecord, insertMatches } from "@pitboss/db/ops/break-store";
import { findTransaction } from "@pitboss/db/wallet/search-transactions";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { BreakHandler } from "../../ops/breaks/break-handler.ts";
import { planPosting } from "./plan-posting.ts";
import { parseLine } from "./reconcile-cashier.ts";
import { showSides } from "./show-sides.ts";

export const cashierBreakHandler: BreakHandler = {
  async plan({ db }, found, asked) {
    if (asked.method === "MATCH") {
      const named = await checkMatches(db, found, asked.matches);
      if (!named.ok) return named;
    }
    const posting = planPosting(found, asked);
    if (!posting.ok) return posting;
    return ok({ posting: posting.value, matches: asked.method === "MATCH" ? asked.matches : [] });
  },
  async settle(tx, found, { method, matches }) {
    if (method !== "MATCH") return ok(undefined);
    const { ours, theirs } = found.subject;
    const pairs = matches.map((match) =>
      ours !== undefined ? { ours, theirs: match } : { ours: match, theirs: theirs ?? found.key },
    );
    return (await insertMatches(tx, found, pairs)) ? ok(undefined) : err("NOTHING_CHANGES");
  },
  show: ({ db }, found) => showSides(db, found),
};

/** What it is said to be the same as is there: a line for a transaction, a statement's entry for a payout, and the reverse. */
async function checkMatches(db: Executor, found: BreakRecord, matches: readonly string[]): Promise<Result<undefined>> {
  if (matches.length === 0) return err("RESOLUTION_INVALID", "Name the record that it is the same as.");
  const { ours, theirs } = found.subject;
  const bank = found.type === "MISSING_AT_BANK" || found.type === "BANK_UNEXPLAINED";
  if (bank && matches.length > 1) return err("RESOLUTION_INVALID", "A payout arrives as one entry.");
  for (const name of matches) {
    const there = ours !== undefined ? await findTheirs(db, name, bank) : await findOurs(db, name, bank);
    if (!there) {
      const what = ours !== undefined ? (bank ? "bst_1/2" : "srp_1/4") : bank ? "srp_1" : "tx_1";
      return err("RESOLUTION_INVALID", `${name} is no record of the other side; name it as in ${what}.`);
    }
  }
  return ours === undefined && theirs === undefined
    ? err("RESOLUTION_INVALID", "The break does not say which record it is about.")
    : ok(undefined);
}

async function findTheirs(db: Executor, name: string, bank: boolean): Promise<boolean> {
  if (!bank) {
    const line = parseLine(name);
    return line !== undefined && (await listLinesOf(db, line)).length > 0;
  }
  const [id = "", number = ""] = name.split("/");
  const statementId = parseId("bankStatement", id);
  const entry = statementId === undefined ? undefined : await findEntry(db, statementId, Number(number));
  return entry?.reportId === null;
}

async function findOurs(db: Executor, name: string, bank: boolean): Promise<boolean> {
  const id = parseId(bank ? "settlementReport" : "transaction", name);
  if (id === undefined) return false;
  if (!bank) return (await findTransaction(db, id)) !== undefined;
  const report = await findReport(db, id);
  return report?.arrived === null;
}
