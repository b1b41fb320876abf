/**
 * A plan that reads a whole table costs ten times a batch once the table is large, and a session keeps its plans from a
 * time when it was empty. So every statement of the door is looked at as it really runs, with the lanes' settings.
 */
import { deposit, type Door, keyOf, openDoor, place, runCommands, settle } from "@pitboss/db/wallet/door.fixture";
import { gateOf, packOf } from "@pitboss/domain/risk/packs.fixture";
import { createDatabase } from "@pitboss/db/kernel/pool";
import { openSession, type Session } from "@pitboss/db/kernel/session";
import { listHouseBalances, listPostings, listWalletsAsOf } from "@pitboss/db/wallet/read-wallets";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { laneSettings } from "./lanes.ts";

const watched = {
  session_preload_libraries: "auto_explain",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_nested_statements": "on",
  "auto_explain.log_level": "notice",
  client_min_messages: "notice",
};
/** Every table that grows with players or bets; the rest (games, providers, rates) is small for ever. */
const growing =
  /Seq Scan on (players|wallets|transactions|postings|bets|bet_transitions|rounds|requests|denials|devices|outbox|seals|player_gates|jackpot_payments)/;

let door: Door;

beforeAll(async () => {
  door = await openDoor(8);
});
afterAll(() => door.close());

/** Runs one of every kind of command through the door, and returns the plans of all that ran meanwhile. */
async function watchDoor(run: string): Promise<string[]> {
  const session = await openSession({
    url: door.url,
    applicationName: "plans",
    settings: { ...laneSettings, ...watched },
  });
  const plans = watch(session.client);
  await everyCommand(session, run);
  await session.close();
  return plans;
}

function watch(client: pg.ClientBase): string[] {
  const plans: string[] = [];
  client.on("notice", ({ message }) => {
    if (message?.includes("plan:") === true) plans.push(message);
  });
  return plans;
}

/** A jurisdiction that keeps the clock of every player, so that every bet writes the gate's row. */
const gate = gateOf([packOf({ realityCheckMinutes: 1_440 })]);

function throughGate(session: Session, commands: Parameters<typeof runCommands>[1]) {
  return runCommands(session, commands, gate);
}

async function everyCommand(session: Session, run: string): Promise<void> {
  const [player = 0n, other = 0n] = door.players;
  const of = (name: string) => `${run} ${name}`;
  const bet = (name: string) => ({ placeKey: keyOf(of(name)) });
  const common = { playerId: player } as const;
  // Twice, because the second run meets the plans that the first one made.
  await throughGate(session, [
    deposit(of("deposit"), player, 100_000n),
    deposit(of("deposit 2"), other, 100_000n, "JPY"),
  ]);
  await throughGate(session, [
    place(of("a"), player, 100n),
    place(of("b"), player, 100n),
    place(of("c"), other, 10n ** 9n),
  ]);
  await throughGate(session, [settle(of("settle a"), player, [of("a")], 360n)]);
  await throughGate(session, [{ type: "void", ...common, request: of("void b"), bet: bet("b"), reason: "misdeal" }]);
  await throughGate(session, [
    {
      type: "correct",
      ...common,
      request: of("correct a"),
      bet: bet("a"),
      outcome: "WIN",
      payout: 90n,
      reason: "wrong",
    },
    { type: "rollback", ...common, request: of("roll back"), bet: bet("never came") },
    { type: "settle", ...common, request: of("close"), round: "r2", results: [], close: true },
  ]);
  const jackpot = { code: "mega", amount: 5n };
  await throughGate(session, [
    { type: "place", ...common, request: of("j"), gameId: 1, round: of("j"), stake: 100n, currency: "EUR", jackpot },
  ]);
  const provider = { providerId: 1, ...common } as const;
  const rules = { close: true, source: "WIN", withoutBet: "HOUSE", again: "PAY" } as const;
  const win = { type: "win", ...provider, gameId: 1, currency: "EUR", amount: 300n, bet: null, ...rules } as const;
  await throughGate(session, [{ ...win, request: of("win j"), round: of("j"), jackpot }]);
  const back = (name: string, takes: "BET" | "ACTION") => {
    const original = { original: keyOf(of(name)), mark: keyOf(of(`${name} is undone`)) };
    return {
      type: "undo",
      ...provider,
      request: of(`undo ${name}`),
      ...original,
      takes,
      settled: "CLAW_BACK",
    } as const;
  };
  await throughGate(session, [back("win j", "ACTION")]);
  await throughGate(session, [back("j", "BET")]);
}

function expectLookUps(plans: readonly string[]): void {
  const statements = [
    "FROM players",
    "FROM wallets",
    "FROM player_gates",
    "FROM requests",
    "FROM rounds",
    "JOIN bets",
    "INTO postings",
    "UPDATE wallets",
    "INTO denials",
    "FROM jackpot_payments",
  ];
  for (const part of statements)
    expect(
      plans.some((plan) => plan.includes(part)),
      `a plan of ${part}`,
    ).toBe(true);
  // The first bet of a player brings the gate's row, every later one changes it.
  expect(plans.some((plan) => /(INTO|UPDATE) player_gates/.test(plan))).toBe(true);
  for (const plan of plans) expect(plan).not.toMatch(growing);
}

