/**
 * The life of a screening hit as a table, and what a new screening makes of the hits that there are. A decision holds
 * for what it was made about: where the entry or the player's own data have changed since, a person looks again.
 */
import type { Topic } from "./list-entry.ts";
import type { ScreeningState } from "../standing.ts";

export const hitMachine = {
  OPEN: { dismiss: "FALSE_POSITIVE", confirm: "TRUE_POSITIVE", vanish: "GONE" },
  FALSE_POSITIVE: { reopen: "OPEN", vanish: "GONE" },
  // A person who was confirmed stays so, whatever a list says later, until two people have lifted it.
  TRUE_POSITIVE: { lift: "FALSE_POSITIVE" },
  GONE: { find: "OPEN" },
} as const satisfies Record<string, Partial<Record<string, string>>>;

export type HitState = keyof typeof hitMachine;
export const hitStates = Object.keys(hitMachine) as readonly HitState[];
export type HitEvent = "dismiss" | "confirm" | "vanish" | "reopen" | "lift" | "find" | "open";

/** What stands of a hit, as far as a new screening asks of it. */
export interface StandingHit {
  readonly id: bigint;
  /** Source and the list's own reference: names the entry over all versions. */
  readonly entryKey: string;
  readonly topic: Topic;
  readonly state: HitState;
  readonly score: number;
  /** Of the entry and of the player's data, as they were when it was found or decided. */
  readonly entryHash: string;
  readonly subjectHash: string;
  /** Until when a dismissal holds; null on all else. */
  readonly expiresAtMs: number | null;
}

export interface FreshMatch {
  readonly entryKey: string;
  readonly topic: Topic;
  readonly entryHash: string;
  readonly score: number;
}

export type ReopenCause = "EXPIRED" | "ENTRY_CHANGED" | "PLAYER_CHANGED" | "SCORE_ROSE";

export type HitChange =
  | { readonly kind: "open"; readonly entryKey: string; readonly score: number }
  | { readonly kind: "find"; readonly hit: StandingHit; readonly score: number }
  | { readonly kind: "reopen"; readonly hit: StandingHit; readonly score: number; readonly cause: ReopenCause }
  /** Still open, and with another score or another text of the entry. */
  | { readonly kind: "rescore"; readonly hit: StandingHit; readonly score: number }
  | { readonly kind: "vanish"; readonly hit: StandingHit };

/** A dismissal does not hold for a match that has become so much stronger. */
const scoreRise = 50;

/** Only what changes; a hit that stays as it is is not named. */
export function compareHits(
  standing: readonly StandingHit[],
  matches: readonly FreshMatch[],
  subjectHash: string,
  nowMs: number,
): HitChange[] {
  const byEntry = new Map(standing.map((hit) => [hit.entryKey, hit]));
  const changes: HitChange[] = [];
  for (const match of matches) {
    const hit = byEntry.get(match.entryKey);
    byEntry.delete(match.entryKey);
    const change = changeOf(hit, match, subjectHash, nowMs);
    if (change !== undefined) changes.push(change);
  }
  for (const hit of byEntry.values()) {
    if (hit.state === "OPEN" || hit.state === "FALSE_POSITIVE") changes.push({ kind: "vanish", hit });
  }
  return changes;
}

function changeOf(
  hit: StandingHit | undefined,
  { entryKey, entryHash, score }: FreshMatch,
  subjectHash: string,
  nowMs: number,
): HitChange | undefined {
  switch (hit?.state) {
    case undefined:
      return { kind: "open", entryKey, score };
    case "GONE":
      return { kind: "find", hit, score };
    case "OPEN":
      return hit.score !== score || hit.entryHash !== entryHash || hit.subjectHash !== subjectHash
        ? { kind: "rescore", hit, score }
        : undefined;
    case "TRUE_POSITIVE":
      return undefined;
    case "FALSE_POSITIVE": {
      const cause = reopenCause(hit, entryHash, subjectHash, score, nowMs);
      return cause === undefined ? undefined : { kind: "reopen", hit, score, cause };
    }
  }
}

function reopenCause(
  hit: StandingHit,
  entryHash: string,
  subjectHash: string,
  score: number,
  nowMs: number,
): ReopenCause | undefined {
  if (hit.expiresAtMs !== null && hit.expiresAtMs <= nowMs) return "EXPIRED";
  if (hit.entryHash !== entryHash) return "ENTRY_CHANGED";
  if (hit.subjectHash !== subjectHash) return "PLAYER_CHANGED";
  return score >= hit.score + scoreRise ? "SCORE_ROSE" : undefined;
}

/**
 * What the player's hits come to. Whoever is on a list of sanctions gets no money and places no bet; whoever holds a
 * public office may play, under the closer look that anti-money-laundering law asks for (Directive (EU) 2015/849 art. 20).
 */
export function screeningStateOf(hits: readonly { readonly state: HitState; readonly topic: Topic }[]): ScreeningState {
  if (hits.some(({ state, topic }) => state === "TRUE_POSITIVE" && topic === "SANCTION")) return "BLOCKED";
  return hits.some(({ state }) => state === "OPEN") ? "HIT" : "CLEAR";
}

/** How long a dismissal may hold at most, days. After a year the player's circumstances are looked at anew. */
export const mostDismissalDays = 365;
