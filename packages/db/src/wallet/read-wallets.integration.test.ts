import { firstIdAt, transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, createPool, type Database } from "../kernel/pool.ts";
import { deposit, type Door, keyOf, openDoor, place, settle, type TestCommand } from "./door.fixture.ts";
import { listHouseBalances, listPostings, listWallets, listWalletsAsOf, type PostingRecord } from "./read-wallets.ts";

interface Row {
  readonly transaction: bigint;
  readonly wallet: bigint;
  readonly player: bigint | null;
  readonly purse: string;
  readonly available: bigint;
  readonly held: bigint;
}

let door: Door;
let db: Database;
/** Every posting there is, read in the plainest way; what the reads say is added up from it again. */
let postings: readonly Row[];

beforeAll(async () => {
  door = await openDoor(3);
  const pool = createPool({ url: door.url, applicationName: "read-wallets", max: 2, onError: () => undefined });
  db = createDatabase(pool);
  await play();
  const { rows } = await door.owner.query<
    Record<"id" | "wallet" | "available" | "held" | "purse", string> & { player: string | null }
  >(
    `SELECT p.transaction_id AS id, p.wallet_id AS wallet, w.player_id AS player, p.available, p.held,
            w.kind || '/' || w.currency || '/' || w.qualifier AS purse
       FROM postings p JOIN wallets w ON w.id = p.wallet_id`,
  );
  postings = rows.map((row) => ({
    transaction: BigInt(row.id),
    wallet: BigInt(row.wallet),
    player: row.player === null ? null : BigInt(row.player),
    purse: row.purse,
    available: BigInt(row.available),
    held: BigInt(row.held),
  }));
});
afterAll(async () => {
  await db.$client.end();
  await door.close();
});

/** Some fifty batches of everything, in two currencies and with a bonus, by a fixed recipe. */
async function play(): Promise<void> {
  const [first = 0n, second = 0n] = door.players;
  const grant = (request: string, playerId: bigint): TestCommand => ({
    type: "move",
    request,
    playerId,
    move: { type: "BONUS_GRANT", playerId, currency: "EUR", amount: 700n, grant: request, fundingPolicy: "PRO_RATA" },
  });
  await door.run([deposit("d1", first, 5_000n), deposit("d2", second, 9_000n), deposit("d3", second, 3_000n, "JPY")]);
  await door.run([grant("g1", first), grant("g2", second)]);
  for (let round = 0; round < 24; round += 1) {
    const [player, other] = round % 2 === 0 ? [first, second] : [second, first];
    const bet = `bet ${round}`;
    await door.run([place(bet, player, BigInt(10 + round * 7)), place(`${bet} JPY`, other, 5n, "JPY")]);
    await door.run([
      round % 3 === 0
        ? { type: "void", request: `void ${round}`, playerId: player, bet: { placeKey: keyOf(bet) }, reason: "misdeal" }
        : settle(`settle ${round}`, player, [bet], BigInt((round % 4) * 30)),
    ]);
  }
}

function sumsOf(rows: readonly Row[]): Map<bigint, { available: bigint; held: bigint }> {
  const sums = new Map<bigint, { available: bigint; held: bigint }>();
  for (const { wallet, available, held } of rows) {
    const sum = sums.get(wallet) ?? { available: 0n, held: 0n };
    sums.set(wallet, { available: sum.available + available, held: sum.held + held });
  }
  return sums;
}

/** Just before and just after every batch, and far outside of all. */
function instants(): number[] {
  const batches = new Set(postings.map(({ transaction }) => transactionTimeMs(transaction)));
  return [0, Date.UTC(2025, 0, 1), ...[...batches].flatMap((ms) => [ms, ms + 1]), Date.UTC(2090, 0, 1)];
}

