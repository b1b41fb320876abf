/**
 * What another list or another rule would make of the decisions that there are, before either is in force. Shows only
 * what would change: nothing is written.
 */
import { listPlayersWithHits, lockPlayerHits } from "@pitboss/db/compliance/screening-hit-store";
import { listPlayersToScreen } from "@pitboss/db/compliance/screening-run-store";
import { compareHits, type HitChange } from "@pitboss/domain/compliance/screening/hit-machine";
import { listSources } from "@pitboss/domain/compliance/screening/list-entry";
import { screeningRuleBody } from "@pitboss/domain/compliance/screening/screening-rule";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { orThrow } from "../../edge/trpc/failure.ts";
import { readCursor } from "../../edge/trpc/page.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { readDraftLists, uploadsInput } from "./import-list.ts";
import { findMatches, standingHit } from "./screen-player.ts";
import type { LoadedLists, ScreeningBase } from "./screening-lists.ts";
import { readPlayerSubject } from "./screening-subject.ts";

export interface ReplayedChange {
  readonly playerId: string;
  /** Null on a hit that would be a new one. */
  readonly hitId: string | null;
  /** The list and its own reference. */
  readonly entry: string;
  readonly change: HitChange["kind"];
  readonly state: string | null;
  readonly scoreBefore: number | null;
  readonly scoreAfter: number | null;
  /** Why a dismissal would not hold. */
  readonly cause: string | null;
}

interface ReplayPage {
  readonly changes: readonly ReplayedChange[];
  readonly looked: number;
  /** Players whose data can't be read. */
  readonly failed: number;
  readonly next: string | null;
}

const atOnce = 100;

export const replayScreening = staffProcedure("screening.import")
  .input(
    z.object({
      /** Players with a hit, or everybody: a new list also finds people who had none. */
      scope: z.enum(["HITS", "EVERYBODY"]).default("HITS"),
      list: z.object({ source: z.enum(listSources), files: uploadsInput }).nullish(),
      rule: screeningRuleBody.nullish(),
      cursor: z.string().max(80).nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<ReplayPage> => {
    const { deps } = ctx;
    const { lists, rule } = await deps.screening.current(deps.db);
    const drafted = input.list == null ? lists : await draftOf(deps, input.list);
    const base: ScreeningBase = { lists: drafted, rule: input.rule == null ? rule : { ...input.rule, version: 0 } };
    const after = readCursor("player", input.cursor) ?? 0n;
    const list = input.scope === "HITS" ? listPlayersWithHits : listPlayersToScreen;
    const players = await list(deps.db, after, atOnce);
    const changes: ReplayedChange[] = [];
    let failed = 0;
    for (const playerId of players) {
      const replayed = await replayPlayer(deps, base, playerId);
      if (replayed === undefined) failed += 1;
      else changes.push(...replayed);
    }
    const last = players.at(-1);
    const next = players.length === atOnce && last !== undefined ? formatId("player", last) : null;
    return { changes, looked: players.length, failed, next };
  });

async function replayPlayer(
  deps: StaffDeps,
  base: ScreeningBase,
  playerId: bigint,
): Promise<ReplayedChange[] | undefined> {
  const hits = await deps.db.transaction((tx) => lockPlayerHits(tx, playerId));
  const subject = await readPlayerSubject(deps, deps.db, playerId);
  if (!subject.ok) return undefined;
  const { fresh } = findMatches(base, subject.value);
  const changes = compareHits(hits.map(standingHit), fresh, subject.value.hash, deps.clock.now());
  return changes.map((change): ReplayedChange => {
    const hit = change.kind === "open" ? undefined : change.hit;
    return {
      playerId: formatId("player", playerId),
      hitId: hit === undefined ? null : formatId("screeningHit", hit.id),
      entry: (change.kind === "open" ? change.entryKey : change.hit.entryKey).replace("|", " "),
      change: change.kind,
      state: hit?.state ?? null,
      scoreBefore: hit?.score ?? null,
      scoreAfter: change.kind === "vanish" ? null : change.score,
      cause: change.kind === "reopen" ? change.cause : null,
    };
  });
}

/** A replay comes page by page: the draft is parsed once. */
let lastDraft: { readonly name: string; readonly lists: LoadedLists } | undefined;

async function draftOf(
  deps: StaffDeps,
  { source, files }: { readonly source: (typeof listSources)[number]; readonly files: z.infer<typeof uploadsInput> },
): Promise<LoadedLists> {
  const { lists } = await deps.screening.current(deps.db);
  const versions = [...lists.versions].map(([of, id]) => `${of}:${id}`).join(" ");
  const name = `${versions}|${source}|${files.map(({ sha256 }) => sha256).join()}`;
  if (lastDraft?.name === name) return lastDraft.lists;
  const drafted = orThrow(await readDraftLists(deps, source, files));
  lastDraft = { name, lists: drafted };
  return drafted;
}
