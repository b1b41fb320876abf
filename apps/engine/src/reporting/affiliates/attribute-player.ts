/** To which affiliate a player belongs: decided at registration by the house's rule, and changed by staff for a reason. */
import type { Transaction } from "@pitboss/db/kernel/executor";
import { findAffiliate } from "@pitboss/db/reporting/affiliate-store";
import {
  type AttributionRecord,
  findAttributionRule,
  findCodeOwner,
  insertAttribution,
  insertAttributionRule,
  listAttributionsOf,
  listTouches,
} from "@pitboss/db/reporting/attribution-store";
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import {
  type AttributionRule,
  attributionRule,
  decideAttribution,
  type Touch,
} from "@pitboss/domain/reporting/affiliates/attribution";
import { z } from "zod";
import type { TakeNote } from "../../audit/with-audit.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";

export interface Registered {
  readonly playerId: bigint;
  readonly nowMs: number;
  readonly code?: string | undefined;
  readonly clicks?: readonly string[] | undefined;
}

/** Within the transaction that makes the player. A code or click that is unknown never stands in a registration's way. */
export async function attributePlayer(
  tx: Transaction,
  note: TakeNote,
  { playerId, nowMs, code, clicks = [] }: Registered,
): Promise<void> {
  const ids = clicks.flatMap((click) => parseId("affiliateClick", click) ?? []);
  const touches: Touch[] = ids.length === 0 ? [] : await listTouches(tx, ids);
  const owner = code === undefined ? undefined : await findCodeOwner(tx, code);
  if (code !== undefined && owner !== undefined) touches.push({ affiliateId: owner, code, clickId: null, atMs: nowMs });
  const rule = await findAttributionRule(tx, new Date(nowMs));
  const touch = decideAttribution(rule, touches, nowMs);
  if (touch === undefined) return;
  const reason = `By the house's rule: the ${rule.model.toLowerCase()} touch of ${rule.windowDays} days`;
  await insertAttribution(tx, {
    playerId,
    since: new Date(nowMs),
    affiliateId: touch.affiliateId,
    code: touch.code,
    clickId: touch.clickId,
    source: "REGISTRATION",
    actor: "system:attribution",
    reason,
  });
  note({
    action: "affiliate.attribute",
    subject: { kind: "player", id: formatId("player", playerId) },
    reason,
    after: { affiliateId: formatId("affiliate", touch.affiliateId), code: touch.code },
  });
}

/** From now on the player is another affiliate's, or nobody's. What was earned before stays as it is. */
export const reattributePlayer = staffProcedure("affiliate.attribute")
  .input(z.object({ playerId: idInput("player"), affiliateId: idInput("affiliate").nullable(), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<readonly Attribution[]> => {
    const { db, clock } = ctx.deps;
    const { playerId, affiliateId, reason } = input;
    if ((await findPlayerStatus(db, playerId)) === undefined) throwFailure({ code: "PLAYER_NOT_FOUND" });
    if (affiliateId !== null && (await findAffiliate(db, affiliateId)) === undefined)
      throwFailure({ code: "AFFILIATE_NOT_FOUND" });
    orThrow(
      await withAudit(db, ctx.acting, async (tx, note) => {
        const [now] = await listAttributionsOf(tx, playerId);
        if ((now?.affiliateId ?? null) === affiliateId) return err("NOTHING_CHANGES");
        await insertAttribution(tx, {
          playerId,
          since: new Date(clock.now()),
          affiliateId,
          code: null,
          clickId: null,
          source: "STAFF",
          actor: `${ctx.acting.actorKind}:${ctx.acting.actorId}`,
          reason,
        });
        note({
          action: "affiliate.attribute",
          subject: { kind: "player", id: formatId("player", playerId) },
          reason,
          before: { affiliateId: now?.affiliateId == null ? null : formatId("affiliate", now.affiliateId) },
          after: { affiliateId: affiliateId === null ? null : formatId("affiliate", affiliateId) },
        });
        return ok(true);
      }),
    );
    return (await listAttributionsOf(db, playerId)).map(presentAttribution);
  });

export interface Attribution {
  readonly playerId: string;
  readonly nickname: string;
  readonly affiliateId: string | null;
  readonly affiliate: string | null;
  readonly code: string | null;
  readonly since: string;
  readonly until: string | null;
  readonly source: "REGISTRATION" | "STAFF";
  readonly actor: string;
  readonly reason: string;
}

export function presentAttribution(record: AttributionRecord): Attribution {
  const { playerId, affiliateId, since, until, ...same } = record;
  return {
    ...same,
    playerId: formatId("player", playerId),
    affiliateId: affiliateId === null ? null : formatId("affiliate", affiliateId),
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
  };
}

/** Whose a player was and is, newest first. */
export const showAttribution = procedure("affiliate.read")
  .input(z.object({ playerId: idInput("player") }))
  .query(
    async ({ ctx, input }): Promise<readonly Attribution[]> =>
      (await listAttributionsOf(ctx.deps.db, input.playerId)).map(presentAttribution),
  );

export const showAttributionRule = procedure("affiliate.read").query(
  ({ ctx }): Promise<AttributionRule> => findAttributionRule(ctx.deps.db, new Date(ctx.deps.clock.now())),
);

/** Holds for those who register from now on. */
export const setAttributionRule = staffProcedure("affiliate.attribute")
  .input(attributionRule.extend({ reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<AttributionRule> => {
    const { reason, ...rule } = input;
    const from = new Date(ctx.deps.clock.now());
    return orThrow(
      await withAudit(ctx.deps.db, ctx.acting, async (tx, note) => {
        const before = await findAttributionRule(tx, from);
        if (before.model === rule.model && before.windowDays === rule.windowDays) return err("NOTHING_CHANGES");
        const actor = `${ctx.acting.actorKind}:${ctx.acting.actorId}`;
        await insertAttributionRule(tx, { ...rule, actor, reason, from });
        note({
          action: "affiliate.set-rule",
          subject: { kind: "attribution-rule", id: "house" },
          reason,
          before: { ...before },
          after: { ...rule },
        });
        return ok(rule);
      }),
    );
  });
