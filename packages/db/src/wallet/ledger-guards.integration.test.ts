/** The database holds the line by itself: what follows is done by SQL, past all rules, under the engine's own role. */
import { Client, type DatabaseError } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connectionOptions } from "../kernel/session.ts";
import { deposit, type Door, openDoor, place, settle } from "./door.fixture.ts";

let door: Door;
let app: Client;
let cash: { id: string; available: string; last_transaction: string };
let house: { id: string; available: string; last_transaction: string };
let nextId: bigint;

beforeAll(async () => {
  door = await openDoor(2);
  const [first = 0n, second = 0n] = door.players;
  await door.run([deposit("d1", first, 10_000n), deposit("d2", second, 10_000n)]);
  await door.run([place("b1", first, 1_000n), place("b2", first, 2_000n), place("too much", first, 10n ** 9n)]);
  await door.run([settle("s1", first, ["b1"], 0n)]);
  await door.owner.query(`INSERT INTO seals (number, from_position, to_position, leaf_count, root, previous, sealed_at, kid, signature)
    VALUES (1, 1, 1, 1, 'r', 'p', now(), 'k', 's')`);
});
afterAll(() => door.close());

beforeEach(async () => {
  app = new Client({ connectionString: door.url, options: connectionOptions({}) });
  await app.connect();
  await app.query("BEGIN");
  const read = async (where: string) => {
    const { rows } = await app.query<{ id: string; available: string; last_transaction: string }>(
      `SELECT id, available, last_transaction FROM wallets WHERE ${where} ORDER BY id LIMIT 1`,
    );
    if (rows[0] === undefined) throw new Error(`there is a wallet where ${where}`);
    return rows[0];
  };
  cash = await read("kind = 1");
  house = await read("kind = 11");
  const { rows } = await app.query<{ next: string }>("SELECT max(last_transaction) + 1024 AS next FROM wallets");
  nextId = BigInt(rows[0]?.next ?? 0);
});
afterEach(async () => {
  await app.query("ROLLBACK");
  await app.end();
});

interface Posting {
  readonly wallet: string;
  readonly available: bigint;
  readonly held?: bigint;
  readonly availableAfter: bigint;
  readonly heldAfter?: bigint;
  readonly currency?: number;
  readonly transaction?: bigint;
}

function post(...postings: readonly Posting[]) {
  const values = postings.map(
    ({ wallet, available, held = 0n, availableAfter, heldAfter = 0n, currency = 978, transaction = nextId }) =>
      `(${wallet}, ${transaction}, ${available}, ${held}, ${availableAfter}, ${heldAfter}, ${currency})`,
  );
  return app.query(
    `INSERT INTO postings (wallet_id, transaction_id, available, held, available_after, held_after, currency)
     VALUES ${values.join(", ")}`,
  );
}

/** The code with which the statement is refused; a statement that is taken is an error of the test. */
async function refusal(attempt: Promise<unknown>): Promise<{ code: string | undefined; message: string }> {
  try {
    await attempt;
  } catch (error) {
    const { code, message } = error as DatabaseError;
    return { code, message };
  }
  throw new Error("the database took it");
}

const containing = (text: string) => expect.stringContaining(text) as string;
const denied = "42501";
const appendOnly = "23001";
const decidedOnOldBalances = "PB001";
const ledger = ["transactions", "postings", "bets", "bet_transitions", "requests", "denials", "seals"];
const partitioned = ["transactions", "postings", "bets", "bet_transitions"];

async function heldOf(walletId: string): Promise<bigint> {
  const { rows } = await app.query<{ held: string }>("SELECT held FROM wallets WHERE id = $1", [walletId]);
  return BigInt(rows[0]?.held ?? 0);
}

