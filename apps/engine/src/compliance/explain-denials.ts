/**
 * Why a player was refused: for whoever talks to the player a sentence that may be read out, for whoever decides about
 * players the rule, its version and all that it looked at. What a rule looked at can tell of others or of a case that the
 * player must not know of, so support does not see it.
 */
import { listPlayerDenials } from "@pitboss/db/gaming/list-player-denials";
import { permissionRow } from "@pitboss/domain/identity/permissions";
import { type ErrorCode, errorRow, errors } from "@pitboss/domain/kernel/errors";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { idInput } from "../edge/trpc/inputs.ts";
import { procedure } from "../edge/trpc/procedure.ts";
import type { Actor } from "../identity/actor.ts";

export interface ExplainedDenial {
  readonly denialId: string;
  readonly at: string;
  /** What was refused: `place`, `deposit`, … */
  readonly command: string;
  readonly code: string;
  /** May be said to the player. */
  readonly sentence: string;
  /** Null for whoever may not see it. */
  readonly full: { readonly rule: string; readonly ruleVersion: number; readonly inputs: JsonObject } | null;
}

export const listDenials = procedure("player.read")
  .input(
    z.object({
      playerId: idInput("player"),
      before: z.iso.datetime().nullish(),
      limit: z.int().min(1).max(100).default(20),
    }),
  )
  .query(async ({ ctx, input }): Promise<readonly ExplainedDenial[]> => {
    const { deps, actor } = ctx;
    const before = input.before ?? new Date(deps.clock.now() + 1_000).toISOString();
    const rows = await listPlayerDenials(deps.db, input.playerId, before, input.limit);
    const full = seesAll(actor);
    return rows.map((row) => ({
      denialId: formatId("denial", row.id),
      at: row.at.toISOString(),
      command: row.command,
      code: row.code,
      sentence: sentenceOf(row.code),
      full: full ? { rule: row.rule, ruleVersion: row.ruleVersion, inputs: row.inputs } : null,
    }));
  });

function seesAll(actor: Actor): boolean {
  return actor.kind === "staff" && permissionRow("denial.explain").roles.some((role) => actor.roles.includes(role));
}

function sentenceOf(code: string): string {
  return Object.hasOwn(errors, code) ? errorRow(code as ErrorCode).sentence : code;
}
