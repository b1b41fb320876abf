/**
 * Compares the house's money with providers and banks, three ways: the ledger with settlement reports, reports with what
 * they say was paid out, and payouts with the bank's statements. What differs is kept as breaks; a day without any says so,
 * with what each side adds up to. A run looks at the last weeks, and as far back as a break is open.
 */
import {
  findOldestOpenBreak,
  listClosings,
  listHandMatches,
  listPayoutPairs,
  listReportedPsps,
  listStatementGaps,
  listStrangeEntries,
  listStrangeLines,
  readSettlementRules,
} from "@pitboss/db/cashier/compare-bank";
import { type HandMatch, listDoubtfulPairs, pairSettlement, sumPairs } from "@pitboss/db/cashier/compare-settlement";
import type { Executor, Transaction } from "@pitboss/db/kernel/executor";
import { clearBreaks, type FoundBreak, recordBreaks } from "@pitboss/db/ops/break-store";
import { endRun, failRun, findRun, type RunRecord, type RunTrigger, startRun } from "@pitboss/db/ops/recon-run-store";
import { listHouseBalances } from "@pitboss/db/wallet/read-wallets";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { HealingMetrics } from "../../ops/metrics.ts";
import { tellDrift } from "../../ops/breaks/tell-drift.ts";
import { postSettlements } from "../settlement/post-settlements.ts";
import type { SettlementDesk } from "../settlement/settlement-desk.ts";
import {
  type BreakTime,
  comparePairs,
  comparePayouts,
  describeGaps,
  describeStrangeEntries,
  describeStrangeLines,
} from "./find-breaks.ts";
import { sumRun } from "./sum-run.ts";

const dayMs = 86_400_000;
/** Disputes and late reports come within this. */
const lookBackDays = 45;

export interface CashierRun {
  /** The business day (UTC) up to whose end it compares, `2026-11-27`. */
  readonly day: string;
  readonly by: string;
  readonly trigger: RunTrigger;
}

export async function reconcileCashier(
  desk: SettlementDesk,
  metrics: Pick<HealingMetrics, "countAlert">,
  { day, by, trigger }: CashierRun,
): Promise<Result<RunRecord>> {
  const { db } = desk;
  const until = endOf(desk, day);
  if (!until.ok) return until;
  const run = await startRun(db, { source: "cashier", scope: "all", day, trigger, startedBy: by });
  if (run === undefined) return err("RUN_UNDER_WAY");
  try {
    await postSettlements(desk);
    const window = await windowTo(db, until.value);
    const balances = await listHouseBalances(db);
    const transferBanks = new Map([...desk.bank.banks.values()].map(({ code, account }) => [code, account.iban]));
    await db.transaction(async (tx) => {
      const compared = await compareHouse(desk, tx, window);
      const recorded = await recordBreaks(tx, run, compared.breaks);
      const cleared = await clearBreaks(tx, run, window.from);
      const { lines, matched } = compared;
      await endRun(tx, run, {
        lines,
        matched,
        ...recorded,
        cleared,
        totals: sumRun(compared, balances, transferBanks),
      });
    });
  } catch (error) {
    await failRun(db, run, error instanceof Error ? error.message.slice(0, 300) : "It failed.");
    throw error;
  }
  const done = await findRun(db, run);
  if (done === undefined) throw new Error(`run ${run} was written and is not there`);
  await tellDrift(desk, metrics, { ...done, scope: "cashier" });
  return ok(done);
}

/** The end of a day that has begun. */
export function endOf({ clock }: Pick<SettlementDesk, "clock">, day: string): Result<Date> {
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || start > clock.now()) return err("REQUEST_INVALID", "This day has not begun.");
  return ok(new Date(start + dayMs));
}

export interface CompareSpan {
  readonly from: Date;
  readonly until: Date;
}

/** A break that began within a day is found again only by a run that looks at the whole of it. */
export async function windowTo(db: Executor, until: Date): Promise<CompareSpan> {
  const usual = until.getTime() - lookBackDays * dayMs;
  const oldest = await findOldestOpenBreak(db);
  return { from: new Date(Math.floor(Math.min(usual, oldest?.getTime() ?? usual) / dayMs) * dayMs), until };
}

/** What a run found, and what its sums are made of. */
export interface ComparedHouse {
  readonly breaks: readonly FoundBreak[];
  readonly lines: bigint;
  readonly matched: bigint;
  readonly sums: Awaited<ReturnType<typeof sumPairs>>["sums"];
  readonly waiting: ReturnType<typeof comparePairs>["waiting"];
  readonly payouts: Awaited<ReturnType<typeof listPayoutPairs>>;
  readonly closings: Awaited<ReturnType<typeof listClosings>>;
}

/** In a transaction of its own: it works with tables that live as long. */
export async function compareHouse(
  { settlements }: Pick<SettlementDesk, "settlements">,
  tx: Transaction,
  { from, until }: CompareSpan,
): Promise<ComparedHouse> {
  const psps = [...new Set([...settlements.keys(), ...(await listReportedPsps(tx))])];
  const window = { psps, from, until };
  const time: BreakTime = { untilMs: until.getTime(), rules: await readSettlementRules(tx, until) };
  await pairSettlement(tx, { ...window, matches: await readMatches(tx) });
  const { sums, lines, matched } = await sumPairs(tx);
  const { breaks, waiting, agreed } = comparePairs(await listDoubtfulPairs(tx), time);
  const payouts = await listPayoutPairs(tx, window);
  return {
    breaks: [
      ...breaks,
      ...comparePayouts(payouts, time),
      ...describeStrangeLines(await listStrangeLines(tx, window)),
      ...describeStrangeEntries(await listStrangeEntries(tx, window)),
      ...describeGaps(await listStatementGaps(tx, window)),
    ],
    lines,
    matched: matched + BigInt(agreed),
    sums,
    waiting,
    payouts,
    closings: await listClosings(tx, until),
  };
}

/** Lines that people said are a transaction of the ledger; what they matched at the bank is linked there. */
async function readMatches(tx: Transaction): Promise<HandMatch[]> {
  return (await listHandMatches(tx)).flatMap(({ ours, theirs }): HandMatch[] => {
    const transactionId = parseId("transaction", ours);
    const line = parseLine(theirs);
    return transactionId === undefined || line === undefined ? [] : [{ ...line, transactionId }];
  });
}

/** `srp_1/4`, as people name a line. */
export function parseLine(text: string): { readonly reportId: bigint; readonly number: number } | undefined {
  const [id = "", number = ""] = text.split("/");
  const reportId = parseId("settlementReport", id);
  return reportId === undefined || !/^[1-9]\d{0,8}$/.test(number) ? undefined : { reportId, number: Number(number) };
}
