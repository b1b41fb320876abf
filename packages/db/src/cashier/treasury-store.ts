/** Where the house's money lies by its own books, what others said of it, and what of it belongs to players. */
import { type Currency, currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type WalletKind, walletKindOf, walletKinds } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface PspBalance {
  readonly psp: string;
  readonly currency: Currency;
  readonly available: bigint;
  readonly pending: bigint;
  readonly reserved: bigint | null;
  readonly readAt: Date;
}

/** With what the ledger said when it was kept. An older answer that comes late says nothing new. */
export async function keepPspBalance(db: Executor, balance: PspBalance): Promise<void> {
  const currency = currencies[balance.currency].number;
  await db.execute(sql`
    INSERT INTO psp_balances AS p (psp, currency, available, pending, reserved, ledger, ledger_reserved, read_at)
    SELECT ${balance.psp}, ${currency}, ${balance.available}, ${balance.pending}, ${balance.reserved}::bigint,
           coalesce(-sum(available + held) FILTER (WHERE kind = ${walletKinds.PSP_CLEARING}), 0),
           coalesce(-sum(available + held) FILTER (WHERE kind = ${walletKinds.PSP_RESERVE}), 0), ${balance.readAt}
      FROM wallets WHERE player_id IS NULL AND currency = ${currency} AND qualifier = ${balance.psp}
       AND kind IN (${walletKinds.PSP_CLEARING}, ${walletKinds.PSP_RESERVE})
    ON CONFLICT (psp, currency) DO UPDATE
      SET available = excluded.available, pending = excluded.pending, reserved = excluded.reserved,
          ledger = excluded.ledger, ledger_reserved = excluded.ledger_reserved, read_at = excluded.read_at
      WHERE p.read_at <= excluded.read_at`);
}

export interface KeptPspBalance extends PspBalance {
  readonly ledger: bigint;
  readonly ledgerReserved: bigint;
}

export async function listPspBalances(db: Executor): Promise<KeptPspBalance[]> {
  const rows = await queryRows<{
    psp: string;
    currency: number;
    available: string;
    pending: string;
    reserved: string | null;
    ledger: string;
    ledger_reserved: string;
    read_at: string;
  }>(db, sql`SELECT * FROM psp_balances ORDER BY psp, currency`);
  return rows.map((row) => ({
    psp: row.psp,
    currency: currencyOfNumber(row.currency),
    available: BigInt(row.available),
    pending: BigInt(row.pending),
    reserved: row.reserved === null ? null : BigInt(row.reserved),
    ledger: BigInt(row.ledger),
    ledgerReserved: BigInt(row.ledger_reserved),
    readAt: readInstant(row.read_at),
  }));
}

/** Kinds of accounts that are money of the house with somebody else. */
export const placeKinds = ["PSP_CLEARING", "PSP_RESERVE", "IN_TRANSIT", "BANK"] as const;
export type PlaceKind = (typeof placeKinds)[number];

export interface HousePlace {
  readonly kind: PlaceKind;
  /** A provider's or custodian's code, or an account's IBAN. */
  readonly place: string;
  readonly currency: Currency;
  /** What the house has there, minor units; below zero it owes. */
  readonly amount: bigint;
}

/** By kind, place and currency; what is empty is left out. */
export async function listHousePlaces(db: Executor): Promise<HousePlace[]> {
  const kinds = placeKinds.map((kind) => walletKinds[kind]);
  const rows = await queryRows<{ kind: number; qualifier: string; currency: number; amount: string }>(
    db,
    sql`SELECT kind, qualifier, currency, -sum(available + held) AS amount FROM wallets
         WHERE player_id IS NULL AND kind = ANY(${`{${kinds.join(",")}}`}::smallint[])
         GROUP BY kind, qualifier, currency HAVING sum(available + held) <> 0
         ORDER BY kind, qualifier COLLATE "C", currency`,
  );
  return rows.map((row) => ({
    kind: placeKindOf(walletKindOf(row.kind)),
    place: row.qualifier,
    currency: currencyOfNumber(row.currency),
    amount: BigInt(row.amount),
  }));
}

function placeKindOf(kind: WalletKind): PlaceKind {
  const known = placeKinds.find((one) => one === kind);
  if (known === undefined) throw new Error(`${kind} is no place of money`);
  return known;
}

/** What the house owes to players by currency: cash, what is held, what lies in games' banks; bonuses beside it. */
export async function sumPlayersMoney(
  db: Executor,
): Promise<{ readonly currency: Currency; readonly owed: bigint; readonly bonus: bigint }[]> {
  const rows = await queryRows<{ currency: number; owed: string; bonus: string }>(
    db,
    sql`SELECT currency,
               coalesce(sum(available + held) FILTER (WHERE kind IN (${walletKinds.CASH}, ${walletKinds.IN_GAME_BANK})), 0) AS owed,
               coalesce(sum(available + held) FILTER (WHERE kind = ${walletKinds.BONUS}), 0) AS bonus
          FROM wallets WHERE player_id IS NOT NULL GROUP BY currency ORDER BY currency`,
  );
  return rows.map((row) => ({
    currency: currencyOfNumber(row.currency),
    owed: BigInt(row.owed),
    bonus: BigInt(row.bonus),
  }));
}

export interface LastStatement {
  readonly account: string;
  readonly currency: Currency;
  readonly closing: bigint;
  /** The last day that it covers, `2026-11-27`. */
  readonly day: string;
}

/** The newest statement of each account and currency. */
export async function listLastStatements(db: Executor): Promise<LastStatement[]> {
  const rows = await queryRows<{ account: string; currency: number; closing: string; day_to: string }>(
    db,
    sql`SELECT DISTINCT ON (account, currency) account, currency, closing, day_to::text
          FROM bank_statements ORDER BY account, currency, day_to DESC, id DESC`,
  );
  return rows.map(({ account, currency, closing, day_to: day }) => ({
    account,
    currency: currencyOfNumber(currency),
    closing: BigInt(closing),
    day,
  }));
}
