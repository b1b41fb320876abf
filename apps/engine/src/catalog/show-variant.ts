/** Which variant of the lobby a player sees, noted as an event the first time that they do. */
import { findRunningExperiment, insertExposure, isExposed } from "@pitboss/db/catalog/lobby-experiment-store";
import type { Database } from "@pitboss/db/kernel/pool";
import { noteEvent } from "@pitboss/db/ops/note-event";
import { assignVariant, type LobbyVariant } from "@pitboss/domain/catalog/lobby-experiment";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import { formatTrace } from "../edge/problem.ts";
import type { Clock } from "../kernel/context.ts";

/** Undefined while no experiment is under way. */
export async function showVariant(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  player: bigint,
  traceId: string,
): Promise<LobbyVariant | undefined> {
  const running = await findRunningExperiment(db);
  if (running === undefined) return undefined;
  const [first, ...rest] = running.variants;
  assert(first !== undefined, "an experiment has variants");
  const variant = assignVariant(running.code, player, [first, ...rest]);
  // Nearly every look at the lobby is not the first: that is known without a transaction.
  if (await isExposed(db, running.id, player)) return variant;
  await db.transaction(async (tx) => {
    const at = new Date(clock.now());
    if (!(await insertExposure(tx, { experimentId: running.id, playerId: player, variant: variant.code, at }))) return;
    const told = { playerId: formatId("player", player), traceId: formatTrace(traceId), subject: running.code };
    await noteEvent(tx, { type: "lobby.exposed", ...told, experiment: running.code, variant: variant.code });
  });
  return variant;
}
