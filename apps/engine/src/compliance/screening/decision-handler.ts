/** What two people decide of a hit: that the list does mean the player, or that it never did. */
import {
  decideHit,
  findHit,
  insertHitStep,
  lockPlayerHits,
  type NamedHit,
} from "@pitboss/db/compliance/screening-hit-store";
import { setScreening } from "@pitboss/db/compliance/standing-store";
import { addTag } from "@pitboss/db/identity/player-directory";
import type { Executor } from "@pitboss/db/kernel/executor";
import { hitMachine, screeningStateOf } from "@pitboss/domain/compliance/screening/hit-machine";
import type { ScreeningState } from "@pitboss/domain/compliance/standing";
import type { ScreeningDecisionContent } from "@pitboss/domain/identity/approval-content";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

export const dayMs = 86_400_000;

const wanted = { CONFIRM: "OPEN", LIFT: "TRUE_POSITIVE" } as const;

export const decisionHandler: KindHandler<ScreeningDecisionContent> = {
  async describe({ db }, content) {
    const hit = await findHit(db, parseId("screeningHit", content.hitId) ?? 0n);
    if (hit === undefined) return err("HIT_NOT_FOUND");
    if (hit.state !== wanted[content.decision]) return err("HIT_NOT_OPEN", `It is ${hit.state}.`);
    const playerId = formatId("player", hit.playerId);
    const entry = `${hit.source} ${hit.ref}`;
    // The two are compared as they were: what changes meanwhile is another decision.
    const snapshot = { playerId, entry, score: hit.score, entryHash: hit.entryHash, subjectHash: hit.subjectHash };
    return ok({
      content: { ...content, snapshot },
      summary:
        content.decision === "CONFIRM"
          ? `Confirm that ${entry} means ${playerId}`
          : `Lift that ${entry} means ${playerId}`,
      subject: { kind: "screening", id: content.hitId },
    });
  },
  apply: {
    where: "here",
    async run({ tx, deps, content, approval, note }) {
      const now = new Date(deps.clock.now());
      const hit = await lockHit(tx, parseId("screeningHit", content.hitId) ?? 0n);
      if (hit === undefined) return err("HIT_NOT_FOUND");
      if (hit.state !== wanted[content.decision]) return err("HIT_NOT_OPEN", `It is ${hit.state}.`);
      const snapshot = approval.content["snapshot"];
      const seen = typeof snapshot === "object" && snapshot !== null ? { ...snapshot } : {};
      if ("entryHash" in seen && seen.entryHash !== hit.entryHash) {
        return err("APPROVAL_CHANGED", "The list's entry has changed since it was proposed.");
      }
      const confirm = content.decision === "CONFIRM";
      const state = confirm ? hitMachine.OPEN.confirm : hitMachine.TRUE_POSITIVE.lift;
      const expiresAt = confirm ? null : new Date(now.getTime() + content.days * dayMs);
      const by = `staff:${formatId("staff", approval.proposedBy)}`;
      await decideHit(tx, hit.id, { state, by, reason: content.reason, expiresAt }, now);
      await insertHitStep(tx, { ...stepOf(hit, confirm ? "confirm" : "lift", state), by, reason: content.reason });
      // An office holder may play, under a closer look, for which whoever looks at the player has to know.
      if (confirm && hit.topic === "PEP") await addTag(tx, hit.playerId, "pep", formatId("staff", approval.proposedBy));
      const screening = await settleStanding(tx, hit.playerId, now);
      note({
        action: confirm ? "screening.confirm" : "screening.lift",
        subject: { kind: "screening", id: content.hitId },
        reason: content.reason,
        before: { state: hit.state, score: hit.score, list: hit.source, entry: hit.ref },
        after: { state, screening },
      });
      return ok({ hitId: content.hitId, screening });
    },
  },
};

export async function lockHit(tx: Executor, id: bigint): Promise<NamedHit | undefined> {
  const found = await findHit(tx, id);
  if (found === undefined) return undefined;
  await lockPlayerHits(tx, found.playerId);
  return findHit(tx, id);
}

export async function settleStanding(tx: Executor, playerId: bigint, now: Date): Promise<ScreeningState> {
  const state = screeningStateOf(await lockPlayerHits(tx, playerId));
  await setScreening(tx, playerId, state, now);
  return state;
}

export function stepOf<E, S>(hit: NamedHit, event: E, toState: S) {
  return { hitId: hit.id, event, toState, score: hit.score };
}
