/**
 * A house with as many players, bets and audit entries as asked, filled by set-based SQL: values as uneven as real ones
 * (a few heavy players, popular games and common countries; rare tags, statuses and actions), the same at every run.
 * It is for reading alone: constraints between tables, the guards of the ledger and its balances are passed over.
 */
import pg from "pg";

export interface HouseSize {
  readonly players: number;
  readonly bets: number;
  readonly auditEntries: number;
}

const days = 60;
export const houseGames = 200;
/** Rows that one statement writes. */
const chunk = 1_000_000;

/** A number from 0 to 1 that depends on `n` and the seed alone. */
const random = (seed: number, of = "n"): string =>
  `((hashint8extended(${of}, ${seed}) & 4294967295)::float8 / 4294967296)`;
const pick = (values: readonly string[], at: string): string =>
  `(ARRAY[${values.map((value) => `'${value}'`).join(",")}])[1 + floor(${at} * ${values.length})::integer]`;

export const houseNicknames = [
  ...["ada", "bruno", "chiara", "dmitri", "edda", "farid", "greta", "hugo", "ines", "jonas", "kira", "luis", "mara"],
  ...["nils", "olga", "pavel", "quentin", "rosa", "stefan", "tove", "ulla", "vera", "wim", "xenia", "yara", "zeno"],
];
const country = `CASE WHEN ${random(1)} < 0.35 THEN 'DE' WHEN ${random(1)} < 0.60 THEN 'GB' WHEN ${random(1)} < 0.75 THEN 'SE'
  WHEN ${random(1)} < 0.90 THEN 'MT' WHEN ${random(1)} < 0.9998 THEN 'FI' ELSE 'IS' END`;
const status = `CASE WHEN ${random(2)} < 0.97 THEN 1 WHEN ${random(2)} < 0.995 THEN 2 ELSE 3 END`;
/** Every twentieth visit comes through one network that many share. */
const address = (seed: number): string => `CASE WHEN ${random(seed)} < 0.05
  THEN inet '100.64.0.0' + floor(${random(seed + 1)} * 65536)::bigint
  ELSE inet '20.0.0.0' + floor(${random(seed + 1)} * 67108864)::bigint END`;
const currencyOf = (player: string): string => `(CASE WHEN hashint8extended(${player}, 3) & 15 < 14 THEN 978
  WHEN hashint8extended(${player}, 3) & 15 = 14 THEN 826 ELSE 752 END)`;

/** The words of a name as the blind index has them, here without a key: what matters is how often each occurs. */
export const firstNameTerm = (name: number): string => `first:${name}`;
export const lastNameTerm = (name: number): string => `last:${name}`;
export const firstNames = 800;
export const lastNames = 30_000;
const term = (text: string): string => `substr(sha256((${text})::bytea), 1, 16)`;

/** Fills a migrated database, as its owner. `say` is told of each step. */
export async function fillLargeHouse(url: string, size: HouseSize, say: (step: string) => void): Promise<void> {
  const start = await prepare(url);
  await runSteps(url, drawSteps(size, start), say);
  await runSteps(url, [...playerSteps(size.players), ...betSteps(size), ...auditSteps(size)], say);
  await runSteps(url, [...late.map(({ what, make }) => ({ what, statement: make }))], say);
  await runSteps(url, [{ what: "vacuum and statistics", statement: "VACUUM (ANALYZE)" }], say);
}

/** Two at a time: one waits for the log while the other one computes. */
async function runSteps(url: string, steps: Step[], say: (step: string) => void): Promise<void> {
  const worker = async (): Promise<void> => {
    const client = await connect(url);
    for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
      say(step.what);
      await client.query(step.statement);
    }
    await client.end();
  };
  await Promise.all([worker(), worker()]);
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // No trigger fires, those of foreign keys included, and nothing here needs to outlive a power cut.
  await client.query("SET session_replication_role = replica");
  await client.query("SET synchronous_commit = off");
  await client.query("SET maintenance_work_mem = '512MB'");
  return client;
}

