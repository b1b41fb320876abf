import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

/** What a bearer token stands for. */
export type Credential =
  | {
      readonly kind: "player";
      readonly playerId: bigint;
      /** The sign-in behind the token; null where an operator vouched for the player. */
      readonly playerSessionId: bigint | null;
      readonly expiresAtMs: number;
    }
  | {
      readonly kind: "session";
      readonly playerId: bigint;
      readonly sessionId: bigint;
      readonly gameId: number;
      readonly expiresAtMs: number;
      /** What was known of the player's place when it was opened, where anything was. */
      readonly place: { readonly deviceCountry: string | null; readonly documentCountry: string | null } | null;
    }
  | {
      readonly kind: "machine";
      readonly keyId: bigint;
      readonly name: string;
      readonly scopes: readonly string[];
      readonly providerId: number | null;
      readonly expiresAtMs: number;
    };

type Row = Record<string, unknown> & {
  kind: "player" | "session" | "machine";
  player_id: string | null;
  id: string | null;
  game_id: number | null;
  name: string | null;
  scopes: string[] | null;
  provider_id: number | null;
  expires_at: string | null;
  place: { deviceCountry: string | null; documentCountry: string | null } | null;
};

/** Looks a token's SHA-256 up among all kinds of tokens in one statement. Revoked and ended ones are not found. */
export async function findCredential(db: Database, hash: Buffer): Promise<Credential | undefined> {
  const { rows } = await db.execute<Row>(sql`
    SELECT 'player' AS kind, player_id, NULL::bigint AS id, NULL::integer AS game_id, NULL AS name, NULL::text[] AS scopes,
           NULL::integer AS provider_id, expires_at, NULL::jsonb AS place
      FROM player_tokens WHERE hash = ${hash} AND revoked_at IS NULL
    UNION ALL
    SELECT 'session', s.player_id, s.id, s.game_id, NULL, NULL, NULL, s.expires_at, g.inputs
      FROM game_sessions s LEFT JOIN geo_decisions g ON g.id = s.geo_decision_id
     WHERE s.token_hash = ${hash} AND s.ended_at IS NULL
    UNION ALL
    SELECT 'machine', NULL, id, NULL, name, scopes, provider_id, expires_at, NULL
      FROM machine_keys WHERE hash = ${hash} AND revoked_at IS NULL`);
  const [row] = rows;
  if (row === undefined) return undefined;
  const expiresAtMs = row.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(row.expires_at);
  switch (row.kind) {
    case "player":
      return { kind: "player", playerId: BigInt(row.player_id ?? 0), playerSessionId: null, expiresAtMs };
    case "session":
      return {
        kind: "session",
        playerId: BigInt(row.player_id ?? 0),
        sessionId: BigInt(row.id ?? 0),
        gameId: row.game_id ?? 0,
        expiresAtMs,
        place: row.place && {
          deviceCountry: row.place.deviceCountry,
          documentCountry: row.place.documentCountry,
        },
      };
    case "machine":
      return {
        kind: "machine",
        keyId: BigInt(row.id ?? 0),
        name: row.name ?? "",
        scopes: row.scopes ?? [],
        providerId: row.provider_id,
        expiresAtMs,
      };
  }
}
