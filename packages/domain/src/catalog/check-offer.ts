/**
 * Whether a game is offered to somebody, by the country of their account and the jurisdiction's pack that holds there.
 * Asked on the way of a bet as well as before a game is started: a session may be older than the rule.
 */
import type { Pack } from "../risk/jurisdiction-pack.ts";

export interface OfferRules {
  readonly providerCode?: string;
  /** From where it may not be played. */
  readonly bannedCountries?: readonly string[];
  /** Codes of the packs under which it is certified; none named is any. */
  readonly jurisdictions?: readonly string[];
}

export interface OfferRefusal {
  readonly rule: "provider-ban" | "game-country" | "game-jurisdiction";
  readonly code: "COUNTRY_BANNED" | "GAME_NOT_OFFERED";
  readonly inputs: Readonly<Record<string, string | number>>;
}

export function checkOffer(game: OfferRules, pack: Pack, country: string): OfferRefusal | undefined {
  const { providerCode, bannedCountries, jurisdictions } = game;
  const under = { jurisdiction: pack.code, packVersion: pack.version };
  if (providerCode !== undefined && pack.bannedProviders.has(providerCode)) {
    return { rule: "provider-ban", code: "GAME_NOT_OFFERED", inputs: { provider: providerCode, ...under } };
  }
  if (bannedCountries?.includes(country) === true) {
    return { rule: "game-country", code: "COUNTRY_BANNED", inputs: { country } };
  }
  if (jurisdictions === undefined || jurisdictions.length === 0 || jurisdictions.includes(pack.code)) return undefined;
  const certifiedFor = jurisdictions.join(", ");
  return { rule: "game-jurisdiction", code: "GAME_NOT_OFFERED", inputs: { certifiedFor, ...under } };
}
