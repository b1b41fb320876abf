/**
 * The one table of failures. A code maps to the HTTP status of the public API, the tRPC code of the staff API, the
 * exit code of the CLI, whether the same request may be sent again, and the sentence that a person reads.
 */
interface ErrorRow {
  readonly http: number;
  readonly trpc: TrpcCode;
  /** CLI exit codes: 1 failed, 2 usage, 3 refused, 4 not signed in or not allowed. */
  readonly exit: 1 | 2 | 3 | 4;
  /** True where sending the very same request again, later, can succeed. */
  readonly retry: boolean;
  readonly sentence: string;
}

type TrpcCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "PRECONDITION_FAILED"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "TOO_MANY_REQUESTS"
  | "UNPROCESSABLE_CONTENT"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

const bad = { http: 400, trpc: "BAD_REQUEST", exit: 2, retry: false } as const;
const refused = { http: 422, trpc: "UNPROCESSABLE_CONTENT", exit: 3, retry: false } as const;
const conflict = { http: 409, trpc: "CONFLICT", exit: 3, retry: false } as const;
const missing = { http: 404, trpc: "NOT_FOUND", exit: 1, retry: false } as const;
const forbidden = { http: 403, trpc: "FORBIDDEN", exit: 4, retry: false } as const;
const unauthorized = { http: 401, trpc: "UNAUTHORIZED", exit: 4, retry: false } as const;
const unavailable = { http: 503, trpc: "SERVICE_UNAVAILABLE", exit: 1, retry: true } as const;

