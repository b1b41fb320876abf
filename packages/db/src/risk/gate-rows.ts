/** The gate's row of each player of a batch, as the door loads and writes it. */
import type { ExclusionKind } from "@pitboss/domain/compliance/exclusion";
import { type GateState, needOlderSlots } from "@pitboss/domain/risk/gate-state";
import type { ProfileName } from "@pitboss/domain/risk/limit-profile";
import { readOlderPlay, readPlay, storeOlderPlay, storePlay } from "@pitboss/domain/risk/stored-play";
import { numberArray, textArray } from "../kernel/arrays.ts";
import { type Insert, insertRows } from "../kernel/insert-rows.ts";
import type { Session, Statement, TextRow } from "../kernel/session.ts";

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
      ...readPlay(play ?? ""),
      stored: true,
      changed: false,
    });
  }
  return states;
}

function numberOrNull(text: string | null | undefined): number | null {
  return text == null ? null : Number(text);
}

/** The older slots of those who need them; a trip of its own, which most batches do without. */
const loadOlder: Statement = {
  name: "load-older-slots",
  text: "SELECT player_id, older FROM player_gates WHERE player_id = ANY($1::bigint[])",
};

export async function loadOlderSlots(
  session: Session,
  states: ReadonlyMap<bigint, GateState>,
  bets: Iterable<{ readonly id: bigint; readonly playerId: bigint }>,
  nowMs: number,
): Promise<void> {
  const needing = needOlderSlots(states, bets, nowMs);
  if (needing.size === 0) return;
  const { rows } = await session.run(loadOlder, [numberArray([...needing])]);
  for (const [id, older] of rows) {
    const state = states.get(BigInt(id ?? 0));
    if (state !== undefined) readOlderPlay(state, older ?? "");
  }
}

/** Rows that are there are updated as such: an insert that meets them would lock each before it changes it. */
const updateGates: Statement = {
  name: "update-gates",
  text: `UPDATE player_gates g SET play = moved.play FROM unnest($1::bigint[], $2::text[]) AS moved (player_id, play)
          WHERE g.player_id = moved.player_id`,
};

const updateWholeGates: Statement = {
  name: "update-whole-gates",
  text: `UPDATE player_gates g SET play = moved.play, older = moved.older
           FROM unnest($1::bigint[], $2::text[], $3::text[]) AS moved (player_id, play, older)
          WHERE g.player_id = moved.player_id`,
};

/** Counters and clock of those that the batch has moved; all else of the row is changed by others, under the same lock. */
export function gateInserts(states: Iterable<GateState>): Insert[] {
  const newestAlone: GateState[] = [];
  const whole: { readonly state: GateState; readonly older: string }[] = [];
  const fresh: GateState[] = [];
  for (const state of states) {
    if (!state.changed) continue;
    if (!state.stored) fresh.push(state);
    else {
      const older = storeOlderPlay(state);
      if (older === undefined) newestAlone.push(state);
      else whole.push({ state, older });
    }
  }
  const inserts: Insert[] = [];
  if (newestAlone.length > 0) {
    const players = numberArray(newestAlone.map(({ playerId }) => playerId));
    inserts.push({ statement: updateGates, values: [players, textArray(newestAlone.map(storePlay))] });
  }
  if (whole.length > 0) {
    const players = numberArray(whole.map(({ state }) => state.playerId));
    const plays = textArray(whole.map(({ state }) => storePlay(state)));
    inserts.push({ statement: updateWholeGates, values: [players, plays, textArray(whole.map(({ older }) => older))] });
  }
  if (fresh.length === 0) return inserts;
  return [
    ...inserts,
    insertRows(
      "player_gates",
      fresh,
      {
        player_id: ["bigint", ({ playerId }) => playerId],
        play: ["text", storePlay],
      },
      "ON CONFLICT (player_id) DO UPDATE SET play = excluded.play",
    ),
  ];
}
