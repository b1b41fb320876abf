import { randomUUID } from "node:crypto";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { field, rawAmountOf, type Speaker, textOf } from "../speak.ts";
import { minorOfDecimal } from "../units.ts";

export const evolution: Speaker = {
  dialect: "evolution",
  words: {
    OK: "OK",
    REPEAT_BET: "BET_ALREADY_EXIST",
    REPEAT_WIN: "BET_ALREADY_SETTLED",
    REPEAT_ROLLBACK: "BET_ALREADY_SETTLED",
    DUPLICATE: "FINAL_ERROR_ACTION_FAILED",
    ROLLBACK_OF_UNKNOWN: "BET_DOES_NOT_EXIST",
    BET_AFTER_ROLLBACK: "FINAL_ERROR_ACTION_FAILED",
    WIN_AFTER_ROLLBACK: "BET_ALREADY_SETTLED",
    NO_BET: "BET_DOES_NOT_EXIST",
    ALREADY_SETTLED: "BET_ALREADY_SETTLED",
    ROUND_CLOSED: "FINAL_ERROR_ACTION_FAILED",
    FUNDS: "INSUFFICIENT_FUNDS",
    STAKE_SMALL: "FINAL_ERROR_ACTION_FAILED",
    STAKE_LARGE: "CASINO_LIMIT_EXCEEDED_STAKE",
    AMOUNT: "INVALID_PARAMETER",
    SESSION_ENDED: "INVALID_SID",
    SESSION_UNKNOWN: "INVALID_SID",
    BLOCKED: "ACCOUNT_LOCKED",
    SIGNATURE: "INVALID_TOKEN_ID",
    CURRENCY: "INVALID_PARAMETER",
    CURRENCY_UNKNOWN: "INVALID_PARAMETER",
    GAME: "INVALID_PARAMETER",
    PLAYER: "INVALID_PARAMETER",
    SYNTAX: "INVALID_PARAMETER",
    INCOMPLETE: "INVALID_PARAMETER",
  },
  say(action, who, scene) {
    const { game, currency, named } = scene;
    const base = { userId: who.playerId, sid: who.session, uuid: randomUUID(), channel: { type: "P" } };
    if (action.do === "call")
      return { path: action.path, body: JSON.stringify({ ...base, ...action.body(who, scene) }) };
    if (action.do === "balance") {
      return { path: "balance", body: JSON.stringify({ ...base, currency: action.currency ?? currency, game: null }) };
    }
    const money = action.do === "rollback" ? undefined : action;
    const played = {
      id: named(action.round),
      type: "roulette",
      details: { table: { id: money?.game ?? game, vid: null } },
    };
    const bet = action.do === "bet" ? action.id : action.do === "win" ? action.bet : action.of;
    // An amount is a JSON number with decimals; it is put in as text, so that it goes out with all of its digits.
    const amount =
      (money === undefined ? undefined : rawAmountOf(money, currency)) ?? formatMinor(action.amount, currency);
    const body = JSON.stringify({
      ...base,
      currency: money?.currency ?? currency,
      game: played,
      transaction: { id: named(`t-${action.id}`), refId: named(bet), amount: "AMOUNT" },
    }).replace('"AMOUNT"', amount);
    const path = action.do === "bet" ? "debit" : action.do === "win" ? "credit" : "cancel";
    return { path, body };
  },
  sign: (wire, secret) => ({ ...wire, query: `?authToken=${encodeURIComponent(secret)}`, headers: {} }),
  hear: (_status, body, currency) => ({
    verdict: textOf(field(body, "status")),
    balance: minorOfDecimal(textOf(field(body, "balance")), currency),
    references: [],
  }),
  mayRefuse: (verdict) => ownReasons.has(verdict) || verdict.startsWith("CASINO_LIMIT_EXCEEDED_"),
  repeatTells: "NOW",
};

const ownReasons = new Set(["FINAL_ERROR_ACTION_FAILED", "ACCOUNT_LOCKED", "GEOLOCATION_FAIL"]);
