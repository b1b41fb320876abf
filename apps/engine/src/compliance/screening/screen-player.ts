/**
 * Screens one player: at verification, before the first payout, when somebody asks for it, and within a run over all.
 * What is found is written with the player's standing, in one transaction.
 */
import {
  type HitFinding,
  type HitRecord,
  insertCheck,
  insertHit,
  insertHitStep,
  lockPlayerHits,
  nextHitId,
  reopenHit,
  vanishHit,
} from "@pitboss/db/compliance/screening-hit-store";
import { readStanding, setScreening } from "@pitboss/db/compliance/standing-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { entryKey } from "@pitboss/domain/compliance/screening/diff-entries";
import {
  compareHits,
  type FreshMatch,
  type HitChange,
  screeningStateOf,
  type StandingHit,
} from "@pitboss/domain/compliance/screening/hit-machine";
import type { Match } from "@pitboss/domain/compliance/screening/screening-index";
import { screeningAlgorithm } from "@pitboss/domain/compliance/screening/screening-rule";
import type { ScreeningState } from "@pitboss/domain/compliance/standing";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert, err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Acting } from "../../audit/acting.ts";
import { type TakeNote, withAudit } from "../../audit/with-audit.ts";
import type { StoredKey } from "../../identity/keys/player-vault.ts";
import { sealHitDetails } from "./hit-details.ts";
import { presentVersions, type ScreeningBase } from "./screening-lists.ts";
import { type PlayerSubject, readPlayerSubject, type ScreeningDeps } from "./screening-subject.ts";

export type ScreeningTrigger = "VERIFICATION" | "FIRST_PAYOUT" | "MANUAL";

export interface Screened {
  readonly state: Exclude<ScreeningState, "NEVER">;
  readonly opened: number;
  readonly reopened: number;
  readonly vanished: number;
}

/** Refused where the player has no name to be compared by; whoever asks then holds the player to be not screened. */
export async function screenPlayer(
  deps: ScreeningDeps,
  acting: Acting,
  playerId: bigint,
  trigger: ScreeningTrigger,
): Promise<Result<Screened>> {
  return withAudit(deps.db, acting, (tx, note) => screenWithin(tx, deps, { acting, note, playerId, trigger }));
}

/** As a part of what else is written about the player. */
async function screenWithin(
  tx: Executor,
  deps: ScreeningDeps,
  work: {
    readonly acting: Acting;
    readonly note: TakeNote;
    readonly playerId: bigint;
    readonly trigger: ScreeningTrigger;
  },
): Promise<Result<Screened>> {
  const { acting, note, playerId, trigger } = work;
  const base = await deps.screening.current(tx);
  if (base.lists.versions.size === 0) {
    return err("SCREENING_NOT_READY", "No list has been imported yet, so nobody can be screened.");
  }
  const screened = await applyScreening(tx, deps, base, { playerId, by: actorOf(acting) });
  if (!screened.ok) return screened;
  const { value } = screened;
  await insertCheck(
    tx,
    {
      playerId,
      trigger,
      lists: presentVersions(base.lists.versions),
      ruleVersion: BigInt(base.rule.version),
      algorithm: screeningAlgorithm,
      outcome: value.state,
      matches: value.matches,
      by: actorOf(acting),
    },
    new Date(deps.clock.now()),
  );
  // Not under the player's own name: whoever reads what staff did with a player need not learn of this.
  note({
    action: "screening.check",
    subject: { kind: "screening", id: formatId("player", playerId) },
    reason: trigger,
    after: { state: value.state, matches: value.matches, lists: presentVersions(base.lists.versions) },
  });
  return screened;
}

export interface AppliedScreening extends Screened {
  readonly matches: number;
}

/** Writes what has changed of the player's hits, and the standing that they come to. */
export async function applyScreening(
  tx: Executor,
  deps: ScreeningDeps,
  base: ScreeningBase,
  { playerId, by }: { readonly playerId: bigint; readonly by: string },
): Promise<Result<AppliedScreening>> {
  const now = new Date(deps.clock.now());
  const hits = await lockPlayerHits(tx, playerId);
  const subject = await readPlayerSubject(deps, tx, playerId);
  if (!subject.ok) return subject;
  const key = await deps.players.profileKey(tx, playerId);
  if (key === undefined) return err("PLAYER_ERASED");
  const found = findMatches(base, subject.value);
  const changes = compareHits(hits.map(standingHit), found.fresh, subject.value.hash, now.getTime());
  const write: Writing = { tx, base, key, subject: subject.value, found, playerId, by, now };
  for (const change of changes) await writeChange(write, change);
  const after = changes.length === 0 ? hits : await lockPlayerHits(tx, playerId);
  const state = screeningStateOf(after) as Screened["state"];
  await setScreening(tx, playerId, state, now);
  const count = (kind: HitChange["kind"]): number => changes.filter((change) => change.kind === kind).length;
  return ok({
    state,
    matches: found.matches.size,
    opened: count("open") + count("find"),
    reopened: count("reopen"),
    vanished: count("vanish"),
  });
}

