/** Both sides of a provider's day, ready to be compared. */
import { listRoundsOfDays, loadOwnRounds } from "@pitboss/db/gaming/provider-file-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import {
  compareRounds,
  type Comparison,
  nameOfRound,
  type OwnRound,
} from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import type { ToldRound } from "@pitboss/domain/gaming/reconciliation/read-round-file";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { nameRound } from "../read-command.ts";

export const dayMs = 86_400_000;
/** A round that began within the last hour of a day may end on the next, and stand in its file. */
const lateMs = 3_600_000;

export interface ProviderDay {
  readonly providerId: number;
  /** `2026-11-27`, UTC. */
  readonly day: string;
}

export interface ComparedDay extends Comparison {
  readonly own: ReadonlyMap<string, OwnRound>;
}

export async function compareDay(
  db: Executor,
  { providerId, day }: ProviderDay,
  told: readonly ToldRound[],
): Promise<ComparedDay> {
  const from = Date.parse(`${day}T00:00:00Z`);
  const to = from + dayMs;
  const hashes = told.flatMap(({ playerId, roundRef }) =>
    playerId === null ? [] : [nameRound(providerId, playerId, roundRef).hash],
  );
  const own = await loadOwnRounds(db, { providerId, hashes, begun: true, from: new Date(from), to: new Date(to) });
  const [before, after] = [dayOf(from - dayMs), dayOf(to)];
  const neighbours = await listRoundsOfDays(db, providerId, [before, after]);
  const compared = compareRounds({
    told,
    own,
    isElsewhere: (name) => neighbours.names.has(name),
    lateFromMs: neighbours.days.has(after) ? Number.POSITIVE_INFINITY : to - lateMs,
    dayMs: { from, to },
  });
  return { ...compared, own };
}

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** One of the house's rounds as it stands now. */
export async function loadRound(
  db: Executor,
  { providerId, day }: ProviderDay,
  playerId: bigint,
  roundRef: string,
): Promise<OwnRound | null> {
  const { hash } = nameRound(providerId, playerId, roundRef);
  const from = Date.parse(`${day}T00:00:00Z`);
  const time = { from: new Date(from), to: new Date(from + dayMs) };
  const rounds = await loadOwnRounds(db, { providerId, hashes: [hash], begun: false, ...time });
  return rounds.get(nameOfRound({ player: formatId("player", playerId), roundRef })) ?? null;
}