describe("postings", () => {
  const before = () => ({ cash: BigInt(cash.available), house: BigInt(house.available) });

  test("that sum to zero and follow from the balances move the wallets", async () => {
    const held = await heldOf(cash.id);
    await post(
      { wallet: cash.id, available: 500n, availableAfter: before().cash + 500n, heldAfter: held },
      { wallet: house.id, available: -500n, availableAfter: before().house - 500n },
    );
    const { rows } = await app.query("SELECT available, last_transaction FROM wallets WHERE id = $1", [cash.id]);
    expect(rows[0]).toEqual({ available: `${before().cash + 500n}`, last_transaction: `${nextId}` });
  });

  test("that make money are refused", async () => {
    const held = await heldOf(cash.id);
    const attempt = post({ wallet: cash.id, available: 500n, availableAfter: before().cash + 500n, heldAfter: held });
    expect(await refusal(attempt)).toMatchObject({
      code: "23514",
      message: containing("do not sum to zero"),
    });
  });

  test("that sum to zero over two transactions, but in neither, are refused", async () => {
    const held = await heldOf(cash.id);
    const attempt = post(
      { wallet: cash.id, available: 500n, availableAfter: before().cash + 500n, heldAfter: held },
      { wallet: house.id, available: -500n, availableAfter: before().house - 500n, transaction: nextId + 1n },
    );
    expect(await refusal(attempt)).toMatchObject({
      code: "23514",
      message: containing("do not sum to zero"),
    });
  });

  test("that sum to zero only over two currencies are refused", async () => {
    const attempt = post(
      { wallet: cash.id, available: -500n, availableAfter: before().cash - 500n },
      { wallet: house.id, available: 500n, availableAfter: before().house + 500n, currency: 392 },
    );
    expect(await refusal(attempt)).toMatchObject({
      code: "23514",
      message: containing("do not sum to zero"),
    });
  });

  test("that take a player below zero are refused", async () => {
    const held = await heldOf(cash.id);
    const all = before().cash + 1n;
    const attempt = post(
      { wallet: cash.id, available: -all, availableAfter: -1n, heldAfter: held },
      { wallet: house.id, available: all, availableAfter: before().house + all },
    );
    expect(await refusal(attempt)).toMatchObject({
      code: "23514",
      message: containing("player_never_negative"),
    });
  });

  test("that take a player's hold below zero are refused", async () => {
    const held = await heldOf(cash.id);
    const attempt = post({
      wallet: cash.id,
      available: held + 1n,
      held: -held - 1n,
      availableAfter: before().cash + held + 1n,
      heldAfter: -1n,
    });
    expect(await refusal(attempt)).toMatchObject({
      code: "23514",
      message: containing("player_never_negative"),
    });
  });

  test("whose balances after are not those that they lead to are refused as decided on old balances", async () => {
    const held = await heldOf(cash.id);
    const attempt = post(
      { wallet: cash.id, available: 500n, availableAfter: before().cash + 501n, heldAfter: held },
      { wallet: house.id, available: -500n, availableAfter: before().house - 500n },
    );
    expect(await refusal(attempt)).toMatchObject({ code: decidedOnOldBalances });
  });

  test("of a transaction that is older than one that moved the wallet are refused as decided on old balances", async () => {
    const held = await heldOf(cash.id);
    const attempt = post({
      wallet: cash.id,
      available: -500n,
      held: 500n,
      availableAfter: before().cash - 500n,
      heldAfter: held + 500n,
      transaction: BigInt(cash.last_transaction) - 1n,
    });
    expect(await refusal(attempt)).toMatchObject({ code: decidedOnOldBalances });
  });

  test("in another currency than the wallet's are refused", async () => {
    const held = await heldOf(cash.id);
    const attempt = post(
      { wallet: cash.id, available: 500n, availableAfter: before().cash + 500n, heldAfter: held, currency: 392 },
      { wallet: house.id, available: -500n, availableAfter: before().house - 500n, currency: 392 },
    );
    expect(await refusal(attempt)).toMatchObject({ code: decidedOnOldBalances });
  });

  test("of a wallet that does not exist are refused", async () => {
    const attempt = post(
      { wallet: "0", available: 500n, availableAfter: 500n },
      { wallet: house.id, available: -500n, availableAfter: before().house - 500n },
    );
    expect(await refusal(attempt)).toMatchObject({ code: decidedOnOldBalances });
  });

  test("that move nothing are refused", async () => {
    const attempt = post({ wallet: cash.id, available: 0n, availableAfter: before().cash });
    expect(await refusal(attempt)).toMatchObject({ code: "23514", message: containing("posting_moves") });
  });

  test("can't be put into a partition past the trigger of the whole", async () => {
    const { rows } = await app.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'postings'::regclass",
    );
    expect(rows.length).toBeGreaterThan(12);
    for (const { name } of rows) {
      await app.query("SAVEPOINT attempt");
      const attempt = app.query(`INSERT INTO ${name} VALUES (${cash.id}, ${nextId}, 1, 0, 1, 0, 978)`);
      expect(await refusal(attempt)).toMatchObject({ code: denied });
      await app.query("ROLLBACK TO attempt");
    }
  });
});

