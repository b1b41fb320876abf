import { auditStatementValues, writeAuditStatement } from "@pitboss/db/audit/write-audit";
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import type { Answers } from "@pitboss/domain/gaming/decide";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { type Acting, auditEntryOf } from "../../audit/acting.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { hash64, requestKey } from "../request-key.ts";

export interface Voided {
  readonly betId: string;
  readonly released: string;
  readonly currency: string;
  /** True where the same request had voided it before. */
  readonly repeated: boolean;
}

/** Gives a held bet's stake back. `requestId` is the caller's own, so that a repeated click voids once. */
export const voidBet = staffProcedure("bet.void")
  .input(z.object({ betId: idInput("bet"), reason: reasonInput, requestId: z.uuid() }))
  .mutation(async ({ ctx, input }): Promise<Voided> => orThrow(await voidOne(ctx.deps, ctx.acting, input)));

async function voidOne(
  deps: StaffDeps,
  acting: Acting,
  input: { readonly betId: bigint; readonly reason: string; readonly requestId: string },
): Promise<Result<Voided>> {
  const bet = await findBetById(deps.db, input.betId);
  if (bet === undefined) return err("BET_NOT_FOUND");
  const betId = formatId("bet", bet.id);
  const money = (minor: bigint): string => formatMinor(minor, bet.currency);
  const entry = auditEntryOf(acting, {
    action: "bet.void",
    subject: { kind: "player", id: formatId("player", bet.playerId) },
    reason: input.reason,
    before: {
      bet: betId,
      status: bet.transitions.at(-1)?.status ?? "HELD",
      stake: money(bet.stake),
      currency: bet.currency,
    },
    after: { bet: betId, status: "VOIDED" },
  });
  const answer = await deps.lanes.submit({
    requestId: input.requestId,
    traceId: acting.traceId ?? "",
    actor: `${acting.actorKind}:${acting.actorId}`,
    command: {
      type: "void",
      playerId: bet.playerId,
      bet: { betId: bet.id },
      reason: input.reason,
      requestKey: requestKey(`staff:${acting.actorId}`, input.requestId),
      bodyHash: hash64(`void|${betId}|${input.reason}`),
    },
    alongside: [{ statement: writeAuditStatement, values: auditStatementValues(entry) }],
  });
  if (answer.kind === "failed") return { ok: false, error: answer.failure };
  const { outcome } = answer.ran;
  switch (outcome.kind) {
    case "refused":
      return { ok: false, error: outcome.decision.failure };
    case "accepted": {
      const { released } = outcome.decision.answer as Answers["void"];
      return ok({ betId, released: money(released), currency: bet.currency, repeated: false });
    }
    case "repeated": {
      const now = await findBetById(deps.db, bet.id);
      const last = now?.transitions.at(-1);
      if (last?.status !== "VOIDED") return err("REQUEST_REUSED");
      return ok({
        betId,
        released: money(last.settledCash + last.settledBonus),
        currency: bet.currency,
        repeated: true,
      });
    }
    case "deferred":
      throw new Error("a lane keeps deferred commands to itself");
  }
}
