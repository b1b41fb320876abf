/** What a provider can say of free spins, whatever its dialect calls it. */
export const freeSpinsRefusals = [
  /** The provider, or the studio behind it, has no free spins. */
  "NOT_SUPPORTED",
  "GAME_WITHOUT_FREE_SPINS",
  "NO_GAMES",
  /** Not in the future, or too far in it. */
  "EXPIRY_INVALID",
  /** The issue is in a state that what was asked for does not follow from. */
  "STATE_CONFLICT",
  /** The provider has yet to agree with the studio about it; this passes. */
  "NOT_SYNCED",
  "GAMES_OF_SEVERAL_STUDIOS",
  "ISSUE_INVALID",
  "EXPIRED",
  "NOT_CANCELLABLE",
  "PLAYER_INVALID",
  "PLAYER_DISABLED",
  "PLAYER_LIMIT",
  "GAME_NOT_AVAILABLE",
  "COUNTRY_CLOSED",
  "CURRENCY_NOT_TAKEN",
  "REQUEST_NOT_TAKEN",
  "SIGNATURE_NOT_TAKEN",
  /** None of the words above. */
  "OTHER",
] as const;
export type FreeSpinsRefusal = (typeof freeSpinsRefusals)[number];

export const issueStatuses = ["issued", "active", "played", "expired", "canceled"] as const;
export type IssueStatus = (typeof issueStatuses)[number];

export type FreeSpinsReport =
  /** It did what was asked for. */
  | { readonly kind: "DONE" }
  /** How an issue stands that was asked about. */
  | { readonly kind: "STANDS"; readonly status: IssueStatus }
  | { readonly kind: "NOT_FOUND" }
  | { readonly kind: "REFUSED"; readonly reason: FreeSpinsRefusal; readonly code: string; readonly message: string }
  /** Nothing that could be read came in time. */
  | { readonly kind: "UNANSWERED"; readonly why: string };
