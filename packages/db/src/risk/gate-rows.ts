/** The gate's row of each player of a batch, as the door loads and writes it. */
import type { ExclusionKind } from "@pitboss/domain/compliance/exclusion";
import { type GateState, readPlay, type StoredPlay, storePlay } from "@pitboss/domain/risk/gate-state";
import type { ProfileName } from "@pitboss/domain/risk/limit-profile";
import { numberArray, textArray } from "../kernel/arrays.ts";
import { type Insert, insertRows } from "../kernel/insert-rows.ts";
import type { Statement, TextRow } from "../kernel/session.ts";

/** Behind the lock of the players' rows, in a snapshot of its own: what another batch has counted is seen. */
export const loadGates: Statement = {
  name: "load-gates",
  text: `SELECT player_id, block_kind, (extract(epoch FROM block_until) * 1000)::bigint,
                (extract(epoch FROM young_until) * 1000)::bigint, profile, reality_check_minutes, play
           FROM player_gates WHERE player_id = ANY($1::bigint[])`,
};

export function readGates(rows: readonly TextRow[]): Map<bigint, GateState> {
  const states = new Map<bigint, GateState>();
  for (const [id, blockKind, blockUntil, youngUntil, profile, realityCheck, play] of rows) {
    const playerId = BigInt(id ?? 0);
    states.set(playerId, {
      playerId,
      block: blockKind == null ? null : { kind: blockKind as ExclusionKind, untilMs: numberOrNull(blockUntil) },
      youngUntilMs: numberOrNull(youngUntil),
      profile: (profile ?? "DEFAULT") as ProfileName,
      realityCheckMs: realityCheck == null ? null : Number(realityCheck) * 60_000,
      ...readPlay(JSON.parse(play ?? "") as StoredPlay),
      stored: true,
      changed: false,
    });
  }
  return states;
}

function numberOrNull(text: string | null | undefined): number | null {
  return text == null ? null : Number(text);
}

function textOf(state: GateState): string {
  return JSON.stringify(storePlay(state));
}

/** Rows that are there are updated as such: an insert that meets them would lock each before it changes it. */
const updateGates: Statement = {
  name: "update-gates",
  text: `UPDATE player_gates g SET play = moved.play FROM unnest($1::bigint[], $2::jsonb[]) AS moved (player_id, play)
          WHERE g.player_id = moved.player_id`,
};

/** Counters and clock of those that the batch has moved; all else of the row is changed by others, under the same lock. */
export function gateInserts(states: Iterable<GateState>): Insert[] {
  const moved = [...states].filter(({ changed }) => changed);
  const known = moved.filter(({ stored }) => stored);
  const fresh = moved.filter(({ stored }) => !stored);
  const inserts: Insert[] = [];
  if (known.length > 0) {
    const players = numberArray(known.map(({ playerId }) => playerId));
    inserts.push({ statement: updateGates, values: [players, textArray(known.map(textOf))] });
  }
  if (fresh.length === 0) return inserts;
  return [
    ...inserts,
    insertRows(
      "player_gates",
      fresh,
      {
        player_id: ["bigint", ({ playerId }) => playerId],
        play: ["jsonb", textOf],
      },
      "ON CONFLICT (player_id) DO UPDATE SET play = excluded.play",
    ),
  ];
}
