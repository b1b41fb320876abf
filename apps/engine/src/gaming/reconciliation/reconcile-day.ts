/**
 * Compares a provider's file of a day with the house's rounds and leaves what differs as breaks. The same file compared
 * again finds the same breaks; a later one of the day clears what it no longer shows.
 */
import { createHash } from "node:crypto";
import { findProviderFile, insertProviderFile, listToldRounds } from "@pitboss/db/gaming/provider-file-store";
import { findProviderId } from "@pitboss/db/gaming/provider-store";
import { clearBreaks, type FoundBreak, recordBreaks } from "@pitboss/db/ops/break-store";
import {
  endRun,
  failRun,
  findRun,
  type RunRecord,
  type RunTotal,
  type RunTrigger,
  startRun,
} from "@pitboss/db/ops/recon-run-store";
import { type RoundBreak, sumOwnRound } from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import {
  readRoundFile,
  type RoundFileFormat,
  type ToldRound,
} from "@pitboss/domain/gaming/reconciliation/read-round-file";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { HealingMetrics } from "../../ops/metrics.ts";
import { tellDrift } from "../../ops/breaks/tell-drift.ts";
import { type ComparedDay, compareDay, dayMs, dayOf } from "./load-day.ts";

export type ReconcileDeps = Pick<StaffDeps, "db" | "clock" | "log" | "objects">;

export interface GivenRoundFile {
  readonly provider: string;
  readonly day: string;
  readonly format: RoundFileFormat;
  readonly text: string;
}

export interface ReadFile {
  readonly providerId: number;
  readonly sha256: string;
  readonly rounds: readonly ToldRound[];
}

/** A bad line is one too many: its round would look as if the provider did not have it. */
export async function readFile(
  { db, clock }: Pick<ReconcileDeps, "db" | "clock">,
  { provider, day, format, text }: GivenRoundFile,
): Promise<Result<ReadFile>> {
  const providerId = await findProviderId(db, provider);
  if (providerId === undefined) return err("PROVIDER_NOT_FOUND");
  if (day > dayOf(clock.now())) return err("REQUEST_INVALID", "This day has not begun.");
  const { rounds, bad } = readRoundFile(text, format);
  if (bad.length > 0) {
    const told = bad.slice(0, 10).map(({ line, why }) => `line ${line}: ${why}`);
    return err("REQUEST_INVALID", `${bad.length} lines can't be read; ${told.join("; ")}`);
  }
  return ok({ providerId, rounds, sha256: createHash("sha256").update(text).digest("hex") });
}

/** The scope of a provider's day, by which its runs and breaks are found. */
export function scopeOf(provider: string, day: string): string {
  return `${provider}/${day}`;
}

export interface Started {
  readonly by: string;
  readonly trigger: RunTrigger;
}

/** Keeps the file, and compares its day; and the day before, whose last rounds it may hold. */
export async function importRoundFile(
  deps: ReconcileDeps,
  metrics: Pick<HealingMetrics, "countAlert">,
  given: GivenRoundFile,
  { providerId, sha256, rounds }: ReadFile,
  started: Started,
): Promise<Result<RunRecord>> {
  const { db, objects } = deps;
  const { provider, day, format } = given;
  const place = `provider-files/${provider}/${day}/${sha256}.${format}`;
  await objects.put(place, Buffer.from(given.text), format === "csv" ? "text/csv" : "application/json");
  const kept = { providerId, day, format, sha256, importedBy: started.by };
  const isNew = await db.transaction((tx) => insertProviderFile(tx, kept, rounds));
  const run = await reconcileDay(deps, metrics, { provider, providerId, day }, started);
  const before = dayOf(Date.parse(`${day}T00:00:00Z`) - dayMs);
  if (run.ok && isNew && (await findProviderFile(db, providerId, before)) !== undefined) {
    const again = await reconcileDay(deps, metrics, { provider, providerId, day: before }, started);
    if (!again.ok)
      deps.log.warn({ provider, day: before, failure: again.error }, "the day before was not compared again");
  }
  return run;
}

export interface NamedDay {
  readonly provider: string;
  readonly providerId: number;
  readonly day: string;
}

