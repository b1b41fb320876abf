/**
 * Keeping a player from play: self-exclusion, time-out, panic button, and the same by the house or a register. It holds
 * from the next bet on, on all accounts of the person, and nobody can make it shorter.
 */
import {
  type ExclusionRecord,
  findExclusion,
  insertExclusion,
  listExclusions,
  moveExclusion,
} from "@pitboss/db/compliance/exclusion-store";
import { insertInteraction } from "@pitboss/db/compliance/interaction-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { writeEvents } from "@pitboss/db/ops/write-events";
import { saveGate } from "@pitboss/db/risk/gate-store";
import {
  blocksUntil,
  coolsOffUntil,
  decideAskToLift,
  decideSelfExclusion,
  decideTimeOut,
  exclusionMachine,
  type ExclusionRules,
  refusedState,
  strongestBlock,
} from "@pitboss/domain/compliance/exclusion";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { exclusionRulesOf } from "@pitboss/domain/risk/jurisdiction-pack";
import type { Acting } from "../../audit/acting.ts";
import { type TakeNote, withAudit } from "../../audit/with-audit.ts";
import type { PlayerVault } from "../../identity/keys/player-vault.ts";
import { findSamePerson } from "./same-person.ts";
import { lockRgPlayer, requesterOf, type RgDeps, rgEvent, type RgPlayer } from "./rg-player.ts";

export interface ExcludeDeps extends RgDeps {
  readonly players: PlayerVault;
}

export type WantedExclusion =
  | { readonly kind: "SELF_EXCLUSION" | "REGISTER"; readonly days: number | null; readonly reason: string | null }
  | { readonly kind: "TIME_OUT"; readonly hours: number }
  | { readonly kind: "PANIC" };

const hourMs = 3_600_000;

export async function excludePlayer(
  deps: ExcludeDeps,
  acting: Acting,
  playerId: bigint,
  wanted: WantedExclusion,
): Promise<Result<{ readonly exclusionId: string }>> {
  const nowMs = deps.clock.now();
  // Found before any lock is held: two people's accounts are then locked in the order of their ids.
  const others =
    wanted.kind === "SELF_EXCLUSION" || wanted.kind === "REGISTER" ? await findSamePerson(deps, playerId) : [];
  return withAudit(deps.db, acting, async (tx, note) => {
    const players = new Map<bigint, RgPlayer>();
    for (const id of [playerId, ...others].sort((a, b) => (a < b ? -1 : 1))) {
      const player = await lockRgPlayer(tx, id, nowMs);
      if (!player.ok) return player;
      players.set(id, player.value);
    }
    const player = players.get(playerId);
    if (player === undefined) return err("PLAYER_NOT_FOUND");
    const endsAtMs = decideEnd(wanted, exclusionRulesOf(player.pack), nowMs);
    if (!endsAtMs.ok) return endsAtMs;
    const exclusion = {
      kind: wanted.kind,
      endsAtMs: endsAtMs.value,
      reason: "reason" in wanted ? wanted.reason : null,
    };
    const id = await exclude({ tx, note, acting, nowMs, player }, { ...exclusion, cameFrom: null });
    for (const other of others) {
      const account = players.get(other);
      if (account !== undefined)
        await exclude({ tx, note, acting, nowMs, player: account }, { ...exclusion, cameFrom: id });
    }
    return ok({ exclusionId: formatId("exclusion", id) });
  });
}

function decideEnd(wanted: WantedExclusion, rules: ExclusionRules, nowMs: number): Result<number | null> {
  switch (wanted.kind) {
    case "SELF_EXCLUSION":
    case "REGISTER":
      return decideSelfExclusion(wanted.days, rules, nowMs);
    case "TIME_OUT":
      return decideTimeOut(wanted.hours, rules, nowMs);
    case "PANIC":
      return ok(nowMs + rules.panicHours * hourMs);
  }
}

export interface Excluding {
  readonly tx: Transaction;
  readonly note: TakeNote;
  readonly acting: Acting;
  readonly nowMs: number;
  readonly player: RgPlayer;
}

