/**
 * Where the house's money lies: with providers, on its way, at banks, with custodians; each by the ledger and by what the
 * other side last said. And by currency, how much of what is owed to players that covers.
 */
import { listCustodyBalances } from "@pitboss/db/cashier/custody-store";
import {
  type HousePlace,
  listHousePlaces,
  listLastStatements,
  listPspBalances,
  sumPlayersMoney,
} from "@pitboss/db/cashier/treasury-store";
import { coverageOf, judgePlace, type PlaceVerdict } from "@pitboss/domain/cashier/treasury";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatDecimals, formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

export interface TreasuryPlace {
  readonly kind: "PSP" | "RESERVE" | "IN_TRANSIT" | "BANK" | "WALLET";
  /** A provider's or custodian's code, or an account's IBAN. */
  readonly place: string;
  readonly currency: Currency;
  /** What the house has there by its ledger now. */
  readonly ledger: string;
  /** What the other side said; null where it said nothing. */
  readonly told: string | null;
  /** What was told less the ledger's amount of that moment. */
  readonly difference: string | null;
  /** An instant, or a statement's last day. */
  readonly toldAt: string | null;
  readonly verdict: PlaceVerdict;
}

export interface TreasuryCurrency {
  readonly currency: Currency;
  /** The sum of all places by the ledger. */
  readonly held: string;
  /** Players' cash, what is held of it, and what lies in games' banks. */
  readonly owed: string;
  readonly bonus: string;
  readonly own: string;
  /** Of what is owed; per cent with two decimals, null where nothing is. */
  readonly coverage: string | null;
  readonly verdict: "COVERED" | "SHORT";
}

export interface Treasury {
  readonly at: string;
  readonly currencies: readonly TreasuryCurrency[];
  readonly places: readonly TreasuryPlace[];
}

export const showTreasury = procedure("treasury.read")
  .input(z.object({}).optional())
  .query(async ({ ctx }): Promise<Treasury> => readTreasury(ctx.deps));

async function readTreasury({ db, clock, bank }: Pick<StaffDeps, "db" | "clock" | "bank">): Promise<Treasury> {
  const ibans = new Map([...bank.banks.values()].map(({ code, account }) => [code, account.iban]));
  const [lying, psps, custody, statements, players] = [
    await listHousePlaces(db),
    await listPspBalances(db),
    await listCustodyBalances(db),
    await listLastStatements(db),
    await sumPlayersMoney(db),
  ];
  const houses = joinBanks(lying, ibans);
  const wallets = sumWallets(custody);
  const told: Tellings = {
    PSP: new Map(psps.map((one) => [nameOf(one.psp, one.currency), withLedger(one)])),
    RESERVE: new Map(
      psps.flatMap((one) =>
        one.reserved === null ? [] : [[nameOf(one.psp, one.currency), reserveOf(one, one.reserved)]],
      ),
    ),
    BANK: new Map(
      statements.map(({ account, currency, closing, day }) => [
        nameOf(account, currency),
        { told: closing, ledger: null, at: day },
      ]),
    ),
    WALLET: wallets,
    IN_TRANSIT: new Map(),
  };
  const custodians = new Set(custody.map(({ custodian }) => custodian));
  const places = houses.map((house) => viewPlace(kindOf(house, custodians), house, told));
  return {
    at: new Date(clock.now()).toISOString(),
    currencies: sumCurrencies(houses, players),
    places: [...places, ...missing(places, told)].sort(byKind),
  };
}

/** What comes and goes by transfer lies at the bank as much as what providers paid out to it. */
function joinBanks(places: readonly HousePlace[], ibans: ReadonlyMap<string, string>): HousePlace[] {
  const joined = new Map<string, HousePlace>();
  for (const place of places) {
    const iban = place.kind === "PSP_CLEARING" ? ibans.get(place.place) : undefined;
    const at: HousePlace = iban === undefined ? place : { ...place, kind: "BANK", place: iban };
    const name = `${at.kind} ${nameOf(at.place, at.currency)}`;
    joined.set(name, { ...at, amount: (joined.get(name)?.amount ?? 0n) + at.amount });
  }
  return [...joined.values()];
}

interface Telling {
  readonly told: bigint;
  /** The ledger's amount of that moment; null where it has to be today's. */
  readonly ledger: bigint | null;
  readonly at: string;
}
type Tellings = Readonly<Record<TreasuryPlace["kind"], ReadonlyMap<string, Telling>>>;
type Kept = Awaited<ReturnType<typeof listPspBalances>>[number];