/** Partitions, games and the house; answers the id from which bets are numbered. */
async function prepare(url: string): Promise<bigint> {
  const client = await connect(url);
  await client.query(
    `SELECT ensure_ledger_partitions(now() - interval '${days + 31} days', now() + interval '1 month')`,
  );
  await client.query("INSERT INTO providers (id, code, name) OVERRIDING SYSTEM VALUE VALUES (1, 'house', 'House')");
  await client.query(
    `INSERT INTO games (id, provider_id, code, name, category, limits) OVERRIDING SYSTEM VALUE
     SELECT n, 1, 'game_' || n, 'Game ' || n, 'slots', '{}' FROM generate_series(1, ${houseGames}) n`,
  );
  await client.query(
    `CREATE UNLOGGED TABLE drawn_bets (n bigint PRIMARY KEY, id bigint, settled bigint, player bigint, stake bigint,
       currency smallint, held boolean, voided boolean, paid bigint)`,
  );
  for (const { drop } of late) await client.query(drop);
  const { rows } = await client.query<{ start: string }>(
    `SELECT first_transaction_id_at(now() - interval '${days} days') AS start`,
  );
  await client.end();
  return BigInt(rows[0]?.start ?? 0);
}

interface Step {
  readonly what: string;
  readonly statement: string;
}

/** One statement for each chunk of the numbers 1 to `count`; `select` reads them as `n`. */
function chunked(what: string, count: number, into: string, select: string): Step[] {
  return Array.from({ length: Math.ceil(count / chunk) }, (_, index) => {
    const from = index * chunk + 1;
    const to = Math.min(count, (index + 1) * chunk);
    return {
      what: `${what} ${from} to ${to}`,
      statement: `INSERT INTO ${into} ${select.replace("FROM numbers", `FROM generate_series(${from}::bigint, ${to}::bigint) n`)}`,
    };
  });
}

function playerSteps(players: number): Step[] {
  const anyPlayer = (seed: number): string => `1 + floor(${random(seed)} * ${players})::bigint`;
  return [
    ...chunked(
      "players",
      players,
      "players (id, status, country, nickname, created_at) OVERRIDING SYSTEM VALUE",
      `SELECT n, ${status}, ${country}, ${pick(houseNicknames, random(4))} || n,
              now() - interval '3 years' * (1 - n::float8 / ${players}) FROM numbers`,
    ),
    ...chunked(
      "details",
      players,
      "player_details (player_id, key_id, email, email_index, email_verified_at)",
      `SELECT n, n, '\\x00'::bytea, sha256(('email:' || n)::bytea), now() FROM numbers`,
    ),
    ...chunked(
      "first names",
      players,
      "player_search_terms (player_id, term)",
      `SELECT n, ${term(`'first:' || floor(${firstNames} * ${random(5)} ^ 2)`)} FROM numbers`,
    ),
    ...chunked(
      "last names",
      players,
      "player_search_terms (player_id, term)",
      `SELECT n, ${term(`'last:' || floor(${lastNames} * ${random(6)} ^ 2)`)} FROM numbers`,
    ),
    ...chunked(
      "devices",
      Math.round(players * 1.3),
      "devices (id, player_id, ip, user_agent, first_seen_at)",
      `SELECT n, CASE WHEN n <= ${players} THEN n ELSE ${anyPlayer(7)} END, ${address(8)}, 'Mozilla/5.0', now() FROM numbers`,
    ),
    ...chunked(
      "sessions",
      players * 2,
      "player_sessions (id, player_id, ip, user_agent) OVERRIDING SYSTEM VALUE",
      `SELECT n, ${anyPlayer(10)}, ${address(11)}, 'Mozilla/5.0' FROM numbers`,
    ),
    ...chunked(
      "tags",
      players,
      "player_tags (player_id, tag, added_by)",
      `SELECT n, t.tag, 'st_1' FROM numbers
         CROSS JOIN LATERAL (VALUES ('newcomer', 0.3), ('vip', 0.02), ('watched', 0.0002)) t (tag, part)
        WHERE ${random(13, "n * 7 + length(t.tag)")} < t.part`,
    ),
    ...chunked(
      "wallets",
      players,
      "wallets (id, player_id, kind, currency) OVERRIDING SYSTEM VALUE",
      `SELECT n, n, 1, ${currencyOf("n")} FROM numbers`,
    ),
  ];
}

