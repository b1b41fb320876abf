/** Packs and profiles as the bet path needs them: all in memory, read again when the tables changed. */
import type { Database } from "@pitboss/db/kernel/pool";
import type { Executor } from "@pitboss/db/kernel/executor";
import { listPacks, listProfiles, readProfile } from "@pitboss/db/risk/rules-store";
import type { GateRules } from "@pitboss/db/wallet/door/load-book";
import { createPacks, type Packs } from "@pitboss/domain/risk/jurisdiction-pack";
import { createProfiles } from "@pitboss/domain/risk/limit-profile";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import type { Logger } from "../kernel/log.ts";

export interface GateBoard {
  readonly current: () => GateRules;
  readonly stop: () => void;
}

/** A version that was applied holds on every engine after this long, or at its own instant where that is later. */
const refreshMs = 1_000;

export async function openGateBoard(
  db: Database,
  catalog: Pick<GameCatalog, "byCode">,
  log: Logger,
): Promise<GateBoard> {
  let rules = await readGateRules(db, catalog);
  const timer = setInterval(() => {
    readGateRules(db, catalog).then(
      (read) => (rules = read),
      (error: unknown) => log.warn({ err: error }, "jurisdictions and limit profiles could not be read again"),
    );
  }, refreshMs);
  timer.unref();
  return { current: () => rules, stop: () => clearInterval(timer) };
}

export async function readGateRules(db: Executor, catalog: Pick<GameCatalog, "byCode">): Promise<GateRules> {
  const [packs, profiles] = await Promise.all([listPacks(db), listProfiles(db)]);
  const gameIdOf = (code: string): number | undefined => catalog.byCode(code)?.id;
  return {
    packs: createPacks(packs),
    profiles: createProfiles(profiles.map((record) => readProfile(record, gameIdOf))),
  };
}

export async function readPacks(db: Executor): Promise<Packs> {
  return createPacks(await listPacks(db));
}