describe("balances as of an instant", () => {
  test("are the sums of a player's postings before it, at every instant of the history", async () => {
    const tested = instants();
    expect(tested.length).toBeGreaterThan(30);
    for (const playerId of door.players) {
      for (const at of tested) {
        const before = postings.filter(({ player, transaction }) => player === playerId && transaction < firstIdAt(at));
        const sums = sumsOf(before);
        for (const { id, available, held } of await listWalletsAsOf(db, playerId, at)) {
          expect({ available, held }).toEqual(sums.get(id) ?? { available: 0n, held: 0n });
          sums.delete(id);
        }
        expect(sums.size).toBe(0);
      }
    }
  });

  test("after everything are the balances now", async () => {
    for (const playerId of door.players) {
      expect(await listWalletsAsOf(db, playerId, Date.UTC(2090, 0, 1))).toEqual(await listWallets(db, playerId));
    }
  });

  test("of the house and its players cancel out at every instant", async () => {
    for (const at of instants().filter((_, index) => index % 7 === 0)) {
      const sums = new Map<string, bigint>();
      const players = await Promise.all(door.players.map((playerId) => listWalletsAsOf(db, playerId, at)));
      for (const { currency, available, held } of [...players.flat(), ...(await listHouseBalances(db, at))]) {
        sums.set(currency, (sums.get(currency) ?? 0n) + available + held);
      }
      for (const sum of sums.values()) expect(sum).toBe(0n);
    }
  });

  test("of the house are added up over its stripes", async () => {
    for (const { kind, currency, qualifier, available } of await listHouseBalances(db)) {
      const { rows } = await door.owner.query<{ sum: string }>(
        `SELECT sum(p.available) AS sum FROM postings p JOIN wallets w ON w.id = p.wallet_id
          WHERE w.player_id IS NULL AND w.qualifier = $1 AND w.kind = $2 AND w.currency = $3`,
        [qualifier, kind === "GAMING" ? 10 : kind === "PSP_CLEARING" ? 11 : 12, currency === "EUR" ? 978 : 392],
      );
      expect(rows[0]?.sum).toBe(available.toString());
    }
  });
});

describe("the chain that explains a balance", () => {
  async function readChain(playerId: bigint, limit: number): Promise<PostingRecord[]> {
    const chain: PostingRecord[] = [];
    for (let before: bigint | undefined; ; before = chain.at(-1)?.transactionId) {
      const page = await listPostings(db, { playerId, limit, ...(before === undefined ? {} : { before }) });
      // A page may end inside a transaction that moved several wallets; what is cut off comes whole with the next one.
      const last = page.at(-1)?.transactionId;
      const whole = page.length < limit ? page : page.filter(({ transactionId }) => transactionId !== last);
      if (page.length === limit) expect(whole.length).toBeGreaterThan(0);
      chain.push(...whole);
      if (page.length < limit) return chain;
    }
  }

  test.each([4, 7, 1_000])("is complete in pages of %d: every posting once, newest first", async (limit) => {
    for (const playerId of door.players) {
      const chain = await readChain(playerId, limit);
      const mine = postings.filter(({ player }) => player === playerId);
      expect(chain).toHaveLength(mine.length);
      const ids = chain.map(({ transactionId }) => transactionId);
      expect(ids).toEqual([...ids].sort((a, b) => (a === b ? 0 : a < b ? 1 : -1)));
      expect(new Set(ids)).toEqual(new Set(mine.map(({ transaction }) => transaction)));
    }
  });

  test("leads without a gap from nothing to the balance now", async () => {
    for (const playerId of door.players) {
      const wallets = await listWallets(db, playerId);
      const running = new Map<string, { available: bigint; held: bigint }>();
      for (const posting of (await readChain(playerId, 1_000)).reverse()) {
        // The test's players have one bonus each, so that kind and currency name the wallet.
        const name = `${posting.walletKind} ${posting.currency}`;
        const before = running.get(name) ?? { available: 0n, held: 0n };
        const after = { available: before.available + posting.available, held: before.held + posting.held };
        expect(after).toEqual({ available: posting.availableAfter, held: posting.heldAfter });
        running.set(name, after);
      }
      const now = wallets.map(
        ({ kind, currency, available, held }) => [`${kind} ${currency}`, { available, held }] as const,
      );
      expect(running).toEqual(new Map(now));
    }
  });

  test("names for every posting what caused it", async () => {
    const [playerId = 0n] = door.players;
    const types = new Set<string>();
    for (const posting of await readChain(playerId, 1_000)) {
      types.add(posting.type);
      expect(posting.requestId).not.toBeNull();
      expect(posting.traceId).toMatch(/^[0-9a-f-]{36}$/);
      const ofBet = !["DEPOSIT", "BONUS_GRANT"].includes(posting.type);
      expect(posting.roundRef).toBe(ofBet ? "r" : null);
      expect(posting.gameCode).toBe(ofBet ? "game" : null);
    }
    expect([...types].sort()).toEqual(["BONUS_GRANT", "DEPOSIT", "HOLD", "HOLD_RELEASE", "PAYOUT", "SETTLE_DEBIT"]);
  });

  test("can be narrowed to a currency and to a kind of wallet", async () => {
    const [, playerId = 0n] = door.players;
    const yen = await listPostings(db, { playerId, limit: 1_000, currency: 392 });
    expect(yen.length).toBeGreaterThan(1);
    expect(new Set(yen.map(({ currency }) => currency))).toEqual(new Set(["JPY"]));
    const bonus = await listPostings(db, { playerId, limit: 1_000, walletKind: 2 });
    expect(bonus.length).toBeGreaterThan(1);
    expect(new Set(bonus.map(({ walletKind }) => walletKind))).toEqual(new Set(["BONUS"]));
  });
});
