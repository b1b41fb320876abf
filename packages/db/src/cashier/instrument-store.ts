/** What players pay with: tokens of their providers, never a card's number. */
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface NewInstrument {
  readonly playerId: bigint;
  readonly psp: string;
  readonly token: string;
  readonly fingerprint: string;
  readonly brand: string;
  readonly last4: string;
  readonly expiresMonth: number;
  readonly expiresYear: number;
  readonly country: string | null;
}

/** Keeps the player's card where it is new; its id. */
export async function keepInstrument(db: Executor, instrument: NewInstrument): Promise<bigint> {
  const { playerId, psp, token, fingerprint, brand, last4, expiresMonth, expiresYear, country } = instrument;
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`WITH kept AS (
          INSERT INTO instruments (player_id, psp, method, token, fingerprint, brand, last4, expires_month, expires_year, country)
          VALUES (${playerId}, ${psp}, 'CARD', ${token}, ${fingerprint}, ${brand}, ${last4}, ${expiresMonth}, ${expiresYear}, ${country})
          ON CONFLICT (player_id, psp, token) DO NOTHING RETURNING id)
        SELECT id FROM kept
         UNION ALL SELECT id FROM instruments WHERE player_id = ${playerId} AND psp = ${psp} AND token = ${token} LIMIT 1`,
  );
  // The row that stood in the way is not seen by a statement that began before it was committed.
  return row === undefined ? keepInstrument(db, instrument) : BigInt(row.id);
}

/** How many other players brought the same card. */
export async function countOtherOwners(
  db: Executor,
  { psp, fingerprint, playerId }: Pick<NewInstrument, "psp" | "fingerprint" | "playerId">,
): Promise<number> {
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT count(DISTINCT player_id) AS count FROM instruments
         WHERE psp = ${psp} AND fingerprint = ${fingerprint} AND player_id <> ${playerId}`,
  );
  return Number(row?.count ?? 0);
}

export interface InstrumentRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly nickname: string;
  readonly psp: string;
  readonly method: PaymentMethod;
  readonly brand: string;
  readonly last4: string;
  /** Of a card alone. */
  readonly expiresMonth: number | null;
  readonly expiresYear: number | null;
  readonly country: string | null;
  readonly fingerprint: string;
  readonly createdAt: Date;
  /** Whether a payout may go to it: a person said so, or a deposit came from it and nobody said otherwise. */
  readonly verified: boolean;
  /** How many other players brought the same one. */
  readonly otherOwners: number;
  /** What came from it and did not go back, by currency and in minor units; of all of the player's tokens of it. */
  readonly loop: readonly { readonly currency: Currency; readonly deposited: bigint; readonly paidOut: bigint }[];
}

interface InstrumentRow {
  readonly id: string;
  readonly player_id: string;
  readonly nickname: string;
  readonly psp: string;
  readonly method: PaymentMethod;
  readonly brand: string;
  readonly last4: string;
  readonly expires_month: number | null;
  readonly expires_year: number | null;
  readonly country: string | null;
  readonly fingerprint: string;
  readonly created_at: string;
  readonly verdict: boolean | null;
  readonly other_owners: string;
  readonly loop: { c: number; d: string; p: string }[] | null;
}

export interface InstrumentFilter {
  readonly id?: bigint | undefined;
  readonly playerId?: bigint | undefined;
  readonly fingerprint?: string | undefined;
  /** Only those that several players brought. */
  readonly shared?: boolean | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listInstruments(db: Executor, filter: InstrumentFilter): Promise<InstrumentRecord[]> {
  const conditions: SQL[] = [sql`i.id < ${filter.before ?? 1n << 62n}`];
  if (filter.id !== undefined) conditions.push(sql`i.id = ${filter.id}`);
  if (filter.playerId !== undefined) conditions.push(sql`i.player_id = ${filter.playerId}`);
  if (filter.fingerprint !== undefined) conditions.push(sql`i.fingerprint = ${filter.fingerprint}`);
  if (filter.shared === true) {
    conditions.push(sql`EXISTS (SELECT FROM instruments o WHERE o.psp = i.psp AND o.fingerprint = i.fingerprint
                                  AND o.player_id <> i.player_id)`);
  }
  const rows = await queryRows<InstrumentRow>(
    db,
    sql`SELECT i.*, p.nickname,
               (SELECT v.verified FROM instrument_verdicts v WHERE v.instrument_id = i.id ORDER BY v.id DESC LIMIT 1) AS verdict,
               (SELECT count(DISTINCT o.player_id) FROM instruments o
                 WHERE o.psp = i.psp AND o.fingerprint = i.fingerprint AND o.player_id <> i.player_id) AS other_owners,
               (SELECT json_agg(json_build_object('c', currency, 'd', deposited::text, 'p', paid::text) ORDER BY currency) FROM (
                  SELECT currency, sum(deposited) AS deposited, sum(paid) AS paid FROM (
                    SELECT d.currency, d.credited AS deposited, 0 AS paid
                      FROM instruments own JOIN deposits d ON d.instrument_id = own.id AND d.state IN ('CREDITED', 'SETTLED', 'WON')
                     WHERE own.player_id = i.player_id AND own.psp = i.psp AND own.fingerprint = i.fingerprint
                    UNION ALL
                    SELECT x.currency, 0, coalesce(x.paid, x.amount)
                      FROM instruments own JOIN payouts x ON x.instrument_id = own.id
                       AND x.state NOT IN ('REJECTED', 'RETURNED', 'CANCELLED')
                     WHERE own.player_id = i.player_id AND own.psp = i.psp AND own.fingerprint = i.fingerprint
                  ) moved GROUP BY currency) loop) AS loop
          FROM instruments i JOIN players p ON p.id = i.player_id
         WHERE ${sql.join(conditions, sql` AND `)} ORDER BY i.id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readInstrument);
}

export async function findInstrument(db: Executor, id: bigint): Promise<InstrumentRecord | undefined> {
  const [found] = await listInstruments(db, { id, limit: 1 });
  return found;
}

export async function insertVerdict(
  db: Executor,
  verdict: {
    readonly instrumentId: bigint;
    readonly verified: boolean;
    readonly staffId: bigint;
    readonly reason: string;
  },
): Promise<void> {
  const { instrumentId, verified, staffId, reason } = verdict;
  await db.execute(sql`
    INSERT INTO instrument_verdicts (instrument_id, verified, staff_id, reason)
    VALUES (${instrumentId}, ${verified}, ${staffId}, ${reason})`);
}

function readInstrument(row: InstrumentRow): InstrumentRecord {
  const loop = (row.loop ?? []).map(({ c, d, p }) => ({
    currency: currencyOfNumber(c),
    deposited: BigInt(d),
    paidOut: BigInt(p),
  }));
  return {
    id: BigInt(row.id),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    psp: row.psp,
    method: row.method,
    brand: row.brand,
    last4: row.last4,
    expiresMonth: row.expires_month,
    expiresYear: row.expires_year,
    country: row.country,
    fingerprint: row.fingerprint,
    createdAt: readInstant(row.created_at),
    // A wallet is the player's by their word until somebody says otherwise; what that takes, the travel rule says.
    verified: row.verdict ?? (row.method === "CRYPTO" || loop.some(({ deposited }) => deposited > 0n)),
    otherOwners: Number(row.other_owners),
    loop,
  };
}
