/**
 * What reports and statements say becomes the ledger's: what a provider kept beyond the fees that it had named, what it
 * withholds or lets go, and its payout on the way to the bank and there. Each posting has one request id for ever, and the
 * last of a report is in one transaction with the mark that it was posted: whoever is cut off goes on where it was.
 */
import { randomUUID } from "node:crypto";
import {
  type EntryRecord,
  linkBankEntries,
  listUnpostedArrivals,
  markArrivalPostedStatement,
} from "@pitboss/db/cashier/bank-statement-store";
import {
  listLateFees,
  listUnpostedReports,
  markReportPosted,
  markReportPostedStatement,
  settleDeposits,
  type UnpostedReport,
} from "@pitboss/db/cashier/settlement-store";
import type { Statement } from "@pitboss/db/kernel/session";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { HouseAccount, HousePost } from "@pitboss/domain/wallet/post-between";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { SettlementDesk } from "./settlement-desk.ts";

const atOnce = 50;
/** How far back a deposit may have been credited after its report, days. */
const lateDays = 120;
const dayMs = 86_400_000;

/** Posts all that is there to be posted, and settles what was credited late. */
export async function postSettlements(desk: SettlementDesk): Promise<void> {
  for (;;) {
    const reports = await listUnpostedReports(desk.db, atOnce);
    for (const report of reports) await postReport(desk, report);
    if (reports.length < atOnce) break;
  }
  await linkBankEntries(desk.db);
  for (;;) {
    const arrivals = await listUnpostedArrivals(desk.db, atOnce);
    for (const arrival of arrivals) await postArrival(desk, arrival);
    if (arrivals.length < atOnce) break;
  }
  const since = new Date(desk.clock.now() - lateDays * dayMs);
  for (const { depositId, psp, currency, fee } of await listLateFees(desk.db, since)) {
    const id = formatId("deposit", depositId);
    const posting = movement(-fee, account("FEES", psp), account("PSP_CLEARING", psp));
    await submit(
      desk,
      `${id}:named-fee`,
      { type: "PSP_FEE", currency, ...posting, reference: depositId },
      { deposit: id },
    );
  }
  await settleDeposits(desk.db, null, since);
}

async function postReport(desk: SettlementDesk, report: UnpostedReport): Promise<void> {
  const { id, psp, currency, fees, named, reserve, paidOut, reference } = report;
  const reportId = formatId("settlementReport", id);
  const clearing = account("PSP_CLEARING", psp);
  const due = [
    // What the provider keeps or withholds it owes the house no more.
    { name: "fee", type: "PSP_FEE", amount: fees - named, from: account("FEES", psp) },
    { name: "reserve", type: "RESERVE", amount: reserve, from: account("PSP_RESERVE", psp) },
    { name: "payout", type: "SETTLEMENT", amount: paidOut, from: account("IN_TRANSIT", psp) },
  ] as const;
  const posts = due.filter(({ amount }) => amount !== 0n);
  for (const [index, { name, type, amount, from }] of posts.entries()) {
    const last = index === posts.length - 1;
    const post = { type, currency, ...movement(amount, from, clearing), reference: id };
    const mark = { statement: markReportPostedStatement, values: [id.toString()] };
    await submit(desk, `${reportId}:${name}`, post, { report: reportId, payout: reference }, last ? mark : undefined);
  }
  if (posts.length === 0) await markReportPosted(desk.db, id);
}

async function postArrival(desk: SettlementDesk, entry: EntryRecord): Promise<void> {
  const { statementId, number, amount, currency, account: iban, psp, reportId } = entry;
  if (psp === null || reportId === null) return;
  const name = `${formatId("bankStatement", statementId)}/${number}`;
  const post: Post = {
    type: "SETTLEMENT",
    currency,
    ...movement(amount, account("BANK", iban), account("IN_TRANSIT", psp)),
    reference: reportId,
  };
  const mark = { statement: markArrivalPostedStatement, values: [statementId.toString(), String(number)] };
  await submit(desk, `${name}:arrive`, post, { report: formatId("settlementReport", reportId), entry: name }, mark);
}

type Post = Omit<HousePost, "details"> & { readonly currency: Currency };

function account(kind: HouseAccount["kind"], qualifier: string): HouseAccount {
  return { kind, qualifier };
}

/** A movement below zero goes the other way. */
function movement(amount: bigint, from: HouseAccount, to: HouseAccount): Pick<HousePost, "amount" | "from" | "to"> {
  return amount < 0n ? { amount: -amount, from: to, to: from } : { amount, from, to };
}

async function submit(
  { lanes }: SettlementDesk,
  requestId: string,
  post: Post,
  details: Readonly<Record<string, string>>,
  alongside?: { readonly statement: Statement; readonly values: readonly string[] },
): Promise<void> {
  const answer = await lanes.submit({
    requestId,
    traceId: randomUUID().replaceAll("-", ""),
    actor: "job:settlement",
    command: {
      type: "post",
      playerId: 0n,
      requestKey: requestKey("cashier", requestId),
      bodyHash: hash64(requestId),
      post: { ...post, details },
    },
    ...(alongside === undefined ? {} : { alongside: [alongside] }),
  });
  // It is tried again by the next run, under the same request id.
  if (answer.kind === "failed") throw new Error(`${requestId} was not posted: ${answer.failure.code}`);
  const { outcome } = answer.ran;
  if (outcome.kind === "refused") throw new Error(`${requestId} was refused: ${outcome.decision.failure.code}`);
}
