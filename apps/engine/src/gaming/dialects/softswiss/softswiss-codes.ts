import type { WireTable } from "../kit/dialect.ts";

/** A code, and the HTTP status that it comes with: what the game shows to its player is 412, the rest is as HTTP has it. */
export interface SoftswissCode {
  readonly code: number;
  readonly http: number;
}

const shown = (code: number): SoftswissCode => ({ code, http: 412 });
const plain = (http: number, code = http): SoftswissCode => ({ code, http });

/** The engine's codes in SOFTSWISS's numbers. */
export const softswissCodes = {
  BODY_MALFORMED: plain(400),
  REQUEST_INVALID: plain(400),
  SIGNATURE_INVALID: plain(403),
  NOT_ALLOWED: plain(403),
  ROUTE_NOT_FOUND: plain(404),
  TOKEN_INVALID: shown(101),
  SESSION_ENDED: shown(101),
  PLAYER_NOT_FOUND: shown(101),
  PLAYER_BLOCKED: shown(110),
  COUNTRY_CLOSED: shown(153),
  PROVIDER_PAUSED: shown(107),
  GAME_NOT_FOUND: shown(107),
  GAME_DISABLED: shown(107),
  CURRENCY_UNKNOWN: shown(154),
  CURRENCY_MISMATCH: shown(154),
  AMOUNT_INVALID: plain(400),
  FUNDS_INSUFFICIENT: shown(100),
  STAKE_BELOW_MIN: plain(400),
  STAKE_ABOVE_MAX: shown(106),
  ROUND_CLOSED: plain(400),
  REQUEST_REUSED: shown(155),
  BET_NOT_FOUND: plain(404),
  BET_ROLLED_BACK: plain(400),
  BET_ALREADY_SETTLED: plain(400),
  BET_ALREADY_VOIDED: plain(400),
  BET_OF_OTHER_ROUND: shown(155),
  CORRECTION_UNCOVERED: shown(100),
  SELF_EXCLUDED: shown(110),
  TIME_OUT_RUNNING: shown(110),
  LOCATION_NOT_ALLOWED: shown(153),
  COUNTRY_BANNED: shown(153),
  GAME_NOT_OFFERED: shown(153),
  FREE_SPINS_MISMATCH: plain(400, 610),
  passing: plain(503),
  refused: shown(105),
} as const satisfies WireTable<SoftswissCode>;