const nameOf = (place: string, currency: Currency): string => `${place} ${currency}`;

function withLedger({ available, pending, ledger, readAt }: Kept): Telling {
  return { told: available + pending, ledger, at: readAt.toISOString() };
}

function reserveOf({ ledgerReserved, readAt }: Kept, reserved: bigint): Telling {
  return { told: reserved, ledger: ledgerReserved, at: readAt.toISOString() };
}

/** All vaults of a custodian together: the ledger does not tell them apart. */
function sumWallets(custody: Awaited<ReturnType<typeof listCustodyBalances>>): Map<string, Telling> {
  const sums = new Map<string, Telling>();
  for (const { custodian, asset, total, readAt } of custody) {
    const name = nameOf(custodian, asset);
    const at = readAt.toISOString();
    const sum = sums.get(name);
    sums.set(name, {
      told: (sum?.told ?? 0n) + total,
      ledger: null,
      at: sum === undefined || at < sum.at ? at : sum.at,
    });
  }
  return sums;
}

function kindOf({ kind, place }: HousePlace, custodians: ReadonlySet<string>): TreasuryPlace["kind"] {
  if (kind === "PSP_CLEARING") return custodians.has(place) ? "WALLET" : "PSP";
  return kind === "PSP_RESERVE" ? "RESERVE" : kind;
}

function viewPlace(
  kind: TreasuryPlace["kind"],
  { place, currency, amount }: Pick<HousePlace, "place" | "currency" | "amount">,
  tellings: Tellings,
): TreasuryPlace {
  const telling = tellings[kind].get(nameOf(place, currency));
  const ledger = telling?.ledger ?? amount;
  return {
    kind,
    place,
    currency,
    ledger: formatMinor(amount, currency),
    told: telling === undefined ? null : formatMinor(telling.told, currency),
    difference: telling === undefined ? null : formatMinor(telling.told - ledger, currency),
    toldAt: telling?.at ?? null,
    verdict: judgePlace(ledger, telling?.told ?? null),
  };
}

/** What others say of places that the ledger knows nothing of; nothing there and nothing here needs no row. */
function missing(places: readonly TreasuryPlace[], tellings: Tellings): TreasuryPlace[] {
  const known = new Set(places.map(({ kind, place, currency }) => `${kind} ${nameOf(place, currency)}`));
  return (Object.keys(tellings) as TreasuryPlace["kind"][]).flatMap((kind) =>
    [...tellings[kind]]
      .filter(([name, { told }]) => told !== 0n && !known.has(`${kind} ${name}`))
      .map(([name]) => {
        const [place = "", currency = ""] = name.split(" ");
        return viewPlace(kind, { place, currency: currency as Currency, amount: 0n }, tellings);
      }),
  );
}

const kindOrder: readonly TreasuryPlace["kind"][] = ["PSP", "RESERVE", "IN_TRANSIT", "BANK", "WALLET"];

function byKind(a: TreasuryPlace, b: TreasuryPlace): number {
  return (
    kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) ||
    a.place.localeCompare(b.place, "en") ||
    a.currency.localeCompare(b.currency, "en")
  );
}

function sumCurrencies(
  houses: readonly HousePlace[],
  players: Awaited<ReturnType<typeof sumPlayersMoney>>,
): TreasuryCurrency[] {
  const names = [...new Set([...houses, ...players].map(({ currency }) => currency))].sort((a, b) =>
    a.localeCompare(b, "en"),
  );
  return names.flatMap((currency): TreasuryCurrency[] => {
    const held = houses.filter((one) => one.currency === currency).reduce((sum, { amount }) => sum + amount, 0n);
    const { owed, bonus } = players.find((one) => one.currency === currency) ?? { owed: 0n, bonus: 0n };
    if (held === 0n && owed === 0n) return [];
    const covered = coverageOf(held, owed);
    return [
      {
        currency,
        held: formatMinor(held, currency),
        owed: formatMinor(owed, currency),
        bonus: formatMinor(bonus, currency),
        own: formatMinor(held - owed, currency),
        coverage: covered === undefined ? null : formatDecimals(covered, 2),
        verdict: held >= owed ? "COVERED" : "SHORT",
      },
    ];
  });
}