/**
 * A bet every so often over the days, each settled after a moment: most lose, a third wins and pays, some are voided, a
 * few stay held. Deposits and adjustments lie between them. What a bet is gets drawn once; the tables are made of it.
 */
function drawSteps({ players, bets }: HouseSize, start: bigint): Step[] {
  const everyMs = Math.floor((days * 86_400_000) / bets);
  const drawn = `SELECT n, ${start} + ((n * ${everyMs}) << 22) AS id, 1 + floor(${players} * ${random(20)} ^ 3)::bigint AS player,
      10 + floor(20000 * ${random(21)} ^ 6)::bigint AS stake, 1 + floor(40 * ${random(22)} ^ 8)::bigint AS factor,
      ${random(23)} < 0.0005 OR n > ${bets} - 200 AS held, ${random(24)} < 0.02 AS voided, ${random(25)} < 0.35 AS wins FROM numbers`;
  return chunked(
    "drawing bets",
    bets,
    "drawn_bets (n, id, settled, player, stake, currency, held, voided, paid)",
    `SELECT n, id, id + (${Math.max(1, everyMs)}::bigint << 22) + 1, player, stake, ${currencyOf("player")}, held, voided,
            CASE WHEN wins AND NOT held AND NOT voided THEN stake * factor ELSE 0 END FROM (${drawn} OFFSET 0) drawn`,
  );
}

/** The house's own postings are left out: no list reads them. */
function betSteps({ bets }: HouseSize): Step[] {
  const from = (what: string, into: string, select: string): Step[] =>
    chunked(what, bets, into, select).map((step) => ({
      ...step,
      statement: step.statement.replace(
        /FROM generate_series\((.*?), (.*?)\) n/,
        "FROM (SELECT * FROM drawn_bets WHERE n BETWEEN $1 AND $2) d",
      ),
    }));
  const deposit = "n % 20 = 0";
  const adjustment = "n % 50000 = 0";
  return [
    ...from(
      "bets",
      "bets (id, player_id, round_hash, stake, max_bet, balance_after, game_id, currency, round_ref, selection)",
      `SELECT id, player, hashint8extended(n, 26), stake, 500000, 0, 1 + floor(${houseGames} * ${random(27)} ^ 3)::integer,
              currency, 'R-' || n, '[{"market":"straight","value":"17"}]' FROM numbers`,
    ),
    ...from(
      "transitions",
      "bet_transitions (bet_id, transaction_id, settled_cash, settled_bonus, paid_cash, paid_bonus, number, status, outcome)",
      `SELECT id, settled, stake, 0, paid, 0, 1, CASE WHEN voided THEN 3 ELSE 2 END,
              CASE WHEN voided THEN 4 WHEN paid > 0 THEN 1 ELSE 2 END FROM numbers WHERE NOT held`,
    ),
    ...from(
      "transactions",
      "transactions (id, player_id, reference, trace_id, type, request_uuid, actor)",
      `SELECT t.id, player, t.reference, gen_random_uuid(), t.type, gen_random_uuid(), t.actor
         FROM numbers CROSS JOIN LATERAL (VALUES
           (d.id, NULL::bigint, 2, NULL, true),
           (d.settled, d.id, CASE WHEN voided THEN 5 ELSE 3 END, NULL, NOT held),
           (d.settled + 1, d.id, 4, NULL, paid > 0),
           (d.id + 3, NULL, 1, NULL, ${deposit}),
           (d.id + 4, NULL, 21, 'st_7', ${adjustment})) t (id, reference, type, actor, there) WHERE t.there`,
    ),
    ...from(
      "postings",
      "postings (wallet_id, transaction_id, available, held, available_after, held_after, currency)",
      `SELECT player, t.id, t.available, t.held, 0, 0, currency
         FROM numbers CROSS JOIN LATERAL (VALUES
           (d.id, -stake, stake, true),
           (d.settled, CASE WHEN voided THEN stake ELSE 0 END, -stake, NOT d.held),
           (d.settled + 1, paid, 0, paid > 0),
           (d.id + 3, 5000, 0, ${deposit}),
           (d.id + 4, 700, 0, ${adjustment})) t (id, available, held, there) WHERE t.there`,
    ),
    ...from(
      "rounds",
      "rounds (round_hash, player_id, provider_id, round_ref, status, closed_by)",
      `SELECT hashint8extended(n, 26), player, 1, 'R-' || n, 2, settled FROM numbers WHERE NOT held`,
    ),
  ];
}

