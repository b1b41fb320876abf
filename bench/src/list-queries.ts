/**
 * Every way in which staff may filter the lists of players, bets, transactions and audit entries: each filter alone, each
 * pair of them, the first page and one deep inside, over the house of `large-house.ts`. A query is drawn again and
 * again with other values, so that it is not one lucky player or page that is looked at.
 */
import { createHash } from "node:crypto";
import type { SQL } from "drizzle-orm";
import { type AuditFilter, searchAuditStatement } from "@pitboss/db/audit/search-audit";
import { type BetFilter, searchBetsStatement } from "@pitboss/db/gaming/search-bets";
import { searchTransactionsStatement, type TransactionFilter } from "@pitboss/db/wallet/search-transactions";
import {
  firstNames,
  firstNameTerm,
  houseGames,
  houseNicknames,
  type HouseSize,
  lastNames,
  lastNameTerm,
} from "./large-house.ts";
import { listPlayersStatement, type PlayerFilter } from "@pitboss/db/identity/player-directory";

export interface ListQuery {
  readonly list: "players" | "bets" | "ledger" | "audit";
  readonly name: string;
  /** The statement with the values of this draw. */
  readonly draw: (draw: number) => SQL;
}

/** A page of fifty, and the row that tells whether there is a next one. */
const limit = 51;

/** A number from 0 to 1 that depends on its arguments alone. */
function random(draw: number, salt: number): number {
  return createHash("sha256").update(`${draw}:${salt}`).digest().readUInt32BE() / 2 ** 32;
}
const below = (most: number, draw: number, salt: number): number => Math.floor(most * random(draw, salt));
const termOf = (text: string): Buffer => createHash("sha256").update(text).digest().subarray(0, 16);

type Part<F> = (draw: number) => Partial<F>;
type Parts<F> = Readonly<Record<string, Part<F>>>;

/** Nothing, each part alone, each pair of parts that may stand together, and all of that from a deep cursor. */
function combine<F>(parts: Parts<F>, deep: Part<F>, excluded: readonly (readonly string[])[]): [string, Part<F>][] {
  const names = Object.keys(parts);
  const sets: string[][] = [[], ...names.map((name) => [name])];
  names.forEach((one, index) => {
    for (const other of names.slice(index + 1)) {
      if (!excluded.some((group) => group.includes(one) && group.includes(other))) sets.push([one, other]);
    }
  });
  return sets.flatMap((set): [string, Part<F>][] => {
    const filter: Part<F> = (draw) => Object.assign({}, ...set.map((name) => parts[name]?.(draw))) as Partial<F>;
    const name = set.length === 0 ? "no filter" : set.join(" + ");
    return [
      [name, filter],
      [`${name}, deep`, (draw) => ({ ...filter(draw), ...deep(draw) })],
    ];
  });
}

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

function playerQueries({ players }: HouseSize): ListQuery[] {
  const parts: Parts<PlayerFilter> = {
    active: () => ({ status: "ACTIVE" }),
    locked: () => ({ status: "BLOCKED" }),
    closed: () => ({ status: "CLOSED" }),
    "common country": () => ({ country: "DE" }),
    "rare country": () => ({ country: "IS" }),
    "no such country": () => ({ country: "AQ" }),
    "common tag": () => ({ tag: "newcomer" }),
    "rare tag": () => ({ tag: "watched" }),
    "short nickname": (draw) => ({
      nickname: houseNicknames[below(houseNicknames.length, draw, 1)]?.slice(0, 1) ?? "a",
    }),
    nickname: (draw) => ({
      nickname: `${houseNicknames[below(houseNicknames.length, draw, 1)]}${below(1_000, draw, 2)}`,
    }),
    "common name": (draw) => ({ terms: [termOf(firstNameTerm(below(firstNames, draw, 3) % 20))] }),
    "two names": (draw) => ({
      terms: [termOf(firstNameTerm(below(firstNames, draw, 3))), termOf(lastNameTerm(below(lastNames, draw, 4)))],
    }),
    email: (draw) => ({
      emailIndex: createHash("sha256")
        .update(`email:${1 + below(players, draw, 5)}`)
        .digest(),
    }),
    address: (draw) => ({ ip: `100.64.${below(256, draw, 6)}.${below(256, draw, 7)}` }),
    "shared network": () => ({ ip: "100.64.0.0/16" }),
    network: (draw) => ({ ip: `20.${below(4, draw, 8)}.${below(256, draw, 9)}.0/24` }),
    device: (draw) => ({ deviceId: BigInt(1 + below(players, draw, 10)) }),
    "of one day": (draw) => {
      const day = 1 + below(1_000, draw, 11);
      return { createdFrom: daysAgo(day + 1), createdTo: daysAgo(day) };
    },
  };
  const excluded = [
    ["active", "locked", "closed"],
    ["common country", "rare country", "no such country"],
    ["common tag", "rare tag"],
    [
      "short nickname",
      "nickname",
      "common name",
      "two names",
      "email",
      "address",
      "shared network",
      "network",
      "device",
    ],
  ];
  return combine(parts, (draw) => ({ before: BigInt(1 + below(players, draw, 12)) }), excluded).map(
    ([name, filter]) => ({
      list: "players",
      name,
      draw: (draw) => listPlayersStatement({ ...filter(draw), limit }),
    }),
  );
}

/** In the filled house a player's only wallet has the player's number. */
const walletsOf = ({ playerId }: { readonly playerId?: bigint | undefined }): readonly bigint[] =>
  playerId === undefined ? [] : [playerId];

/** Ids are times: a number of milliseconds since 2025, 22 bits up. */
const idDaysAgo = (days: number): bigint => BigInt(Date.now() - days * 86_400_000 - 1_735_689_600_000) << 22n;

