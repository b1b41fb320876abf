/**
 * The table of rates that this engine converts at. It is read again every few hours; whatever goes wrong, the last good
 * table stays until it is too old, and then conversions are refused rather than guessed.
 */
import { findNewestRateTable, insertRateTable } from "@pitboss/db/wallet/rate-tables";
import { compareRational, rationalOfDecimal } from "@pitboss/domain/kernel/rational";
import { err, ok, type Failure, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { type Conversion, convert, type RateTable } from "@pitboss/domain/wallet/exchange";
import type { Context } from "../../kernel/context.ts";
import type { RateSource } from "./rate-source.ts";

export interface RateBoard {
  current(): Result<RateTable, Failure<"RATES_UNAVAILABLE">>;
  /** When the current table is too old to convert at, ms since 1970; infinite for a file. */
  usableUntilMs(): number;
  /** Converts minor units at the current table. */
  quote(amount: bigint, from: Currency, to: Currency): Result<Conversion>;
  /** Reads the source now; a failure is logged, and the current table stays. */
  refresh(): Promise<void>;
  stop(): void;
}

const retryMs = { first: 60_000, most: 3_600_000 };

/** Throws where a local source can't be read: a setting that is wrong stops the start. */
export async function openRateBoard(context: Context, source: RateSource): Promise<RateBoard> {
  const { clock, log } = context;
  const stopping = new AbortController();
  let current: RateTable | undefined;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  async function refresh(): Promise<void> {
    const read = await readChecked(context, source, current, stopping.signal);
    if (stopping.signal.aborted) return;
    if (read.ok) {
      if (current?.asOf !== read.value.asOf) {
        log.info({ source: read.value.source, asOf: read.value.asOf }, "new exchange rates are in use");
      }
      current = read.value;
      failures = 0;
    } else {
      failures += 1;
      log.warn({ source: source.name, reason: read.error.detail, failures }, "exchange rates could not be refreshed");
    }
  }

  function schedule(): void {
    const waitMs = failures === 0 ? source.refreshEveryMs : Math.min(retryMs.first * 2 ** (failures - 1), retryMs.most);
    timer = setTimeout(() => void refreshAndSchedule(), waitMs);
    timer.unref();
  }

  async function refreshAndSchedule(): Promise<void> {
    await refresh();
    if (!stopping.signal.aborted) schedule();
  }

  if (source.remote === undefined) {
    const read = await source.read(stopping.signal);
    if (!read.ok) throw new Error(read.error.detail ?? "The exchange rates can't be read.");
    current = read.value;
    await insertRateTable(context.db, current);
    schedule();
  } else {
    current = await findNewestRateTable(context.db, source.remote.tableSource);
    // Nothing else waits for somebody else's server.
    void refreshAndSchedule();
  }

  return {
    current: () => (current === undefined ? err("RATES_UNAVAILABLE") : ok(current)),
    usableUntilMs: () => (current === undefined ? 0 : Date.parse(current.asOf) + source.ageMaxMs),
    quote(amount, from, to) {
      if (current === undefined) return err("RATES_UNAVAILABLE");
      return convert(amount, from, to, current, { nowMs: clock.now(), ageMaxMs: source.ageMaxMs });
    },
    refresh,
    stop() {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}

async function readChecked(
  { db, clock }: Context,
  source: RateSource,
  current: RateTable | undefined,
  signal: AbortSignal,
): Promise<Result<RateTable>> {
  const read = await source.read(signal);
  if (!read.ok) return read;
  const table = read.value;
  if (source.remote === undefined) {
    // Reports capture the rates of each day from the tables that were in use.
    await insertRateTable(db, table);
    return read;
  }
  const nowMs = clock.now();
  if (Date.parse(table.asOf) > nowMs) return refuse(`it is of ${table.asOf}, which is yet to come`);
  if (current !== undefined) {
    if (table.asOf < current.asOf) return refuse(`it is of ${table.asOf}, older than the one in use`);
    if (table.asOf === current.asOf) return ok(current);
    // Against a table that is itself too old there is nothing to compare with, and a real jump must get through.
    const jumped = nowMs - Date.parse(current.asOf) <= source.ageMaxMs ? findJump(current, table) : undefined;
    if (jumped !== undefined) return refuse(`its rate of ${jumped} is not within half and twice the last one`);
  }
  try {
    await insertRateTable(db, table);
  } catch (error) {
    return err("RATES_UNAVAILABLE", `The table can't be kept: ${error instanceof Error ? error.message : "?"}`);
  }
  return ok(table);
}

/** A currency that went beyond half or twice its last rate: far more often a slip at the source than a market. */
function findJump(before: RateTable, after: RateTable): string | undefined {
  for (const [currency, text] of Object.entries(after.rates)) {
    const last = before.rates[currency as Currency];
    if (last === undefined) continue;
    const [old, now] = [rationalOfDecimal(last), rationalOfDecimal(text)];
    const twice = { num: old.num * 2n, den: old.den };
    const half = { num: old.num, den: old.den * 2n };
    if (compareRational(now, twice) > 0 || compareRational(now, half) < 0) return currency;
  }
  return undefined;
}

function refuse(why: string): Result<never, Failure<"RATES_UNAVAILABLE">> {
  return err("RATES_UNAVAILABLE", `The table that was sent is not taken: ${why}.`);
}
