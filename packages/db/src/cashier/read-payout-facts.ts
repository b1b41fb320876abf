/** What the checks of a payout are given: everything in one statement, as it stands at one instant. */
import type { PaymentSource } from "@pitboss/domain/cashier/closed-loop";
import type { PayoutCheckFacts } from "@pitboss/domain/cashier/payout-checks";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import type { PayoutPolicy } from "@pitboss/domain/cashier/payout-policy";
import type { ScreeningState } from "@pitboss/domain/compliance/standing";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { playerStatusOf, transactionTypes, walletKinds } from "@pitboss/domain/wallet/ledger-codes";
import { firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";
import { readChainFacts } from "./read-chain-facts.ts";

export interface FactsOf {
  readonly playerId: bigint;
  readonly instrumentId: bigint;
  readonly policy: PayoutPolicy;
  readonly amount: bigint;
  readonly forfeitAccepted: boolean;
  readonly deviceId: bigint | null;
  /** The payout itself, where it is written down already: it does not count against itself. */
  readonly payoutId?: bigint;
  readonly now: Date;
  /** What responsible gaming and the player's profile have to say. */
  readonly gate: Pick<PayoutCheckFacts, "exclusion" | "bounds">;
}

interface Row {
  readonly status: number;
  readonly kyc_level: number;
  readonly screening: ScreeningState;
  readonly fingerprint: string;
  readonly since: string;
  readonly method: PaymentMethod;
  readonly expires_month: number | null;
  readonly expires_year: number | null;
  readonly other_owners: string;
  readonly verdict: boolean | null;
  readonly sources:
    | { f: string; i: string; k: PaymentMethod; d: string; p: string; y: number | null; m: number | null }[]
    | null;
  readonly today_count: string;
  readonly today_amount: string;
  readonly open_bonus: string;
  readonly device_seen: string | null;
  readonly deposited: string | null;
  readonly deposited_at: string | null;
}

const hourMs = 3_600_000;

/** Undefined where the player has no such instrument. */
export async function readPayoutFacts(db: Executor, of: FactsOf): Promise<PayoutCheckFacts | undefined> {
  const { playerId, instrumentId, policy, deviceId, payoutId = 0n, now } = of;
  const currency = currencies[policy.currency].number;
  const dayAgo = new Date(now.getTime() - 24 * hourMs);
  const [row] = await queryRows<Row>(
    db,
    sql`SELECT p.status, p.kyc_level, coalesce(s.screening, 'NEVER') AS screening, i.fingerprint, i.created_at AS since,
               i.method, i.expires_month, i.expires_year,
               (SELECT count(DISTINCT o.player_id) FROM instruments o
                 WHERE o.psp = i.psp AND o.fingerprint = i.fingerprint AND o.player_id <> p.id) AS other_owners,
               (SELECT v.verified FROM instrument_verdicts v WHERE v.instrument_id = i.id ORDER BY v.id DESC LIMIT 1) AS verdict,
               (SELECT json_agg(json_build_object('f', fingerprint, 'i', newest::text, 'k', method, 'd', deposited::text, 'p', paid::text,
                                                  'y', expires_year, 'm', expires_month)) FROM (
                  SELECT own.fingerprint, min(own.method) AS method, max(own.id) AS newest, (array_agg(own.expires_year ORDER BY own.id DESC))[1] AS expires_year,
                         (array_agg(own.expires_month ORDER BY own.id DESC))[1] AS expires_month,
                         coalesce(sum((SELECT sum(d.credited) FROM deposits d
                                        WHERE d.instrument_id = own.id AND d.currency = ${currency} AND d.state IN ('CREDITED', 'SETTLED', 'WON'))), 0) AS deposited,
                         coalesce(sum((SELECT sum(coalesce(x.paid, x.amount)) FROM payouts x
                                        WHERE x.instrument_id = own.id AND x.currency = ${currency} AND x.id <> ${payoutId}
                                          AND x.state NOT IN ('REJECTED', 'RETURNED', 'CANCELLED'))), 0) AS paid
                    FROM instruments own WHERE own.player_id = p.id GROUP BY own.fingerprint) loop) AS sources,
               today.count AS today_count, today.amount AS today_amount,
               (SELECT coalesce(sum(w.available + w.held), 0) FROM wallets w
                 WHERE w.player_id = p.id AND w.kind = ${walletKinds.BONUS} AND w.currency = ${currency}) AS open_bonus,
               (SELECT v.first_seen_at FROM devices v WHERE v.id = ${deviceId}::bigint AND v.player_id = p.id) AS device_seen,
               last.credited AS deposited, last.updated_at AS deposited_at
          FROM players p
          JOIN instruments i ON i.player_id = p.id AND i.id = ${instrumentId}
          LEFT JOIN player_standings s ON s.player_id = p.id
          CROSS JOIN LATERAL (SELECT count(*) AS count, coalesce(sum(x.amount), 0) AS amount FROM payouts x
                               WHERE x.player_id = p.id AND x.currency = ${currency} AND x.created_at > ${dayAgo}
                                 AND x.id <> ${payoutId} AND x.state NOT IN ('REJECTED', 'RETURNED', 'CANCELLED')) today
          LEFT JOIN LATERAL (SELECT d.credited, d.updated_at FROM deposits d
                              WHERE d.player_id = p.id AND d.currency = ${currency} AND d.state IN ('CREDITED', 'SETTLED', 'WON')
                              ORDER BY d.id DESC LIMIT 1) last ON true
         WHERE p.id = ${playerId}`,
  );
  return row && factsOf(db, of, row);
}

async function factsOf(db: Executor, of: FactsOf, row: Row): Promise<PayoutCheckFacts> {
  const { policy, amount, forfeitAccepted, deviceId, now } = of;
  const hoursSince = (at: string): number => Math.floor((now.getTime() - readInstant(at).getTime()) / hourMs);
  const sources = (row.sources ?? []).map(
    ({ f, i, k, d, p, y, m }): PaymentSource => ({
      fingerprint: f,
      instrumentId: BigInt(i),
      deposited: BigInt(d),
      paidOut: BigInt(p),
      // What came to an address of ours came from a chain, and nothing can be sent back to where it came from blindly.
      usable: k !== "CRYPTO" && !isExpired(y, m, now),
    }),
  );
  const own = sources.find(({ fingerprint }) => fingerprint === row.fingerprint);
  return {
    policy,
    amount,
    method: row.method,
    chain: row.method === "CRYPTO" ? await readChainFacts(db, of) : null,
    ...of.gate,
    playerStatus: playerStatusOf(row.status),
    kycLevel: row.kyc_level,
    screening: row.screening,
    instrument: {
      fingerprint: row.fingerprint,
      verified: row.verdict ?? (row.method === "CRYPTO" || (own?.deposited ?? 0n) > 0n),
      expired: isExpired(row.expires_year, row.expires_month, now),
      ageHours: hoursSince(row.since),
      otherOwners: Number(row.other_owners),
    },
    sources,
    openBonus: BigInt(row.open_bonus),
    forfeitAccepted,
    paidToday: { count: Number(row.today_count), amount: BigInt(row.today_amount) },
    deviceAgeHours: deviceId === null ? null : row.device_seen === null ? 0 : hoursSince(row.device_seen),
    lastDeposit:
      row.deposited === null || row.deposited_at === null
        ? null
        : {
            amount: BigInt(row.deposited),
            stakedSince: await sumStakes(db, of, readInstant(row.deposited_at)),
          },
  };
}

/** A card is good to the end of its month. */
function isExpired(year: number | null, month: number | null, now: Date): boolean {
  return year !== null && month !== null && now.getTime() >= Date.UTC(year, month, 1);
}

/** The cash that was staked since, as the holds of bets have it; what was rolled back later counts all the same. */
async function sumStakes(db: Executor, { playerId, policy }: FactsOf, since: Date): Promise<bigint> {
  const [row] = await queryRows<{ staked: string }>(
    db,
    sql`SELECT coalesce(sum(p.held), 0) AS staked
          FROM wallets w JOIN postings p ON p.wallet_id = w.id
          JOIN transactions t ON t.id = p.transaction_id
         WHERE w.player_id = ${playerId} AND w.kind = ${walletKinds.CASH} AND w.currency = ${currencies[policy.currency].number}
           AND p.transaction_id >= ${firstIdAt(since.getTime())} AND t.id >= ${firstIdAt(since.getTime())}
           AND t.type = ${transactionTypes.HOLD}`,
  );
  return BigInt(row?.staked ?? 0);
}

export interface OpenGrant {
  readonly grant: string;
  readonly available: bigint;
}

/** Bonus money of a currency that can be taken back now; what is held in a bet is not. */
export async function listOpenGrants(
  db: Executor,
  { playerId, policy }: Pick<FactsOf, "playerId" | "policy">,
): Promise<OpenGrant[]> {
  const rows = await queryRows<{ qualifier: string; available: string }>(
    db,
    sql`SELECT qualifier, available FROM wallets
         WHERE player_id = ${playerId} AND kind = ${walletKinds.BONUS} AND currency = ${currencies[policy.currency].number}
           AND available > 0 ORDER BY id`,
  );
  return rows.map(({ qualifier, available }) => ({ grant: qualifier, available: BigInt(available) }));
}

/** What was paid out since, or is on its way; what came back does not count. */
export async function sumPayoutsSince(
  db: Executor,
  {
    playerId,
    currency,
    payoutId = 0n,
  }: { readonly playerId: bigint; readonly currency: Currency; readonly payoutId?: bigint },
  since: Date,
): Promise<bigint> {
  const [row] = await queryRows<{ sum: string }>(
    db,
    sql`SELECT coalesce(sum(coalesce(paid, amount)), 0) AS sum FROM payouts
         WHERE player_id = ${playerId} AND currency = ${currencies[currency].number} AND created_at >= ${since}
           AND id <> ${payoutId} AND state NOT IN ('REJECTED', 'RETURNED', 'CANCELLED')`,
  );
  return BigInt(row?.sum ?? 0);
}