describe("the door's statements", () => {
  test("are look-ups by key on an empty database", async () => {
    // Without statistics PostgreSQL takes a table for larger than it is; with them it knows how little there is to read.
    await door.owner.query("VACUUM ANALYZE");
    expectLookUps(await watchDoor("empty"));
  });

  test("are look-ups by key on a database that has many players and bets", async () => {
    await fill();
    expectLookUps(await watchDoor("full"));
  });

  test("are look-ups by key in a session whose plans were made while the tables were empty", async () => {
    const before = await openDoor(8);
    try {
      await before.owner.query("VACUUM ANALYZE");
      const session = await openSession({
        url: before.url,
        applicationName: "plans",
        settings: { ...laneSettings, ...watched },
      });
      const plans = watch(session.client);
      const [player = 0n] = before.players;
      for (let round = 0; round < 12; round += 1) {
        await throughGate(session, [deposit(`d${round}`, player, 100n), place(`p${round}`, player, 10n)]);
        await throughGate(session, [settle(`s${round}`, player, [`p${round}`], 0n)]);
      }
      for (const plan of plans) expect(plan).not.toMatch(growing);
      expect(plans.some((plan) => plan.includes("UPDATE player_gates"))).toBe(true);
      await session.close();
    } finally {
      await before.close();
    }
  });
});

describe("reads of balances", () => {
  async function watchReads(read: (db: ReturnType<typeof createDatabase>) => Promise<unknown>): Promise<string> {
    const options = Object.entries(watched)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" ");
    const pool = new pg.Pool({ connectionString: door.url, max: 1, options });
    const plans: string[] = [];
    pool.on("connect", (client) => client.on("notice", ({ message }) => plans.push(message ?? "")));
    await read(createDatabase(pool));
    await pool.end();
    return plans.join("\n");
  }

  test("as of an instant are one step down the postings' key for each wallet", async () => {
    const [player = 0n] = door.players;
    const plan = await watchReads((db) => listWalletsAsOf(db, player, Date.now()));
    expect(plan).toMatch(/Limit .*rows=1/);
    expect(plan).toMatch(/Index Scan Backward using postings_\d+_\d+_pkey/);
    for (const partition of await filledPartitions()) expect(plan).not.toContain(`Seq Scan on ${partition}`);
  });

  test("that explain a balance take a page from the key, however long the history is", async () => {
    const [player = 0n] = door.players;
    const plan = await watchReads((db) => listPostings(db, { playerId: player, limit: 50 }));
    expect(plan).toMatch(/Index Scan Backward using postings_\d+_\d+_pkey/);
    // Here plans are made anew each time, and a partition ahead of its month has nothing to read.
    for (const partition of await filledPartitions()) expect(plan).not.toContain(`Seq Scan on ${partition}`);
  });

  test("of the house add up the newest posting of each stripe, and not the ledger", async () => {
    const plan = await watchReads((db) => listHouseBalances(db));
    for (const partition of await filledPartitions()) expect(plan).not.toContain(`Seq Scan on ${partition}`);
  });
});

async function filledPartitions(): Promise<string[]> {
  const { rows } = await door.owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relispartition AND relkind = 'r' AND reltuples > 0",
  );
  expect(rows.length).toBeGreaterThanOrEqual(4);
  return rows.map(({ name }) => name);
}

/** Tens of thousands of players with a wallet, a deposit, a bet and its request each, and statistics that know of them. */
async function fill(): Promise<void> {
  const count = 15_000;
  await door.owner.query(`
    INSERT INTO players (country, nickname) SELECT 'MT', 'crowd ' || n FROM generate_series(1, ${count}) n;
    INSERT INTO wallets (player_id, kind, currency) SELECT id, 1, 978 FROM players WHERE nickname LIKE 'crowd %';
    INSERT INTO wallets (kind, currency, stripe, qualifier) VALUES (11, 978, 31, 'crowd');
    CREATE TEMP TABLE crowd AS
      SELECT w.id AS wallet, w.player_id AS player, row_number() OVER (ORDER BY w.id) AS n,
             ((first_transaction_id_at(now()) >> 22) - ${count} + row_number() OVER (ORDER BY w.id)) << 22 AS id
        FROM wallets w JOIN players p ON p.id = w.player_id WHERE p.nickname LIKE 'crowd %';
    INSERT INTO transactions (id, player_id, trace_id, type) SELECT id, player, gen_random_uuid(), 1 FROM crowd;
    INSERT INTO postings (wallet_id, transaction_id, available, held, available_after, held_after, currency)
      SELECT wallet, id, 100, 0, 100, 0, 978 FROM crowd
      UNION ALL
      SELECT (SELECT id FROM wallets WHERE qualifier = 'crowd'), id, -100, 0, -100 * n, 0, 978 FROM crowd;
    INSERT INTO bets (id, player_id, round_hash, stake, max_bet, balance_after, game_id, currency, round_ref, selection)
      SELECT id, player, n, 100, 100, 0, 1, 978, 'crowd', '[]' FROM crowd;
    INSERT INTO bet_transitions (bet_id, transaction_id, settled_cash, settled_bonus, paid_cash, paid_bonus, number, status, outcome)
      SELECT id, id, 100, 0, 0, 0, 1, 2, 2 FROM crowd;
    INSERT INTO jackpot_payments (transaction_id, request_key, player_id, bet_id, amount, currency, jackpot)
      SELECT id, gen_random_uuid(), player, id, 100, 978, 'crowd' FROM crowd;
    INSERT INTO requests (key, body_hash, ref, kind) SELECT gen_random_uuid(), n, id, 1 FROM crowd;
    INSERT INTO outbox (batch, transactions) SELECT id >> 10, 1 FROM crowd ON CONFLICT DO NOTHING;
  `);
  await door.owner.query("ANALYZE");
}
