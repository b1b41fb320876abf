/** What the house has verified of a player: what limits, payouts and screening ask of, and what their cases change. */

/** 0 browses only; 1 name, address, birth date; 2 document and risk assessment; 3 source of funds. */
export type KycLevel = 0 | 1 | 2 | 3;

/** NEVER screened; CLEAR; HIT, one waits for a person; BLOCKED, a person has confirmed one. */
export const screeningStates = ["NEVER", "CLEAR", "HIT", "BLOCKED"] as const;

export type ScreeningState = (typeof screeningStates)[number];

export interface Standing {
  readonly kycLevel: KycLevel;
  readonly screening: ScreeningState;
  /** When the player was screened last; null where never. */
  readonly screenedAt: Date | null;
}