/** Indexes whose keys do not come in order are made once the rows are there, which takes a tenth of the time. */
const late: readonly { readonly what: string; readonly drop: string; readonly make: string }[] = [
  {
    what: "index of postings",
    drop: "ALTER TABLE postings DROP CONSTRAINT postings_pkey",
    make: "ALTER TABLE postings ADD PRIMARY KEY (wallet_id, transaction_id)",
  },
  {
    what: "index of rounds",
    drop: "ALTER TABLE rounds DROP CONSTRAINT rounds_pkey",
    make: "ALTER TABLE rounds ADD PRIMARY KEY (round_hash, player_id, provider_id, round_ref)",
  },
  {
    what: "index of bets' rounds",
    drop: "DROP INDEX bets_round",
    make: "CREATE INDEX bets_round ON bets (round_hash)",
  },
];

/** What players and jobs do fills most of the log; what staff does is rare, and some of it very rare. */
function auditSteps({ players, auditEntries }: HouseSize): Step[] {
  const action = `CASE WHEN ${random(30)} < 0.8 THEN 'player.sign-in' WHEN ${random(30)} < 0.95 THEN 'session.sign-in'
    WHEN ${random(30)} < 0.99 THEN 'player.note' WHEN ${random(30)} < 0.9999 THEN 'player.lock' ELSE 'key.rotate' END`;
  const byPlayer = `${random(30)} < 0.8`;
  const someone = `public_id('p', 1 + floor(${players} * ${random(31)} ^ 3)::bigint)`;
  const staff = `'st_' || (1 + floor(50 * ${random(32)} ^ 2))::integer`;
  return [
    ...chunked(
      "audit entries",
      auditEntries,
      "audit_log (id, at, actor_kind, actor_id, acting_as, channel, action, subject_kind, subject_id, trace_id) OVERRIDING SYSTEM VALUE",
      `SELECT n, now() - interval '${days} days' * (1 - n::float8 / ${auditEntries}),
              CASE WHEN ${byPlayer} THEN 'player' ELSE 'staff' END, CASE WHEN ${byPlayer} THEN ${someone} ELSE ${staff} END,
              '{}', CASE WHEN ${byPlayer} THEN 'api' ELSE 'console' END, ${action},
              CASE WHEN ${random(30)} < 0.95 AND NOT ${byPlayer} THEN 'staff' ELSE 'player' END,
              CASE WHEN ${random(30)} < 0.95 AND NOT ${byPlayer} THEN ${staff} ELSE ${someone} END, gen_random_uuid()
         FROM numbers`,
    ),
    ...chunked(
      "audit chain",
      auditEntries,
      "audit_chain (position, audit_id, entry_hash, chain_hash)",
      "SELECT n, n, sha256(int8send(n)), sha256(int8send(n)) FROM numbers",
    ),
  ];
}
