/** What the checks of a payout over a chain are given beside what every payout is. */
import type { ChainFacts } from "@pitboss/domain/cashier/payout-checks";
import type { KytDecision } from "@pitboss/domain/compliance/kyt/decide-kyt";
import type { Hosting } from "@pitboss/domain/cashier/travel-rule";
import { convert, rateTableSchema } from "@pitboss/domain/wallet/exchange";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";
import type { FactsOf } from "./read-payout-facts.ts";

interface Row {
  readonly hosting: Hosting | null;
  readonly provider: string | null;
  readonly verdict: boolean | null;
  readonly came_from_it: boolean;
  readonly complete: boolean;
  readonly refused: string | null;
  readonly decision: KytDecision | null;
  readonly score: number | null;
  readonly reasons: readonly string[] | null;
  readonly available: string | null;
  readonly read_at: string | null;
}

const minuteMs = 60_000;

export async function readChainFacts(db: Executor, of: FactsOf): Promise<ChainFacts> {
  const { instrumentId, payoutId = 0n, playerId, now } = of;
  const [row] = await queryRows<Row>(
    db,
    sql`SELECT a.hosting, a.provider,
               (SELECT v.verified FROM instrument_verdicts v WHERE v.instrument_id = a.instrument_id ORDER BY v.id DESC LIMIT 1) AS verdict,
               EXISTS (SELECT FROM chain_deposits c JOIN deposits d ON d.id = c.deposit_id
                        WHERE c.sources @> ARRAY[a.address] AND c.asset = a.asset AND d.player_id = ${playerId}
                          AND d.state = 'CREDITED' AND c.frozen_for IS NULL) AS came_from_it,
               coalesce((SELECT p.first_name IS NOT NULL AND p.last_name IS NOT NULL AND p.birth_date IS NOT NULL
                                AND p.address IS NOT NULL
                           FROM player_details p WHERE p.player_id = ${playerId}), false) AS complete,
               (SELECT m.why FROM travel_messages m WHERE m.payout_id = ${payoutId} AND m.state = 'REJECTED') AS refused,
               k.decision, k.score, k.reasons, b.available, b.read_at
          FROM crypto_addresses a
          LEFT JOIN LATERAL (SELECT decision, score, reasons FROM kyt_checks
                              WHERE payout_id = ${payoutId} ORDER BY id DESC LIMIT 1) k ON true
          LEFT JOIN LATERAL (SELECT available, read_at FROM custody_balances
                              WHERE custodian = a.custodian AND asset = a.asset AND hot LIMIT 1) b ON true
         WHERE a.instrument_id = ${instrumentId} AND a.kind = 'PAYOUT'`,
  );
  const provider = row?.provider ?? null;
  return {
    kyt: row?.decision == null ? null : { decision: row.decision, score: row.score ?? 0, reasons: row.reasons ?? [] },
    travel: {
      hosting: row?.hosting ?? "SELF_HOSTED",
      provider,
      proof: row?.verdict === true ? "STAFF" : row?.came_from_it === true ? "DEPOSIT_FROM_IT" : null,
      valueEur: await readValueInEur(db, of.amount, of.policy.currency, now),
      complete: row?.complete ?? false,
      refused: row?.refused ?? null,
    },
    hotWallet:
      row?.available == null || row.read_at === null
        ? null
        : {
            available: BigInt(row.available),
            ageMinutes: Math.max(0, Math.floor((now.getTime() - readInstant(row.read_at).getTime()) / minuteMs)),
          },
  };
}

/** At the newest rates that the house has; null where they have none of this asset. */
export async function readValueInEur(
  db: Executor,
  amount: bigint,
  currency: Currency,
  now: Date,
): Promise<string | null> {
  const [row] = await queryRows<{ source: string; as_of_ms: string; rates: unknown }>(
    db,
    sql`SELECT source, extract(epoch FROM as_of) * 1000 AS as_of_ms, rates FROM rate_tables
         WHERE rates ? ${currency} ORDER BY as_of DESC LIMIT 1`,
  );
  if (row === undefined) return null;
  const table = rateTableSchema.parse({
    source: row.source,
    asOf: new Date(Number(row.as_of_ms)).toISOString(),
    base: "EUR",
    rates: row.rates,
  });
  const value = convert(amount, currency, "EUR", table, { nowMs: now.getTime(), ageMaxMs: Number.POSITIVE_INFINITY });
  return value.ok ? formatMinor(value.value.converted, "EUR") : null;
}