export const errors = {
  // What was sent can't be read.
  REQUEST_INVALID: { ...bad, sentence: "The request does not have the form that this call takes." },
  BODY_MALFORMED: { ...bad, sentence: "The body is not valid JSON." },
  BODY_TOO_LARGE: {
    http: 413,
    trpc: "PAYLOAD_TOO_LARGE",
    exit: 2,
    retry: false,
    sentence: "The body is larger than this call takes.",
  },
  MEDIA_TYPE_UNSUPPORTED: {
    http: 415,
    trpc: "UNSUPPORTED_MEDIA_TYPE",
    exit: 2,
    retry: false,
    sentence: "The body must be sent as application/json.",
  },
  HEADER_INVALID: { ...bad, sentence: "A header of the request is missing, repeated or malformed." },
  HEADERS_TOO_LARGE: { ...bad, http: 431, sentence: "The request's headers are larger than this server takes." },
  REQUEST_TIMEOUT: { ...bad, http: 408, retry: true, sentence: "The request did not arrive whole in time." },
  AMOUNT_INVALID: { ...bad, sentence: "The amount is not a decimal number that this currency can hold." },
  CURRENCY_UNKNOWN: { ...bad, sentence: "This currency is not one that the house knows." },
  ID_INVALID: { ...bad, sentence: "The id is not well formed." },
  SELECTION_INVALID: { ...bad, sentence: "The selection is not one that this game offers." },
  CURSOR_INVALID: { ...bad, sentence: "The cursor is not one that this list gave out." },

  // Who asks.
  TOKEN_MISSING: { ...unauthorized, sentence: "This call needs a token." },
  TOKEN_INVALID: { ...unauthorized, sentence: "The token is not valid, or no longer." },
  SIGNATURE_INVALID: {
    ...unauthorized,
    sentence: "The signature is not that of this payment provider, or is too old.",
  },
  NOT_ALLOWED: { ...forbidden, sentence: "This token may not do that." },
  RATE_LIMITED: {
    http: 429,
    trpc: "TOO_MANY_REQUESTS",
    exit: 1,
    retry: true,
    sentence: "Too many requests; wait a moment before the next one.",
  },

  // Signing in. What could tell a stranger whether an account exists has one code and one sentence.
  SIGN_IN_WRONG: { ...unauthorized, sentence: "The e-mail address or the password is wrong." },
  SIGN_IN_WAIT: {
    http: 429,
    trpc: "TOO_MANY_REQUESTS",
    exit: 4,
    retry: true,
    sentence: "Too many attempts; wait a little before the next one.",
  },
  SIGN_IN_ENDED: { ...unauthorized, sentence: "This sign-in took too long or was used already; begin again." },
  FACTOR_WRONG: { ...unauthorized, sentence: "The second factor is wrong, or was used before." },
  FACTOR_UNKNOWN: { ...missing, sentence: "There is no such second factor." },
  FACTOR_LAST: { ...conflict, sentence: "The last second factor can't be removed; add another one first." },
  FACTOR_EXISTS: { ...conflict, sentence: "This second factor is set up already." },
  STEP_UP_NEEDED: { ...forbidden, sentence: "This needs a fresh second factor: give yours again." },
  SESSION_ENDED: { ...unauthorized, sentence: "This session has ended; sign in again." },
  ADDRESS_NOT_ALLOWED: { ...forbidden, sentence: "This role may not be used from this network address." },
  LINK_INVALID: { ...refused, sentence: "This link is not valid, or no longer." },
  PASSWORD_WRONG: { ...refused, sentence: "The password is wrong." },
  PASSWORD_WEAK: { ...refused, sentence: "This password is not strong enough." },
  AUTHORIZATION_PENDING: {
    http: 428,
    trpc: "PRECONDITION_FAILED",
    exit: 4,
    retry: true,
    sentence: "Nobody has let this terminal in yet; ask again in a few seconds.",
  },

  // Opening an account, and being kept from it.
  COUNTRY_CLOSED: { ...refused, sentence: "Accounts are not opened from this country." },
  AGE_TOO_LOW: { ...refused, sentence: "This person is too young to open an account." },
  ACCOUNT_LOCKED: { ...forbidden, sentence: "This account is locked; support can tell more." },
  ACCOUNT_CLOSED: { ...forbidden, sentence: "This account is closed." },

  // People.
  STAFF_NOT_FOUND: { ...missing, sentence: "There is no such member of staff." },
  BRAND_EXISTS: { ...conflict, sentence: "There is a brand of this code already." },
  STAFF_EXISTS: { ...conflict, sentence: "There is a member of staff with this e-mail address already." },
  STAFF_SELF: { ...forbidden, sentence: "Nobody does this to their own account." },
  STAFF_LAST_ADMIN: { ...conflict, sentence: "The house would be left without an admin." },
  ROLES_CONFLICT: { ...refused, sentence: "One person may not hold these roles together." },
  ROLE_NEEDS_APPROVAL: { ...refused, sentence: "A powerful role takes a second person; propose it instead." },
  PLAYER_ERASED: { ...conflict, sentence: "This player's personal data were erased." },
  FIELD_EMPTY: { ...missing, sentence: "Nothing is stored in this field." },
  RECORD_NOT_FOUND: { ...missing, sentence: "There is no such record." },
  NOTHING_CHANGES: { ...conflict, sentence: "It is like that already." },

  // Four eyes.
  APPROVAL_NOT_FOUND: { ...missing, sentence: "There is no such proposal." },
  APPROVAL_NOT_OPEN: { ...conflict, sentence: "This proposal is no longer where that could happen to it." },
  APPROVAL_EXPIRED: { ...conflict, sentence: "This proposal has run out; propose it again." },
  APPROVAL_OWN: { ...forbidden, sentence: "Nobody is the second person for their own proposal." },
  APPROVAL_NOT_OWN: { ...forbidden, sentence: "Only whoever proposed it can withdraw it." },
  APPROVAL_TWICE: { ...conflict, sentence: "One person counts once; somebody else has to approve as well." },
  PROPOSAL_TOO_LARGE: { ...refused, sentence: "This is more than one proposal may reach under the house's policy." },
  APPROVAL_CHANGED: { ...conflict, sentence: "What you saw is not what is proposed; look at it again." },

  // Plans: what is applied is what was shown.
  PLAN_CHANGED: { ...conflict, sentence: "This is not as it was when the plan was made; make the plan again." },

  // What is asked about does not exist.
  ROUTE_NOT_FOUND: { ...missing, sentence: "There is no such address here." },
  PLAYER_NOT_FOUND: { ...missing, sentence: "There is no such player." },
  BRAND_NOT_FOUND: { ...missing, sentence: "There is no such brand." },
  LOBBY_EXPERIMENT_NOT_FOUND: { ...missing, sentence: "There is no such experiment with the lobby." },
  LOBBY_EXPERIMENT_REFUSED: {
    ...conflict,
    sentence: "Another experiment with the lobby is under way; it has to be stopped first.",
  },
  GAME_NOT_FOUND: { ...missing, sentence: "There is no such game." },
  ROUND_NOT_FOUND: { ...missing, sentence: "There is no such round." },
  TRANSACTION_NOT_FOUND: { ...missing, sentence: "There is no such transaction." },
  BET_NOT_FOUND: { ...missing, retry: true, sentence: "There is no such bet; if it was just placed, ask again." },
  SESSION_NOT_FOUND: { ...missing, sentence: "There is no such open session." },
  SEED_NOT_FOUND: { ...missing, sentence: "There is no such seed." },
  SEED_IN_USE: {
    ...conflict,
    sentence: "This round's seed is still in use; take a new seed, and the old one is revealed.",
  },
  FREE_SPINS_NOT_FOUND: { ...missing, sentence: "There are no such free spins." },
  GAME_BANK_NOT_FOUND: { ...missing, sentence: "There is no such game bank of this player." },
  BANK_TRANSFER_NOT_FOUND: { ...missing, sentence: "There is no such transfer to or from a game bank." },
  PROVIDER_NOT_FOUND: { ...missing, sentence: "There is no such game provider." },
  DEPOSIT_NOT_FOUND: { ...missing, sentence: "There is no such deposit." },
  PAYOUT_NOT_FOUND: { ...missing, sentence: "There is no such payout." },
  INSTRUMENT_NOT_FOUND: { ...missing, sentence: "There is no such instrument." },
  CHARGEBACK_NOT_FOUND: { ...missing, sentence: "There is no such chargeback." },
  CHARGEBACK_EARLY: { ...conflict, retry: true, sentence: "What comes before this was not told by the provider yet." },
  CHARGEBACK_NOT_OPEN: { ...conflict, sentence: "This chargeback is no longer where that could happen to it." },
  EVIDENCE_MISSING: { ...refused, sentence: "There is no evidence to submit." },
  EVIDENCE_INVALID: { ...bad, sentence: "This file is no evidence that a provider takes." },
  PSP_REFUSED: { ...refused, sentence: "The payment provider does not take this." },
  PSP_NOT_FOUND: { ...missing, sentence: "There is no such payment provider." },
  WEBHOOK_NOT_FOUND: { ...missing, sentence: "There is no such webhook." },
  RATE_NOT_FOUND: { ...missing, sentence: "There is no exchange rate for this pair of currencies." },
  RECEIPT_NOT_READY: {
    ...missing,
    retry: true,
    sentence: "The bet is recorded, and the seal that covers it is still being made; ask again in a few seconds.",
  },

  // The request id.
  REQUEST_REUSED: { ...conflict, sentence: "This request id was already used for a different request." },

  // The rules of money and bets say no.
  FUNDS_INSUFFICIENT: { ...refused, sentence: "The balance does not cover this amount." },
  CURRENCY_MISMATCH: { ...refused, sentence: "The currency is not the one of this wallet or bet." },
  PLAYER_BLOCKED: { ...refused, sentence: "This account can't place bets." },
  COUNTRY_BANNED: { ...refused, sentence: "This game is not offered in your country." },
  GAME_DISABLED: { ...refused, sentence: "This game is not open for bets." },
  STAKE_BELOW_MIN: { ...refused, sentence: "The stake is below the smallest that this game takes." },
  STAKE_ABOVE_MAX: { ...refused, sentence: "The stake is above the largest that this game takes." },
  PAYOUT_ABOVE_MAX: { ...refused, sentence: "The payout is above what a bet can ever pay here." },
  ROUND_CLOSED: { ...conflict, sentence: "This round is closed to new bets." },
  BET_ROLLED_BACK: { ...conflict, sentence: "This bet was rolled back before it arrived." },
  BET_ALREADY_SETTLED: { ...conflict, sentence: "This bet is already settled." },
  BET_ALREADY_VOIDED: { ...conflict, sentence: "This bet is already void." },
  BET_NOT_SETTLED: { ...conflict, sentence: "This bet is not settled, so there is nothing to correct." },
  BET_OF_OTHER_ROUND: { ...conflict, sentence: "This bet does not belong to that round." },
  CORRECTION_UNCOVERED: {
    ...refused,
    sentence: "The player's balance no longer covers what this correction takes back.",
  },
  RATE_BELOW_EXPECTED: {
    ...refused,
    sentence: "The rate has moved: less would come out than was expected. Ask for the rate again.",
  },
  GAME_BANK_NONE: { ...refused, sentence: "This game is not played from a game bank." },
  GAME_BANK_FULL: { ...refused, sentence: "More would lie in the game bank than the house lets a player have there." },
  GAME_BANK_REFUSED: { ...refused, sentence: "The provider does not open its game bank for this player." },
  FREE_SPINS_NONE: { ...refused, sentence: "The house issues no free spins with this provider." },
  FREE_SPINS_TOO_MANY: {
    ...refused,
    sentence: "That is more free spins than this provider's policy lets go out at once.",
  },
  FREE_SPINS_EXPIRY: { ...refused, sentence: "Free spins can't be issued until then." },
  PROVIDER_PAUSED: { ...refused, sentence: "No bets are taken from this game provider at the moment." },
  DEPOSIT_BELOW_MIN: { ...refused, sentence: "The amount is below the smallest deposit." },
  DEPOSIT_ABOVE_MAX: { ...refused, sentence: "The amount is above the largest deposit." },
  DEPOSIT_TOO_OFTEN: { ...refused, retry: true, sentence: "Too many deposits were tried within an hour; try later." },
  ADDRESS_INVALID: { ...refused, sentence: "This is not an address on the chain of this asset." },
  IBAN_INVALID: { ...refused, sentence: "This is not an international bank account number." },
  BANK_CREDIT_NOT_FOUND: { ...missing, sentence: "There is no such incoming transfer." },
  BANK_CREDIT_NOT_OPEN: { ...conflict, sentence: "This transfer does not wait for a decision, or no longer." },
  PAYOUT_BATCH_NOT_FOUND: { ...missing, sentence: "There is no such file of payouts." },
  DEPOSIT_NOT_FROZEN: { ...conflict, sentence: "This deposit is not frozen, or no longer." },
  INSTRUMENT_NOT_OWN: { ...refused, sentence: "This card can't be used for this account." },
  INSTRUMENT_INVALID: { ...refused, sentence: "The payment provider does not know this token, or no longer." },
  METHOD_UNAVAILABLE: { ...refused, sentence: "Deposits are not offered by this method and in this currency." },
  PAYOUT_TOO_SMALL: { ...refused, sentence: "The amount is below the smallest payout." },
  PAYOUT_TOO_LARGE: { ...refused, sentence: "The amount is above the largest payout." },
  PAYOUT_UNAVAILABLE: { ...refused, sentence: "Payouts are not offered to this instrument in this currency." },
  PAYOUT_NOT_TO_SOURCE: { ...refused, sentence: "Money that came from another instrument has to go back there first." },
  PAYOUT_FORFEITS_BONUS: {
    ...refused,
    sentence: "A bonus is being wagered and would be lost; the player has to accept that first.",
  },
  PAYOUT_NOT_CANCELLABLE: { ...refused, sentence: "Where this player lives a payout can't be taken back." },
  PAYOUT_NOT_OPEN: { ...conflict, sentence: "This payout is no longer where that could happen to it." },
  PAYOUT_STOPPED: { ...refused, sentence: "A check keeps this payout from leaving until what it names is mended." },
  PAYOUT_CHANGED: { ...conflict, sentence: "What this payout was judged on has changed; look at it again." },
  PAYOUT_CLAIMED: { ...conflict, sentence: "Somebody else is looking at this payout at the moment." },
  INSTRUMENT_NOT_VERIFIED: { ...refused, sentence: "This instrument is not verified, so nothing is paid out to it." },
  INSTRUMENT_EXPIRED: { ...refused, sentence: "This card has expired, so nothing can be paid out to it." },
  GAME_BANK_BUSY: { ...conflict, retry: true, sentence: "Another transfer of this game bank is still under way." },
  GAME_BANK_CLOSED: { ...conflict, sentence: "This game bank is closed, or being closed." },
  FREE_SPINS_NOT_OPEN: { ...conflict, sentence: "These free spins are no longer where that could happen to them." },
  FREE_SPINS_MISMATCH: {
    ...conflict,
    sentence: "What the provider says does not fit the free spins that were issued.",
  },
  GAME_BANK_MISMATCH: { ...conflict, sentence: "What the provider says does not fit the transfer." },
  PAYMENT_MISMATCH: { ...conflict, sentence: "What the payment provider says does not fit the deposit." },
  RATE_STALE: { ...refused, retry: true, sentence: "The exchange rate is too old to convert at." },

  // Responsible gaming, and what a jurisdiction asks for.
  SELF_EXCLUDED: { ...refused, sentence: "This account is excluded from play. Withdrawals stay open." },
  TIME_OUT_RUNNING: { ...refused, sentence: "This account takes a time-out from play. Withdrawals stay open." },
  KYC_LEVEL_TOO_LOW: { ...refused, sentence: "The player has to be verified before this." },
  KYC_DEPOSIT_CAP: { ...refused, sentence: "More can be deposited once the player has been verified further." },
  WAGER_LIMIT_REACHED: { ...refused, sentence: "This stake does not fit into the player's own wager limit." },
  LOSS_LIMIT_REACHED: { ...refused, sentence: "This stake does not fit into the player's own loss limit." },
  DEPOSIT_LIMIT_REACHED: { ...refused, sentence: "This deposit does not fit into the player's deposit limit." },
  SESSION_LIMIT_REACHED: { ...refused, sentence: "The time that the player wanted to play for is over." },
  LIMIT_OTHER_CURRENCY: { ...refused, sentence: "The player's limits are in another currency; set one in this first." },
  LOCATION_NOT_ALLOWED: { ...refused, sentence: "Play and deposits are not offered from where this request comes." },
  GAME_NOT_OFFERED: { ...refused, sentence: "This game is not offered where the account is." },
  PLAY_TOO_FAST: { ...refused, retry: true, sentence: "The last game is too short ago; wait a few seconds." },
  BREAK_DUE: { ...refused, retry: true, sentence: "It is time for a break; play goes on after it." },
  REALITY_CHECK_DUE: {
    ...refused,
    retry: true,
    sentence: "Confirm first how long you have played, and what came of it.",
  },
  LIMIT_NOT_READY: { ...conflict, retry: true, sentence: "This limit is still cooling off; confirm it afterwards." },
  LIMIT_LAPSED: { ...conflict, sentence: "This limit was not confirmed in time; the old one stays. Ask for it again." },
  LIMIT_ABOVE_LAW: { ...refused, sentence: "The law's own limit is lower than this." },
  EXCLUSION_TOO_SHORT: { ...refused, sentence: "A self-exclusion can't be that short here." },
  EXCLUSION_RUNNING: { ...conflict, sentence: "This exclusion has not run its time, and nobody can shorten it." },
  TIME_OUT_LENGTH: { ...refused, sentence: "A time-out can't be of this length here." },
  // Verification.
  CASE_NOT_FOUND: { ...missing, sentence: "There is no such case." },
  CASE_CLAIMED: { ...conflict, sentence: "Somebody else is looking at this case." },
  CASE_STATE: { ...conflict, sentence: "The case is not where this can be done." },
  KYC_COMPLETE: { ...conflict, sentence: "There is nothing left to verify." },
  DOCUMENT_UNREADABLE: { ...refused, sentence: "The file is no JPEG, PNG or PDF, or is too large." },
  REGISTER_UNAVAILABLE: {
    ...unavailable,
    sentence: "The register of self-excluded people can't be reached; send the same request again.",
  },
  CHECKLIST_OPEN: { ...refused, sentence: "A point of the checklist has not been looked at." },
  SECOND_PERSON_NEEDED: { ...refused, sentence: "This takes a second person: propose it." },
  KYC_VENDOR_ABSENT: { ...refused, sentence: "This house verifies players without a vendor." },
  KYC_VENDOR_REFUSED: { ...refused, sentence: "The verification vendor does not take this." },
  KYC_VENDOR_UNAVAILABLE: {
    ...unavailable,
    sentence: "The verification vendor can't be reached; send the same request again.",
  },
  SCREENING_STANDS: { ...refused, sentence: "A screening hit of this player has to be decided first." },
  QUEUE_EMPTY: { ...missing, sentence: "No case waits for anybody." },

  // Screening.
  LIST_UNREADABLE: { ...refused, sentence: "This is not the list that it was said to be, or not all of it." },
  LIST_UNCHANGED: { ...conflict, sentence: "This version of the list is in force already." },
  LIST_SHRINKS: {
    ...refused,
    sentence: "The list would lose more of its entries than a new version does; confirm that this is meant.",
  },
  SCREENING_NOT_READY: { ...unavailable, sentence: "Players can't be screened at the moment." },
  ALERT_NOT_FOUND: { ...missing, sentence: "There is no alert with this id." },
  ALERT_STATE: { ...conflict, sentence: "The alert is not in a state in which this can be done." },
  RULE_NOT_FOUND: { ...missing, sentence: "There is no rule with this code." },
  AML_CASE_NOT_FOUND: { ...missing, sentence: "There is no such case." },
  AML_CASE_STATE: { ...conflict, sentence: "The case is not in a state in which this can be done." },
  SAR_NOT_FOUND: { ...missing, sentence: "There is no such report." },
  SAR_STATE: { ...conflict, sentence: "The report is not in a state in which this can be done." },
  HIT_NOT_FOUND: { ...missing, sentence: "There is no screening hit with this id." },
  HIT_NOT_OPEN: { ...conflict, sentence: "This screening hit does not wait for that decision any more." },

  // Reconciliation.
  BREAK_NOT_FOUND: { ...missing, sentence: "There is no such break." },
  BREAK_NOT_OPEN: { ...conflict, sentence: "This break is no longer where that could happen to it." },
  ROUND_STILL_WAITS: { ...refused, sentence: "This round still waits for its provider's result." },
  RESOLUTION_INVALID: { ...refused, sentence: "This break can't be ended in this way." },
  REPORT_UNREADABLE: {
    ...bad,
    sentence: "This is not the report or statement that it was said to be, or not all of it.",
  },
  REPORT_CHANGED: { ...conflict, sentence: "This report was imported before, with other content." },
  RUN_NOT_FOUND: { ...missing, sentence: "There is no such run." },
  RUN_UNDER_WAY: { ...conflict, retry: true, sentence: "A run of this reconciliation is under way already." },

  // The house's own troubles.
  DAY_NOT_OVER: { ...refused, sentence: "This day is not over yet, and so can't be closed." },
  DAYS_NOT_TIED: {
    ...refused,
    sentence: "Not every day of this range is closed and tied out with the ledger, and so none of it can be reported.",
  },
  AFFILIATE_NOT_FOUND: { ...missing, sentence: "There is no such affiliate." },
  AFFILIATE_CODE_TAKEN: { ...conflict, sentence: "This tracking code belongs to an affiliate already." },
  AFFILIATE_CODE_UNKNOWN: { ...missing, sentence: "There is no such tracking code, or it is closed." },
  PLAN_IN_USE: { ...refused, sentence: "A plan begins with a month that no approved statement covers." },
  STATEMENT_NOT_FOUND: { ...missing, sentence: "There is no such statement." },
  STATEMENT_NOT_READY: {
    ...refused,
    retry: true,
    sentence: "A statement is made of a month that is over and whose days are all tied to the ledger.",
  },
  STATEMENT_NOT_OPEN: {
    ...conflict,
    sentence: "This statement is no longer open: it was approved, or another version took its place.",
  },
  STATEMENT_OUT_OF_ORDER: { ...conflict, sentence: "An earlier month of this affiliate is still open." },
  AFFILIATE_PAYMENT_NOT_FOUND: { ...missing, sentence: "There is no such payment to an affiliate." },
  REPORTS_BEHIND: {
    ...unavailable,
    sentence: "Reports have not taken over all events of this day yet; try again in a moment.",
  },
  REBUILD_LOST: { ...conflict, sentence: "The rebuild that this step belongs to is gone." },
  REPORTS_UNAVAILABLE: {
    ...unavailable,
    sentence: "Reports can't be read at the moment. Bets and money are not affected.",
  },
  OVERLOADED: { ...unavailable, sentence: "The system is full at the moment; send the same request again shortly." },
  DATABASE_UNAVAILABLE: {
    ...unavailable,
    sentence: "The ledger can't be reached at the moment; nothing was changed unless a repeat of this request says so.",
  },
  OUTCOME_UNKNOWN: {
    ...unavailable,
    sentence: "The outcome could not be learned in time; send the same request again to get its answer.",
  },
  GAME_BANK_UNAVAILABLE: {
    ...unavailable,
    sentence: "The provider's game bank can't be reached; send the same request again.",
  },
  PSP_UNAVAILABLE: { ...unavailable, sentence: "The payment provider can't be reached; send the same request again." },
  RATES_UNAVAILABLE: { ...unavailable, sentence: "No exchange rates have arrived yet; send the same request again." },
  SHUTTING_DOWN: { ...unavailable, sentence: "This engine is stopping; send the same request again." },
  ENGINE_UNREACHABLE: { ...unavailable, sentence: "The engine can't be reached at the moment; try again shortly." },
  INTERNAL: {
    http: 500,
    trpc: "INTERNAL_SERVER_ERROR",
    exit: 1,
    retry: true,
    sentence: "Something failed here; it was logged, and the same request may be sent again.",
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errors;

export function errorRow(code: ErrorCode): ErrorRow {
  return errors[code];
}
