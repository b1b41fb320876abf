/** Settles bets on built-in games that were held when an engine stopped, before their outcome was posted. */
import { randomUUID } from "node:crypto";
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import { listHeldBets } from "@pitboss/db/gaming/find-round-bets";
import { builtInGames } from "@pitboss/domain/gaming/games/built-in-games";
import { errorRow } from "@pitboss/domain/kernel/errors";
import { firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import type { Clock } from "../kernel/context.ts";
import type { Logger } from "../kernel/log.ts";
import { settleBuiltIn } from "./play-built-in.ts";
import type { SubmitContext } from "./submit-command.ts";

export interface FinishContext extends SubmitContext {
  readonly catalog: GameCatalog;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A bet that is younger may still be on its way through the engine that took it. */
const settleAfterMs = 5_000;
const everyMs = 5_000;
/** How far back a starting engine looks. Older held bets are stale rounds, and have a job of their own. */
const lookBackMs = 14 * 24 * 3_600_000;

export function startFinishingBuiltIn(context: FinishContext): { stop(): void } {
  const { clock, log } = context;
  let from = firstIdAt(clock.now() - lookBackMs);
  let running = false;
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      from = await finishBuiltIn(context, from);
    } catch (error) {
      log.warn({ err: error }, "held bets on built-in games could not be settled now");
    } finally {
      running = false;
    }
  };
  const timer = setInterval(() => void run(), everyMs);
  timer.unref();
  void run();
  return { stop: () => clearInterval(timer) };
}

/** Returns where the next look begins: behind the newest bet that has been looked at and needs nothing more. */
async function finishBuiltIn(context: FinishContext, from: bigint): Promise<bigint> {
  const { catalog, clock, log, db } = context;
  const ids = builtInGames.flatMap(({ id }) => catalog.byCode(id)?.id ?? []);
  const before = firstIdAt(clock.now() - settleAfterMs);
  if (ids.length === 0) return before;
  for (const betId of await listHeldBets(db, ids, from, before)) {
    const bet = await findBetById(db, betId);
    if (bet === undefined) continue;
    const settled = await settleBuiltIn(context, bet, randomUUID());
    if (!settled.ok) {
      log.warn({ betId: betId.toString(), code: settled.failure.code }, "a held bet could not be settled");
      if (errorRow(settled.failure.code).retry) return betId;
      continue;
    }
    log.info({ betId: betId.toString() }, "a bet that an engine had left behind was settled");
  }
  return before;
}
