/** The games as the bet path needs them: all in memory, read again when the table changed. */
import type { Database } from "@pitboss/db/kernel/pool";
import { listGames, type GameRow } from "@pitboss/db/catalog/list-games";
import { type GameStatus, takesBets } from "@pitboss/domain/catalog/game-status";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import type { GameRules } from "@pitboss/domain/wallet/book";
import type { Logger } from "../kernel/log.ts";

export interface Game extends GameRules {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly providerCode: string;
  readonly status: GameStatus;
  readonly tags: readonly string[];
  readonly devices: readonly string[];
  readonly languages: readonly string[];
  readonly bannedCountries: readonly string[];
  readonly jurisdictions: readonly string[];
}

export interface GameCatalog {
  readonly byCode: (code: string) => Game | undefined;
  readonly byId: (id: number) => Game | undefined;
  readonly all: () => readonly Game[];
  readonly rules: () => ReadonlyMap<number, GameRules>;
  readonly stop: () => void;
}

/** A game that was closed takes no more bets after this long, on every engine. */
const refreshMs = 1_000;

export async function loadGameCatalog(db: Database, log: Logger): Promise<GameCatalog> {
  let games = new Map<number, Game>();
  let codes = new Map<string, Game>();
  async function refresh(): Promise<void> {
    const rows = await listGames(db);
    games = new Map(rows.map((row) => [row.id, readGame(row, log)]));
    codes = new Map([...games.values()].map((game) => [game.code, game]));
  }
  await refresh();
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn({ err: error }, "the game catalog could not be read again"));
  }, refreshMs);
  timer.unref();
  return {
    byCode: (code) => codes.get(code),
    byId: (id) => games.get(id),
    all: () => [...games.values()],
    rules: () => games,
    stop: () => clearInterval(timer),
  };
}

function readGame(row: GameRow, log: Logger): Game {
  const limits = new Map<Currency, { min: bigint; max: bigint }>();
  for (const [code, limit] of Object.entries(row.limits)) {
    if (!isCurrency(code)) {
      log.warn({ game: row.code, currency: code }, "a game has limits in a currency that the house does not know");
      continue;
    }
    const [min, max] = [parseAmount(limit.min, code), parseAmount(limit.max, code)];
    if (min.ok && max.ok) limits.set(code, { min: min.value, max: max.value });
    else log.warn({ game: row.code, currency: code }, "a game has limits that are not amounts");
  }
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    category: row.category,
    providerId: row.providerId,
    providerCode: row.providerCode,
    status: row.status,
    open: takesBets(row.status),
    tags: row.tags,
    devices: row.devices,
    languages: row.languages,
    bannedCountries: row.bannedCountries,
    jurisdictions: row.jurisdictions,
    limits,
  };
}
