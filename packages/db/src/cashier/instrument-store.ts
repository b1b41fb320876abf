/** What players pay with: tokens of their providers, never a card's number. */
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

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