describe("the engine's role", () => {
  test.each(ledger)("can't update, delete or truncate %s", async (table) => {
    for (const statement of [
      `UPDATE ${table} SET ${await someColumn(table)} = ${await someColumn(table)}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ]) {
      await app.query("SAVEPOINT attempt");
      expect(await refusal(app.query(statement))).toMatchObject({ code: denied });
      await app.query("ROLLBACK TO attempt");
    }
  });

  test.each([
    ["move a wallet", "UPDATE wallets SET available = available + 1"],
    [
      "open a wallet with money in it",
      "INSERT INTO wallets (player_id, kind, currency, available) VALUES (1, 1, 840, 100)",
    ],
    [
      "open a wallet of its own number",
      "INSERT INTO wallets (id, player_id, kind, currency) OVERRIDING SYSTEM VALUE VALUES (99, 1, 1, 840)",
    ],
    ["remove a wallet", "DELETE FROM wallets"],
    ["remove a player", "DELETE FROM players"],
    ["rewrite a batch's events", "UPDATE outbox SET events = NULL"],
    ["remove a batch", "DELETE FROM outbox"],
    ["reopen a round by removing it", "DELETE FROM rounds"],
    ["switch the triggers off", "ALTER TABLE postings DISABLE TRIGGER ALL"],
    ["run without triggers", "SET LOCAL session_replication_role = replica"],
    [
      "replace the trigger's function",
      "CREATE OR REPLACE FUNCTION move_wallets() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ],
    ["drop the ledger", "DROP TABLE postings"],
    ["put a table of its own in the ledger's place", "CREATE TABLE public.wallets_2 ()"],
    ["set the ids back", "SELECT setval('transaction_batches', 1)"],
  ])("can't %s", async (_what, statement) => {
    expect(await refusal(app.query(statement))).toMatchObject({ code: denied });
  });

  test("can't give itself more", async () => {
    // PostgreSQL only warns of a grant that the one who grants has no right to.
    await app.query("GRANT UPDATE ON wallets TO pitboss_app");
    expect(await refusal(app.query("UPDATE wallets SET available = 1"))).toMatchObject({ code: denied });
  });

  test("can't lend the trigger a table of its own by the search path", async () => {
    const held = await heldOf(cash.id);
    await app.query("CREATE TEMP TABLE wallets (LIKE public.wallets)");
    await app.query("SET LOCAL search_path = pg_temp, public");
    const attempt = post({ wallet: cash.id, available: 500n, availableAfter: 500n, heldAfter: held });
    expect(await refusal(attempt)).toMatchObject({ code: "23514" });
  });
});

async function someColumn(table: string): Promise<string> {
  const { rows } = await app.query<{ name: string }>(
    "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 2",
    [table],
  );
  return rows[0]?.name ?? "";
}

describe("even the tables' owner", () => {
  test.each(ledger)("can't change %s by accident", async (table) => {
    for (const statement of [
      `UPDATE ${table} SET ${await someColumn(table)} = ${await someColumn(table)}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ]) {
      expect(await refusal(door.owner.query(statement))).toMatchObject({
        code: appendOnly,
        message: containing("append-only"),
      });
    }
  });

  test.each(partitioned)("can't change a partition of %s by accident", async (table) => {
    const { rows } = await door.owner.query<{ name: string; used: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = '${table}'::regclass ORDER BY 1`,
    );
    let changed = 0;
    for (const { name } of rows) {
      expect(await refusal(door.owner.query(`TRUNCATE ${name}`))).toMatchObject({ code: appendOnly });
      const { rows: counted } = await door.owner.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${name}`);
      if ((counted[0]?.rows ?? 0) === 0) continue;
      changed += 1;
      const column = await someColumn(table);
      for (const statement of [`UPDATE ${name} SET ${column} = ${column}`, `DELETE FROM ${name}`]) {
        expect(await refusal(door.owner.query(statement))).toMatchObject({ code: appendOnly });
      }
    }
    expect(changed).toBeGreaterThan(0);
  });
});

describe("a request id", () => {
  test("stands for one answer, whoever writes it", async () => {
    const { rows } = await app.query<{ key: string }>("SELECT key FROM requests LIMIT 1");
    const attempt = app.query("INSERT INTO requests (key, body_hash, ref, kind) VALUES ($1, 1, 1, 1)", [rows[0]?.key]);
    expect(await refusal(attempt)).toMatchObject({ code: "23505" });
  });

  test("is unique over all time, because its table has no partitions", async () => {
    const { rows } = await app.query<{ relkind: string }>(
      "SELECT relkind FROM pg_class WHERE oid = 'requests'::regclass",
    );
    expect(rows[0]?.relkind).toBe("r");
  });
});

describe("a wallet", () => {
  test("is one for each player, currency, kind and purpose", async () => {
    const [playerId] = door.players;
    const attempt = app.query("INSERT INTO wallets (player_id, kind, currency) VALUES ($1, 1, 978)", [playerId]);
    expect(await refusal(attempt)).toMatchObject({ code: "23505" });
  });

  test.each([
    ["a player's wallet without a player", "(NULL, 1, 978, NULL)", "wallet_owner"],
    ["a house wallet with a player", "(1, 10, 978, NULL)", "wallet_owner"],
    ["a bonus wallet without a policy", "(1, 2, 978, NULL)", "bonus_has_policy"],
    ["a cash wallet with a policy", "(1, 1, 840, 1)", "bonus_has_policy"],
  ])("can't be %s", async (_what, values, constraint) => {
    const attempt = app.query(`INSERT INTO wallets (player_id, kind, currency, funding_policy) VALUES ${values}`);
    expect(await refusal(attempt)).toMatchObject({ message: containing(constraint) });
  });
});

test("none of these attempts left anything behind", async () => {
  const { rows } = await door.owner.query<{ wallets: string; postings: string }>(
    `SELECT (SELECT sum(available + held) FROM wallets) AS wallets, (SELECT sum(available + held) FROM postings) AS postings`,
  );
  expect(rows[0]).toEqual({ wallets: "0", postings: "0" });
});
