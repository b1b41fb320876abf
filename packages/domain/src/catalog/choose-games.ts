/** Which games somebody is shown, and which of those can be started. */
import type { Currency } from "../wallet/currency.ts";
import { err, ok, type Failure, type Result } from "../kernel/result.ts";
import type { GameStatus } from "./game-status.ts";

export interface OfferedGame {
  readonly code: string;
  readonly category: string;
  readonly status: GameStatus;
  readonly devices: readonly string[];
  readonly languages: readonly string[];
  readonly bannedCountries: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly limits: ReadonlyMap<Currency, unknown>;
}

/** What is known of whoever looks; what is not known leaves nothing out. */
export interface Visitor {
  readonly category?: string | undefined;
  readonly device?: string | undefined;
  readonly currency?: Currency | undefined;
  readonly country?: string | undefined;
  readonly language?: string | undefined;
  readonly jurisdiction?: string | undefined;
}

/**
 * A game that is closed, in maintenance, banned where the visitor is or not made for what they have is not shown. One of
 * a provider that is paused or in trouble is shown as not available: it comes back, and a player who looks for it should find it.
 */
export function isShown(game: OfferedGame, visitor: Visitor): boolean {
  const { category, device, currency, country, language, jurisdiction } = visitor;
  if (game.status === "CLOSED" || game.status === "MAINTENANCE") return false;
  if (category !== undefined && game.category !== category) return false;
  if (country !== undefined && game.bannedCountries.includes(country)) return false;
  if (device !== undefined && !game.devices.includes(device)) return false;
  if (currency !== undefined && !game.limits.has(currency)) return false;
  return namesOrAll(game.languages, language) && namesOrAll(game.jurisdictions, jurisdiction);
}

function namesOrAll(named: readonly string[], wanted: string | undefined): boolean {
  return wanted === undefined || named.length === 0 || named.includes(wanted);
}

/** Whether a session may be opened on it; who it is offered to at all is `checkOffer`'s to say. */
export function checkLaunch(
  game: OfferedGame,
  { currency, device }: { currency: Currency; device?: string | undefined },
): Result<true, Failure<"GAME_DISABLED" | "CURRENCY_MISMATCH">> {
  if (game.status !== "OPEN") return err("GAME_DISABLED", undefined, { status: game.status });
  if (!game.limits.has(currency)) return err("CURRENCY_MISMATCH", `This game is not played in ${currency}.`);
  if (device !== undefined && !game.devices.includes(device)) {
    return err("GAME_DISABLED", "This game is not made for this device.", { device });
  }
  return ok(true);
}
