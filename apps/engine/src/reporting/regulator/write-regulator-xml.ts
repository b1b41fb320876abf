/**
 * A regulator's file, day after day as XML of docs/reports/regulator-report.xsd. Each day is compared with its tie-out as
 * it is written: facts that moved since then end the file, and nothing of it is kept.
 */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Closing } from "@pitboss/db/reporting/closings-store";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import {
  grossRevenue,
  type PlayAmounts,
  type Reconciled,
  reconcileDay,
  type RegulatorInput,
} from "@pitboss/domain/reporting/regulator-report";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { fragment } from "xmlbuilder2";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { sortedLines } from "../days/close-day.ts";
import { checkDays } from "./check-days.ts";
import { type BonusSums, type GamePlay, PlacingsMissing, readBonuses, readPlay } from "./read-play.ts";

const regulatorNamespace = "urn:pitboss:regulator-report:1";

type WriteDeps = Pick<StaffDeps, "db" | "reports" | "clock"> & {
  readonly settings: Pick<StaffDeps["settings"], "operator">;
};

interface Day {
  readonly closing: Closing;
  readonly play: readonly GamePlay[];
  readonly bonuses: readonly BonusSums[];
  readonly totals: readonly Reconciled[];
}

/** The number of records, or why there is no such file. */
export async function writeRegulatorXml(
  deps: WriteDeps,
  input: RegulatorInput,
  path: string,
): Promise<Result<bigint, Failure<"DAYS_NOT_TIED">>> {
  const closings = await checkDays(deps, input);
  if (!closings.ok) return closings;
  let records = 0n;
  async function* parts(): AsyncGenerator<string> {
    yield opening(deps, input);
    for (const closing of closings.ok ? closings.value : []) {
      const day = await readDay(deps, input, closing);
      records += BigInt(day.play.length);
      yield dayXml(day);
    }
    yield "</RegulatorReport>\n";
  }
  try {
    await pipeline(parts, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    if (error instanceof DayMoved) return err("DAYS_NOT_TIED", error.message);
    if (error instanceof PlacingsMissing) {
      return err("DAYS_NOT_TIED", "Facts from before placings were kept can't say what was open: rebuild the reports.");
    }
    throw error;
  }
  return ok(records);
}

/** What a day's facts say now is not what was tied. */
class DayMoved extends Error {}

async function readDay(
  { reports: { store } }: WriteDeps,
  { jurisdiction }: RegulatorInput,
  closing: Closing,
): Promise<Day> {
  const all = await readPlay(store, closing.day);
  const lines = sortedLines(closing.lines).map((line) => ({ ...line, ledger: BigInt(line.ledger) }));
  const totals = reconcileDay(jurisdiction, all, lines);
  const off = totals.find(({ tied }) => !tied);
  if (off !== undefined) throw new DayMoved(`${closing.day} is no longer as it was tied, in ${off.currency}.`);
  return {
    closing,
    play: all.filter((one) => one.jurisdiction === jurisdiction),
    bonuses: await readBonuses(store, closing.day, jurisdiction),
    totals,
  };
}

/** What XML has no way to write is left out of a name; all else is escaped by the builder. */
const builder = { invalidCharReplacement: "" } as const;

function opening({ settings, clock }: WriteDeps, { from, to, jurisdiction }: RegulatorInput): string {
  const root = fragment(builder).ele("RegulatorReport", {
    xmlns: regulatorNamespace,
    version: "1",
    operator: settings.operator,
    jurisdiction,
    from,
    to,
    zone: "UTC",
    made: new Date(clock.now()).toISOString(),
  });
  // The element is closed after the last day; the days in between come one at a time.
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.toString().replace(/\/>$/, ">")}\n`;
}

function dayXml({ closing, play, bonuses, totals }: Day): string {
  const day = fragment(builder).ele("Day", {
    date: closing.day,
    revision: String(closing.revision),
    closed: closing.closedAt.toISOString(),
  });
  for (const one of play) {
    const record = day.ele("Record", { provider: one.provider, game: one.game, currency: one.currency });
    record.ele("Play", amounts(one, one.currency));
    record.ele("Bets", {
      settled: String(one.settled),
      corrected: String(one.corrected),
      pushed: String(one.pushed),
      voided: String(one.voided),
      rolledBack: String(one.rolledBack),
      players: String(one.players),
    });
    record.ele("Open", { bets: String(one.openBets), stakes: formatMinor(one.openStakes, one.currency) });
  }
  for (const { currency, ...sums } of bonuses) {
    const texts = Object.entries(sums).map(([name, sum]) => [name, formatMinor(sum, currency)]);
    day.ele("Bonuses", { currency, ...(Object.fromEntries(texts) as Record<string, string>) });
  }
  for (const { currency, ledger, reported, elsewhere } of totals) {
    const total = day.ele("Total", { currency });
    total.ele("Reported", amounts(reported, currency));
    total.ele("OtherJurisdictions", amounts(elsewhere, currency));
    total.ele("Ledger", amounts(ledger, currency));
  }
  return `${day.toString({ prettyPrint: true, offset: 1 })}\n`;
}

function amounts(play: PlayAmounts, currency: Currency): Record<string, string> {
  return {
    stakes: formatMinor(play.stakes, currency),
    stakesBonus: formatMinor(play.stakesBonus, currency),
    wins: formatMinor(play.wins, currency),
    winsBonus: formatMinor(play.winsBonus, currency),
    ggr: formatMinor(grossRevenue(play), currency),
  };
}
