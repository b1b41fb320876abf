/** Addresses on chains: ours, that players' money comes to, and players' own, that it goes to. */
import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import type { Hosting } from "@pitboss/domain/cashier/travel-rule";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { and, desc, eq, lte, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { cryptoAddresses } from "./crypto-addresses.schema.ts";
import { cryptoPolicies } from "./crypto-policies.schema.ts";

export type CryptoAddress = typeof cryptoAddresses.$inferSelect;
export type CryptoPolicy = typeof cryptoPolicies.$inferSelect;

interface NewAddress {
  readonly playerId: bigint;
  readonly custodian: string;
  readonly asset: CryptoAsset;
  /** As its owner spells it, and in the one spelling that it is compared by. */
  readonly spelled: string;
  readonly address: string;
}

/** Keeps one of ours for a player, once; what it is converted to is what was asked for last. */
export async function keepDepositAddress(
  db: Executor,
  address: NewAddress & { readonly vault: string; readonly convertTo: Currency | null },
): Promise<void> {
  const convertTo = address.convertTo === null ? null : currencies[address.convertTo].number;
  const instrumentId = await keepInstrumentOf(db, address);
  await db
    .insert(cryptoAddresses)
    .values({ ...rowOf(address, instrumentId), kind: "DEPOSIT", vault: address.vault, convertTo })
    .onConflictDoUpdate({ target: cryptoAddresses.instrumentId, set: { convertTo } });
}

/** Keeps one of a player's own; its instrument. What was said of an address first stays said. */
export async function keepPayoutAddress(
  db: Executor,
  address: NewAddress & { readonly hosting: Hosting; readonly provider: string | null },
): Promise<bigint> {
  const instrumentId = await keepInstrumentOf(db, address);
  const { hosting, provider } = address;
  await db
    .insert(cryptoAddresses)
    .values({ ...rowOf(address, instrumentId), kind: "PAYOUT", hosting, provider })
    .onConflictDoNothing();
  return instrumentId;
}

function rowOf({ playerId, custodian, asset, address }: NewAddress, instrumentId: bigint) {
  return { instrumentId, playerId, custodian, asset, address };
}

/** An address is an instrument as a card is: its token is the address, its fingerprint the same for whoever brings it. */
async function keepInstrumentOf(db: Executor, given: NewAddress): Promise<bigint> {
  const { playerId, custodian, asset, spelled, address } = given;
  const token = `${asset}:${spelled}`;
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`WITH kept AS (
          INSERT INTO instruments (player_id, psp, method, token, fingerprint, brand, last4)
          VALUES (${playerId}, ${custodian}, 'CRYPTO', ${token}, ${`${asset}:${address}`}, ${asset}, ${spelled.slice(-4)})
          ON CONFLICT (player_id, psp, token) DO NOTHING RETURNING id)
        SELECT id FROM kept
         UNION ALL SELECT id FROM instruments WHERE player_id = ${playerId} AND psp = ${custodian} AND token = ${token} LIMIT 1`,
  );
  // The row that stood in the way is not seen by a statement that began before it was committed.
  return row === undefined ? keepInstrumentOf(db, given) : BigInt(row.id);
}

export async function findAddressOfInstrument(db: Executor, instrumentId: bigint): Promise<CryptoAddress | undefined> {
  const [row] = await db.select().from(cryptoAddresses).where(eq(cryptoAddresses.instrumentId, instrumentId));
  return row;
}

/** One of ours, by what it is. */
export async function findDepositAddress(
  db: Executor,
  asset: CryptoAsset,
  address: string,
): Promise<CryptoAddress | undefined> {
  const [row] = await db
    .select()
    .from(cryptoAddresses)
    .where(
      and(eq(cryptoAddresses.kind, "DEPOSIT"), eq(cryptoAddresses.asset, asset), eq(cryptoAddresses.address, address)),
    );
  return row;
}

export async function findDepositAddressOf(
  db: Executor,
  player: { readonly playerId: bigint; readonly custodian: string; readonly asset: CryptoAsset },
): Promise<CryptoAddress | undefined> {
  const [row] = await db
    .select()
    .from(cryptoAddresses)
    .where(
      and(
        eq(cryptoAddresses.kind, "DEPOSIT"),
        eq(cryptoAddresses.playerId, player.playerId),
        eq(cryptoAddresses.custodian, player.custodian),
        eq(cryptoAddresses.asset, player.asset),
      ),
    );
  return row;
}

/** The one in force; every asset has one. */
export async function findCryptoPolicy(db: Executor, asset: CryptoAsset, at: Date): Promise<CryptoPolicy> {
  const [row] = await db
    .select()
    .from(cryptoPolicies)
    .where(and(eq(cryptoPolicies.asset, asset), lte(cryptoPolicies.effectiveFrom, at)))
    .orderBy(desc(cryptoPolicies.effectiveFrom), desc(cryptoPolicies.id))
    .limit(1);
  if (row === undefined) throw new Error(`there is no policy of ${asset}`);
  return row;
}