function betQueries({ players }: HouseSize): ListQuery[] {
  const parts: Parts<BetFilter> = {
    "heavy player": (draw) => ({ playerId: BigInt(1 + below(20, draw, 20)) }),
    player: (draw) => ({ playerId: BigInt(1 + below(players, draw, 21)) }),
    "popular game": () => ({ gameIds: [1] }),
    "rare game": () => ({ gameIds: [houseGames] }),
    provider: () => ({ gameIds: Array.from({ length: 40 }, (_, index) => 100 + index) }),
    held: () => ({ status: "HELD" }),
    settled: () => ({ status: "SETTLED" }),
    voided: () => ({ status: "VOIDED" }),
    corrected: () => ({ status: "CORRECTED" }),
    win: () => ({ outcome: "WIN" }),
    "rolled back": () => ({ outcome: "ROLLED_BACK" }),
    "common currency": () => ({ currency: "EUR" }),
    "rare currency": () => ({ currency: "SEK" }),
    "no such currency": () => ({ currency: "JPY" }),
    "high stake": () => ({ currency: "EUR", minStake: 15_000n }),
    "high payout": () => ({ currency: "EUR", minPayout: 500_000n }),
    "of one day": (draw) => {
      const day = 1 + below(55, draw, 22);
      return { from: idDaysAgo(day + 1), before: idDaysAgo(day) };
    },
  };
  const excluded = [
    ["heavy player", "player"],
    ["popular game", "rare game", "provider"],
    ["held", "settled", "voided", "corrected"],
    ["win", "rolled back"],
    ["common currency", "rare currency", "no such currency", "high stake", "high payout"],
  ];
  // Within one day, a deep page is one in its middle.
  const deep: Part<BetFilter> = (draw) => ({ before: idDaysAgo(1 + below(55, draw, 22) + 0.5) });
  return combine(parts, deep, excluded).map(([name, filter]) => ({
    list: "bets",
    name,
    draw: (draw) => {
      const drawn = filter(draw);
      return searchBetsStatement({ ...drawn, limit }, walletsOf(drawn)).statement;
    },
  }));
}

function ledgerQueries({ players }: HouseSize): ListQuery[] {
  const parts: Parts<TransactionFilter> = {
    "heavy player": (draw) => ({ playerId: BigInt(1 + below(20, draw, 30)) }),
    player: (draw) => ({ playerId: BigInt(1 + below(players, draw, 31)) }),
    deposits: () => ({ types: ["DEPOSIT"] }),
    adjustments: () => ({ types: ["ADJUSTMENT"] }),
    "no such type": () => ({ types: ["CHARGEBACK"] }),
    "play and payouts": () => ({ types: ["HOLD", "PAYOUT"] }),
    "by a person": () => ({ actor: "st_7" }),
    "of one day": (draw) => {
      const day = 1 + below(55, draw, 32);
      return { from: idDaysAgo(day + 1), before: idDaysAgo(day) };
    },
  };
  const excluded = [
    ["heavy player", "player"],
    ["deposits", "adjustments", "no such type", "play and payouts"],
  ];
  const deep: Part<TransactionFilter> = (draw) => ({ before: idDaysAgo(1 + below(55, draw, 32) + 0.5) });
  return combine(parts, deep, excluded).map(([name, filter]) => ({
    list: "ledger",
    name,
    draw: (draw) => {
      const drawn = filter(draw);
      return searchTransactionsStatement({ ...drawn, limit }, walletsOf(drawn)).statement;
    },
  }));
}

function auditQueries({ players, auditEntries }: HouseSize): ListQuery[] {
  const someStaff = (draw: number): string => `st_${1 + below(50, draw, 40)}`;
  const somePlayer = (draw: number): string => `p_${1 + below(Math.min(players, 9), draw, 41)}`;
  const parts: Parts<AuditFilter> = {
    "by players": () => ({ actorKind: "player" }),
    "by staff": () => ({ actorKind: "staff" }),
    "by machines": () => ({ actorKind: "machine" }),
    "by one of staff": (draw) => ({ actorKind: "staff", actorId: someStaff(draw) }),
    "by whom, without the kind": (draw) => ({ actorId: someStaff(draw) }),
    "on players": () => ({ subjectKind: "player" }),
    "on one player": (draw) => ({ subjectKind: "player", subjectId: somePlayer(draw) }),
    "on whom, without the kind": (draw) => ({ subjectId: somePlayer(draw) }),
    "common action": () => ({ action: "player.sign-in" }),
    "rare action": () => ({ action: "key.rotate" }),
    "no such action": () => ({ action: "audit.bundle" }),
    "since an hour": () => ({ from: daysAgo(1 / 24) }),
    "until long ago": (draw) => ({ to: daysAgo(20 + below(35, draw, 42)) }),
    "of one day": (draw) => {
      const day = 1 + below(55, draw, 43);
      return { from: daysAgo(day + 1), to: daysAgo(day) };
    },
  };
  const excluded = [
    ["by players", "by staff", "by machines", "by one of staff", "by whom, without the kind"],
    ["on players", "on one player", "on whom, without the kind"],
    ["common action", "rare action", "no such action"],
    ["since an hour", "until long ago", "of one day"],
  ];
  return combine(parts, (draw) => ({ before: BigInt(1 + below(auditEntries, draw, 44)) }), excluded).map(
    ([name, filter]) => ({ list: "audit", name, draw: (draw) => searchAuditStatement({ ...filter(draw), limit }) }),
  );
}

export function listQueries(size: HouseSize): ListQuery[] {
  return [...playerQueries(size), ...betQueries(size), ...ledgerQueries(size), ...auditQueries(size)];
}