/** Under the player's lock. */
export async function exclude(
  work: Excluding,
  exclusion: Pick<ExclusionRecord, "kind" | "endsAtMs" | "reason" | "cameFrom">,
): Promise<bigint> {
  const { tx, note, acting, nowMs, player } = work;
  const requestedBy = requesterOf(acting);
  const id = await insertExclusion(tx, { ...exclusion, playerId: player.id, requestedBy, startsAt: new Date(nowMs) });
  await blockGate(work);
  const exclusionId = formatId("exclusion", id);
  const endsAt = exclusion.endsAtMs === null ? null : new Date(exclusion.endsAtMs).toISOString();
  const cameFrom = exclusion.cameFrom === null ? null : formatId("exclusion", exclusion.cameFrom);
  note({
    action: "rg.exclude",
    subject: { kind: "player", id: formatId("player", player.id) },
    reason: exclusion.reason ?? undefined,
    after: { exclusionId, kind: exclusion.kind, endsAt, cameFrom },
  });
  await insertInteraction(tx, {
    playerId: player.id,
    kind: `EXCLUDED_${exclusion.kind}`,
    actor: requestedBy,
    note: exclusion.reason,
    details: { exclusionId, endsAt, cameFrom },
  });
  const payload = { exclusionId, kind: exclusion.kind, endsAt, by: requestedBy };
  await writeEvents(tx, [rgEvent("rg.excluded", acting, player.id, exclusionId, payload)]);
  return id;
}

/** Tells the gate of whatever keeps the player out longest now. */
async function blockGate({ tx, nowMs, player }: Pick<Excluding, "tx" | "nowMs" | "player">): Promise<void> {
  const strongest = strongestBlock(await listExclusions(tx, player.id), nowMs);
  const block = strongest === undefined ? null : { kind: strongest.kind, untilMs: blocksUntil(strongest) };
  await saveGate(tx, { ...player.state, block });
}

/** The player asks for play again, where time or the lack of a term lets them. */
export async function askReactivation(
  deps: RgDeps,
  acting: Acting,
  playerId: bigint,
  reason: string,
): Promise<Result<{ readonly exclusionId: string }>> {
  const nowMs = deps.clock.now();
  return withAudit(deps.db, acting, async (tx, note): Promise<Result<{ readonly exclusionId: string }>> => {
    const player = await lockRgPlayer(tx, playerId, nowMs);
    if (!player.ok) return player;
    const exclusions = await listExclusions(tx, playerId);
    const exclusion = strongestBlock(exclusions, nowMs);
    if (exclusion === undefined) return err("RECORD_NOT_FOUND");
    const decided = decideAskToLift(exclusion, nowMs);
    if (!decided.ok) return decided;
    await moveExclusion(tx, exclusion.id, { state: decided.value, askedAt: new Date(nowMs), askedReason: reason });
    const exclusionId = formatId("exclusion", exclusion.id);
    const subject = { kind: "player", id: formatId("player", playerId) };
    note({ action: "rg.reactivation-ask", subject, reason, after: { exclusionId, state: decided.value } });
    await writeEvents(tx, [rgEvent("rg.reactivation_asked", acting, playerId, exclusionId, { exclusionId, reason })]);
    return ok({ exclusionId });
  });
}

/** A person answers such a request. Granted, it cools off first; refused, the exclusion goes on. */
export async function decideReactivation(
  deps: RgDeps,
  acting: Acting,
  exclusionId: bigint,
  granted: boolean,
  reason: string,
): Promise<Result<{ readonly liftsAt: string | null }>> {
  const nowMs = deps.clock.now();
  const found = await findExclusion(deps.db, exclusionId);
  if (found === undefined) return err("RECORD_NOT_FOUND");
  return withAudit(deps.db, acting, async (tx, note): Promise<Result<{ readonly liftsAt: string | null }>> => {
    const player = await lockRgPlayer(tx, found.playerId, nowMs);
    if (!player.ok) return player;
    const exclusion = await findExclusion(tx, exclusionId);
    if (exclusion?.state !== "REACTIVATION_REQUESTED") return err("NOTHING_CHANGES", "Nobody asks for this any more.");
    const liftsAtMs = granted ? coolsOffUntil(exclusion, exclusionRulesOf(player.value.pack), nowMs) : undefined;
    const state = granted ? exclusionMachine.REACTIVATION_REQUESTED.grant : refusedState(exclusion);
    await moveExclusion(tx, exclusionId, { state, ...(liftsAtMs === undefined ? {} : { liftsAtMs }) });
    await blockGate({ tx, nowMs, player: player.value });
    const liftsAt = liftsAtMs === undefined ? null : new Date(liftsAtMs).toISOString();
    const id = formatId("exclusion", exclusionId);
    note({
      action: "rg.reactivation-decide",
      subject: { kind: "player", id: formatId("player", found.playerId) },
      reason,
      after: { exclusionId: id, granted, liftsAt },
    });
    const details = { exclusionId: id, granted, liftsAt };
    const kind = granted ? "REACTIVATION_GRANTED" : "REACTIVATION_REFUSED";
    await insertInteraction(tx, { playerId: found.playerId, kind, actor: acting.actorId, note: reason, details });
    await writeEvents(tx, [rgEvent("rg.reactivation_decided", acting, found.playerId, id, details)]);
    return ok({ liftsAt });
  });
}
