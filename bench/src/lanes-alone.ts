/** The lanes without HTTP: what rules, ledger and events cost by themselves. */
import { randomInt, randomUUID } from "node:crypto";
import type { PlaceBet } from "@pitboss/domain/gaming/commands";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { loadGameCatalog } from "@pitboss/engine/catalog/game-catalog";
import { answerText } from "@pitboss/engine/gaming/present";
import { nameRound } from "@pitboss/engine/gaming/read-command";
import { hash64, requestKey } from "@pitboss/engine/gaming/request-key";
import { sideEvents } from "@pitboss/engine/gaming/side-events";
import { openGateBoard } from "@pitboss/engine/risk/gate-rules";
import { createLog } from "@pitboss/engine/kernel/log";
import { createLanes, type Lanes } from "@pitboss/engine/wallet/lanes";
import type { World } from "./world.ts";

export interface LanesAlone {
  /** One bet; answers 1 where it was not accepted. */
  place(): Promise<number>;
  stop(): Promise<void>;
}

/** `gate`: limits, exclusions and jurisdictions are asked of each bet, as the engine does; off shows what that costs. */
export async function openLanes(world: World, count: number, gate: "on" | "off" = "on"): Promise<LanesAlone> {
  const log = createLog("warn");
  const pool = createPool({ url: world.url, applicationName: "bench-lanes", max: 2, onError: () => undefined });
  const catalog = await loadGameCatalog(createDatabase(pool), log);
  const board = gate === "on" ? await openGateBoard(createDatabase(pool), catalog, log) : undefined;
  const lanes = createLanes({
    databaseUrl: world.url,
    count,
    maxBatch: 512,
    maxQueue: 100_000,
    engineId: "bench",
    batch: {
      games: catalog.rules,
      ...(board === undefined ? {} : { gate: board.current }),
      answerText,
      sideEvents,
    },
    log,
    observe: () => undefined,
  });
  while (!lanes.up()) await new Promise((resolve) => setTimeout(resolve, 10));
  return {
    place: () => placeOne(lanes, world),
    stop: async () => {
      catalog.stop();
      board?.stop();
      await lanes.stop();
      await pool.end();
    },
  };
}

async function placeOne(lanes: Lanes, world: World): Promise<number> {
  const requestId = randomUUID();
  const playerId = BigInt(1 + randomInt(world.players));
  const ref = `R-2026-11-23-06:20:05-${requestId.slice(0, 13)}`;
  const round = nameRound(1, playerId, ref);
  const envelope: Envelope<PlaceBet> = {
    command: {
      type: "place",
      playerId,
      requestKey: requestKey("provider:1", requestId),
      bodyHash: hash64(requestId),
      gameId: 1 + randomInt(world.games.length),
      roundKey: round.key,
      stake: 10n,
      currency: "EUR",
      purse: "cash",
    },
    requestId,
    traceId: randomUUID(),
    actor: "machine:bench",
    round,
    selection: '[{"market":"straight","value":"17"}]',
  };
  const answer = await lanes.submit(envelope);
  return answer.kind === "ran" && answer.ran.outcome.kind === "accepted" ? 0 : 1;
}
