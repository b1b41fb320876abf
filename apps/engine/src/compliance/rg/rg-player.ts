/** What the use cases of responsible gaming begin with: the player under lock, and what their jurisdiction asks for. */
import type { Executor, Transaction } from "@pitboss/db/kernel/executor";
import { type GatedPlayer, findGatedPlayer, lockGatedPlayer } from "@pitboss/db/risk/gate-store";
import type { SideEvent } from "@pitboss/db/wallet/door/batch";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Pack, Packs } from "@pitboss/domain/risk/jurisdiction-pack";
import { formatTrace } from "../../edge/problem.ts";
import { readPacks } from "../../risk/gate-rules.ts";
import type { Acting } from "../../audit/acting.ts";
import type { Context } from "../../kernel/context.ts";

export type RgDeps = Pick<Context, "db" | "clock" | "log">;

export interface RgPlayer extends GatedPlayer {
  readonly pack: Pack;
  readonly packs: Packs;
}

type Found = Result<RgPlayer, Failure<"PLAYER_NOT_FOUND">>;

export async function lockRgPlayer(tx: Transaction, playerId: bigint, nowMs: number): Promise<Found> {
  return withPack(tx, await lockGatedPlayer(tx, playerId), nowMs);
}

export async function findRgPlayer(db: Executor, playerId: bigint, nowMs: number): Promise<Found> {
  return withPack(db, await findGatedPlayer(db, playerId), nowMs);
}

async function withPack(db: Executor, player: GatedPlayer | undefined, nowMs: number): Promise<Found> {
  if (player === undefined) return err("PLAYER_NOT_FOUND");
  const packs = await readPacks(db);
  return ok({ ...player, packs, pack: packs.of(player.country, nowMs) });
}

/** Who asked, as limits and exclusions keep it. */
export function requesterOf(acting: Acting): string {
  return acting.actorKind === "player" ? "player" : acting.actorId;
}

export function rgEvent(
  type: string,
  acting: Acting,
  playerId: bigint,
  subject: string,
  payload: Readonly<Record<string, unknown>>,
): SideEvent {
  const traceId = formatTrace(acting.traceId ?? "0".repeat(32));
  return { type, playerId: formatId("player", playerId), traceId, subject, ...payload };
}