/** Whether a screening would write anything but the time of it; asked first in runs, where hardly anybody changes. */
export async function isUnchanged(
  db: Executor,
  deps: ScreeningDeps,
  base: ScreeningBase,
  playerId: bigint,
  hits: readonly HitRecord[],
): Promise<Result<boolean>> {
  const subject = await readPlayerSubject(deps, db, playerId);
  if (!subject.ok) return subject;
  const { fresh } = findMatches(base, subject.value);
  const changes = compareHits(hits.map(standingHit), fresh, subject.value.hash, deps.clock.now());
  if (changes.length > 0) return ok(false);
  const standing = await readStanding(db, playerId);
  return ok(standing?.screening === screeningStateOf(hits));
}

export interface FoundMatches {
  readonly matches: ReadonlyMap<string, Match>;
  readonly fresh: readonly FreshMatch[];
}

export function findMatches({ lists, rule }: ScreeningBase, { form }: PlayerSubject): FoundMatches {
  const matches = new Map<string, Match>();
  const fresh: FreshMatch[] = [];
  for (const match of lists.index.find(form, rule)) {
    const { entry, score } = match;
    const stored = lists.stored(entry);
    assert(stored !== undefined, "what the index finds was loaded from the lists");
    const key = entryKey(entry.source, entry.ref);
    matches.set(key, match);
    fresh.push({ entryKey: key, topic: entry.topic, entryHash: stored.hash, score });
  }
  return { matches, fresh };
}

export function standingHit(hit: HitRecord): StandingHit {
  return {
    id: hit.id,
    entryKey: entryKey(hit.source, hit.ref),
    topic: hit.topic,
    state: hit.state,
    score: hit.score,
    entryHash: hit.entryHash,
    subjectHash: hit.subjectHash,
    expiresAtMs: hit.expiresAt?.getTime() ?? null,
  };
}

export function actorOf({ actorKind, actorId }: Acting): string {
  return `${actorKind}:${actorId}`;
}

interface Writing {
  readonly tx: Executor;
  readonly base: ScreeningBase;
  readonly key: StoredKey;
  readonly subject: PlayerSubject;
  readonly found: FoundMatches;
  readonly playerId: bigint;
  readonly by: string;
  readonly now: Date;
}

async function writeChange(write: Writing, change: HitChange): Promise<void> {
  const { tx, by, now, playerId } = write;
  if (change.kind === "vanish") {
    const { id, score } = change.hit;
    await vanishHit(tx, id, now);
    await insertHitStep(tx, { hitId: id, event: "vanish", toState: "GONE", score, by, reason: null });
    return;
  }
  if (change.kind === "open") {
    const id = await nextHitId(tx);
    const { entry } = matchOf(write, change.entryKey);
    const finding = findingOf(write, id, change.entryKey);
    await insertHit(tx, { ...finding, id, playerId, source: entry.source, ref: entry.ref }, now);
    await insertHitStep(tx, { hitId: id, event: "open", toState: "OPEN", score: change.score, by, reason: null });
    return;
  }
  const { id, entryKey: key } = change.hit;
  await reopenHit(tx, id, findingOf(write, id, key), now);
  const reason = change.kind === "reopen" ? change.cause : null;
  await insertHitStep(tx, { hitId: id, event: change.kind, toState: "OPEN", score: change.score, by, reason });
}

function findingOf(write: Writing, hitId: bigint, key: string): HitFinding {
  const { base, subject, key: playerKey } = write;
  const match = matchOf(write, key);
  const stored = base.lists.stored(match.entry);
  assert(stored !== undefined, "what the index finds was loaded from the lists");
  return {
    topic: match.entry.topic,
    entryId: stored.id,
    entryHash: stored.hash,
    subjectHash: subject.hash,
    score: match.score,
    ruleVersion: BigInt(base.rule.version),
    algorithm: screeningAlgorithm,
    keyId: playerKey.rowId,
    details: sealHitDetails(playerKey, hitId, subject.form, match),
  };
}

function matchOf({ found }: Writing, key: string): Match {
  const match = found.matches.get(key);
  assert(match !== undefined, "a change is about a match that was found");
  return match;
}