/** Compares a day whose file was taken in. */
export async function reconcileDay(
  deps: ReconcileDeps,
  metrics: Pick<HealingMetrics, "countAlert">,
  { provider, providerId, day }: NamedDay,
  started: Started,
): Promise<Result<RunRecord>> {
  const { db } = deps;
  const scope = scopeOf(provider, day);
  const file = await findProviderFile(db, providerId, day);
  if (file === undefined) return err("RECORD_NOT_FOUND", `No file of ${provider} for ${day} was taken in.`);
  const run = await startRun(db, { source: "provider", scope, day, trigger: started.trigger, startedBy: started.by });
  if (run === undefined) return err("RUN_UNDER_WAY");
  try {
    const told = await listToldRounds(db, file.id);
    const compared = await compareDay(db, { providerId, day }, told);
    await db.transaction(async (tx) => {
      const found = compared.breaks.map((one) => describeBreak(one, provider, day));
      const recorded = await recordBreaks(tx, run, found);
      const cleared = await clearBreaks(tx, run);
      const totals = sumTotals(compared, told, provider);
      const lines = BigInt(told.length + compared.own.size);
      await endRun(tx, run, { lines, matched: BigInt(compared.matched), ...recorded, cleared, totals });
    });
  } catch (error) {
    await failRun(db, run, error instanceof Error ? error.message.slice(0, 300) : "It failed.");
    throw error;
  }
  const done = await findRun(db, run);
  if (done === undefined) throw new Error(`run ${run} was written and is not there`);
  await tellDrift(deps, metrics, done);
  return ok(done);
}

/** What is known of a difference: by the net of the house on both sides, and in words that people know. */
export function describeBreak({ type, own, told }: RoundBreak, provider: string, day: string): FoundBreak {
  const player = told?.player ?? formatId("player", own?.playerId ?? 0n);
  const roundRef = told?.roundRef ?? own?.roundRef ?? "";
  // The second line of one round is another break than the first.
  const line = type === "ROUND_DUPLICATED" ? `|${told?.line ?? 0}` : "";
  const sums = own === null ? null : sumOwnRound(own);
  const amounts = (currency: Currency, { bets, wins }: { bets: bigint; wins: bigint }): string =>
    `bets ${formatMinor(bets, currency)}, wins ${formatMinor(wins, currency)} ${currency}`;
  return {
    type,
    key: `${scopeOf(provider, day)}|${player}|${roundRef}${line}${type === "ROUND_DUPLICATED" ? "|twice" : ""}`,
    subject: {
      provider,
      day,
      playerId: player,
      roundId: roundRef,
      ...(own === null || sums === null ? {} : { here: `${sums.status}: ${amounts(own.currency, sums)}` }),
      ...(told === null ? {} : { there: `${told.status}: ${amounts(told.currency, told)}`, line: String(told.line) }),
    },
    expected: own === null || sums === null ? null : { amount: sums.bets - sums.wins, currency: own.currency },
    got: told === null ? null : { amount: told.bets - told.wins, currency: told.currency },
    happenedAt: new Date(own?.startedAtMs ?? Date.parse(`${day}T00:00:00Z`)),
  };
}

function sumTotals({ own }: ComparedDay, told: readonly ToldRound[], scope: string): RunTotal[] {
  const totals = new Map<string, { side: string; what: string; currency: Currency; count: number; amount: bigint }>();
  const add = (side: string, what: string, currency: Currency, amount: bigint): void => {
    const key = `${side} ${what} ${currency}`;
    const total = totals.get(key) ?? { side, what, currency, count: 0, amount: 0n };
    totals.set(key, { ...total, count: total.count + 1, amount: total.amount + amount });
  };
  for (const round of own.values()) {
    const { bets, wins } = sumOwnRound(round);
    add("LEDGER", "BETS", round.currency, bets);
    add("LEDGER", "WINS", round.currency, wins);
  }
  for (const { status, currency, bets, wins } of told) {
    const counted = status !== "ROLLED_BACK";
    add("PROVIDER", "BETS", currency, counted ? bets : 0n);
    add("PROVIDER", "WINS", currency, counted ? wins : 0n);
  }
  return [...totals.values()].map(({ amount, ...total }) => ({
    ...total,
    scope,
    amount: formatMinor(amount, total.currency),
  }));
}
