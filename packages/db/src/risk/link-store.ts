/** Which accounts have something in common, and what: read from where it was written for other purposes. */
import { sql, type SQL } from "drizzle-orm";
import { numberArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** From the strongest to the weakest. */
export const linkKinds = ["DEVICE", "INSTRUMENT", "PERSON", "PHONE", "ADDRESS", "BROWSER", "IP"] as const;
export type LinkKind = (typeof linkKinds)[number];

export interface Link {
  readonly playerId: bigint;
  readonly otherId: bigint;
  readonly kind: LinkKind;
  /** Names the shared thing without telling it; the same for everybody who shares it. */
  readonly key: string;
  /** How many accounts share it in all. */
  readonly accounts: number;
}

/** What more accounts share than this says nothing of any of them: the address of an office, of a mobile network. */
const mostAccounts = 20;

/**
 * Everything that these players share with others. Each part begins at the players and goes by an index to the thing and
 * from there back to players. A browser is an address and a user agent together; an address alone is the weakest link.
 */
export async function listLinks(db: Executor, players: readonly bigint[], kinds: readonly LinkKind[]): Promise<Link[]> {
  if (players.length === 0 || kinds.length === 0) return [];
  const wanted = sql`${numberArray(players)}::bigint[]`;
  const parts = kinds.map((kind) => sql`SELECT ${kind} AS kind, player, other, key FROM (${pairs(kind, wanted)}) pair`);
  const rows = await queryRows<{ kind: LinkKind; player: string; other: string; key: string; accounts: string }>(
    db,
    sql`WITH pairs AS MATERIALIZED (${sql.join(parts, sql` UNION `)}),
             sized AS (SELECT *, count(*) OVER (PARTITION BY kind, player, key) + 1 AS accounts FROM pairs)
        SELECT kind, player, other, key, accounts FROM sized WHERE accounts <= ${mostAccounts}
         ORDER BY player, other, kind, key`,
  );
  return rows.map(({ kind, player, other, key, accounts }) => ({
    kind,
    playerId: BigInt(player),
    otherId: BigInt(other),
    key,
    accounts: Number(accounts),
  }));
}

function pairs(kind: LinkKind, players: SQL): SQL {
  switch (kind) {
    case "DEVICE":
      return sql`
        SELECT a.player AS player, b.player AS other, 'kd' || a.device AS key FROM (${seenOn(players)}) a
          JOIN LATERAL (SELECT k.player_id AS player FROM known_devices k WHERE k.id = a.device
                        UNION SELECT s.player_id FROM device_sightings s WHERE s.device_id = a.device) b ON b.player <> a.player`;
    case "INSTRUMENT":
      return sql`
        SELECT a.player_id AS player, b.player_id AS other, left(md5(a.psp || ':' || a.fingerprint), 12) AS key
          FROM (SELECT psp, fingerprint, player_id FROM instruments WHERE player_id = ANY(${players})
                UNION SELECT psp, fingerprint, player_id FROM instrument_sightings WHERE player_id = ANY(${players})) a
          JOIN LATERAL (SELECT i.player_id FROM instruments i WHERE i.psp = a.psp AND i.fingerprint = a.fingerprint
                        UNION SELECT s.player_id FROM instrument_sightings s
                               WHERE s.psp = a.psp AND s.fingerprint = a.fingerprint) b ON b.player_id <> a.player_id`;
    case "PERSON":
    case "PHONE":
    case "ADDRESS":
      return sql`
        SELECT a.player_id AS player, b.player_id AS other, left(encode(a.mark, 'hex'), 12) AS key
          FROM player_marks a JOIN player_marks b ON b.kind = a.kind AND b.mark = a.mark AND b.player_id <> a.player_id
         WHERE a.kind = ${kind} AND a.player_id = ANY(${players})`;
    case "BROWSER":
      return sql`
        SELECT a.player_id AS player, b.player_id AS other, left(md5(host(a.ip) || a.user_agent), 12) AS key
          FROM devices a JOIN devices b ON b.ip = a.ip AND b.user_agent = a.user_agent AND b.player_id <> a.player_id
         WHERE a.player_id = ANY(${players}) AND a.user_agent <> ''`;
    case "IP":
      return sql`
        SELECT a.player_id AS player, b.player_id AS other, left(md5(host(a.ip)), 12) AS key
          FROM devices a JOIN devices b ON b.ip = a.ip AND b.player_id <> a.player_id
         WHERE a.player_id = ANY(${players})`;
  }
}

function seenOn(players: SQL): SQL {
  return sql`SELECT k.player_id AS player, k.id AS device FROM known_devices k WHERE k.player_id = ANY(${players})
             UNION SELECT s.player_id, s.device_id FROM device_sightings s WHERE s.player_id = ANY(${players})`;
}

export async function noteSighting(db: Executor, deviceId: bigint, playerId: bigint, now: Date): Promise<void> {
  const at = now.toISOString();
  await db.execute(sql`
    INSERT INTO device_sightings (device_id, player_id, first_seen_at, last_seen_at)
    VALUES (${deviceId}, ${playerId}, ${at}::timestamptz, ${at}::timestamptz)
    ON CONFLICT (device_id, player_id) DO UPDATE SET last_seen_at = excluded.last_seen_at`);
}

/** A card that another account had brought was shown by this one. */
export async function noteForeignInstruments(
  db: Executor,
  playerId: bigint,
  cards: readonly { readonly psp: string; readonly fingerprint: string }[],
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  for (const { psp, fingerprint } of cards) {
    await db.execute(sql`
      INSERT INTO instrument_sightings (psp, fingerprint, player_id, first_seen_at, last_seen_at)
      VALUES (${psp}, ${fingerprint}, ${playerId}, ${at}::timestamptz, ${at}::timestamptz)
      ON CONFLICT (psp, fingerprint, player_id) DO UPDATE SET last_seen_at = excluded.last_seen_at`);
  }
}

export interface LinkedPlayer {
  readonly id: bigint;
  readonly nickname: string;
  readonly status: number;
  readonly country: string;
  readonly createdAt: string;
}

export async function listLinkedPlayers(db: Executor, players: readonly bigint[]): Promise<LinkedPlayer[]> {
  if (players.length === 0) return [];
  const rows = await queryRows<{ id: string; nickname: string; status: number; country: string; created_at: string }>(
    db,
    sql`SELECT id, nickname, status, country, created_at FROM players WHERE id = ANY(${numberArray(players)}::bigint[]) ORDER BY id`,
  );
  return rows.map(({ id, created_at: createdAt, ...row }) => ({
    ...row,
    id: BigInt(id),
    createdAt: new Date(createdAt).toISOString(),
  }));
}
