/** Breaks of the cashier: how they are ended, and the records on both sides. */
import { type BreakRecord, insertMatches } from "@pitboss/db/ops/break-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { findTransaction } from "@pitboss/db/wallet/search-transactions";
import type { BreakEvidence, BreakHandler } from "../../ops/breaks/break-handler.ts";
import { planPosting } from "./plan-posting.ts";

export const cashierBreakHandler: BreakHandler = {
  async plan(_deps, found, asked) {
    if (asked.method === "MATCH" && asked.matches.length === 0) {
      return err("RESOLUTION_INVALID", "Name the record that it is the same as.");
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
  show: async ({ db }, found) => showLedger(db, found),
};

/** The postings behind the house's own side, where it has one. */
async function showLedger(db: Executor, { subject }: BreakRecord): Promise<readonly BreakEvidence[]> {
  const id = parseId("transaction", subject["transactionId"] ?? "");
  const found = id === undefined ? undefined : await findTransaction(db, id);
  if (found === undefined) return [];
  const postings = found.postings.map(
    ({ kind, qualifier, currency, available, held }) =>
      `${kind}${qualifier === "" ? "" : `[${qualifier}]`} ${formatMinor(available + held, currency)} ${currency}`,
  );
  return [
    {
      side: "OURS",
      record: "LEDGER",
      facts: {
        transactionId: subject["transactionId"] ?? "",
        type: found.type,
        at: new Date(transactionTimeMs(found.id)).toISOString(),
        postings: postings.join(", "),
      },
    },
  ];
}
