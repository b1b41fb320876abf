import { createHmac, randomUUID } from "node:crypto";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { field, rawAmountOf, type Speaker, textOf } from "../speak.ts";
import { minorOfDecimal } from "../units.ts";

export const signedJson: Speaker = {
  dialect: "signed-json",
  words: {
    OK: "OK",
    REPEAT_BET: "OK",
    REPEAT_WIN: "OK",
    REPEAT_ROLLBACK: "OK",
    DUPLICATE: "REQUEST_REUSED",
    ROLLBACK_OF_UNKNOWN: "OK",
    BET_AFTER_ROLLBACK: "BET_ROLLED_BACK",
    WIN_AFTER_ROLLBACK: "BET_ALREADY_VOIDED",
    NO_BET: "BET_NOT_FOUND",
    ALREADY_SETTLED: "BET_ALREADY_SETTLED",
    ROUND_CLOSED: "ROUND_CLOSED",
    FUNDS: "FUNDS_INSUFFICIENT",
    STAKE_SMALL: "STAKE_BELOW_MIN",
    STAKE_LARGE: "STAKE_ABOVE_MAX",
    AMOUNT: "AMOUNT_INVALID",
    SESSION_ENDED: "SESSION_ENDED",
    SESSION_UNKNOWN: "TOKEN_INVALID",
    BLOCKED: "PLAYER_BLOCKED",
    SIGNATURE: "SIGNATURE_INVALID",
    CURRENCY: "CURRENCY_MISMATCH",
    CURRENCY_UNKNOWN: "CURRENCY_UNKNOWN",
    GAME: "GAME_NOT_FOUND",
    PLAYER: "PLAYER_NOT_FOUND",
    SYNTAX: "BODY_MALFORMED",
    INCOMPLETE: "REQUEST_INVALID",
  },
  say(action, who, scene) {
    const { game, currency, named } = scene;
    const { playerId, session } = who;
    if (action.do === "call")
      return { path: action.path, body: JSON.stringify({ playerId, ...action.body(who, scene) }) };
    if (action.do === "balance") return { path: "balance", body: JSON.stringify({ playerId, currency }) };
    const base = { transactionId: named(action.id), playerId };
    if (action.do === "rollback") {
      return { path: "rollback", body: JSON.stringify({ ...base, originalTransactionId: named(action.of) }) };
    }
    const money = {
      ...base,
      roundId: named(action.round),
      gameId: action.game ?? game,
      currency: action.currency ?? currency,
      amount: rawAmountOf(action, currency) ?? formatMinor(action.amount, currency),
    };
    if (action.do === "bet") return { path: "bet", body: JSON.stringify({ ...money, session }) };
    const win = { ...money, betTransactionId: named(action.bet), close: action.close === true };
    return { path: "win", body: JSON.stringify(win) };
  },
  sign(wire, secret) {
    const id = `msg_${randomUUID()}`;
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${wire.body}`).digest("base64");
    const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
    return { ...wire, query: "", headers };
  },
  hear(_status, body, currency) {
    const status = textOf(field(body, "status"));
    return {
      verdict: status === "OK" ? "OK" : textOf(field(body, "code")),
      balance: minorOfDecimal(textOf(field(body, "balance")), currency),
      references: [textOf(field(body, "reference"))],
    };
  },
  mayRefuse: (verdict) => verdict !== "" && !callersFaults.has(verdict),
  repeatTells: "FIRST",
};

/** It speaks the house's own codes, and a house may have reasons that nobody here knows: all but these are its own. */
const callersFaults = new Set([
  "OK",
  "SIGNATURE_INVALID",
  "BODY_MALFORMED",
  "REQUEST_INVALID",
  "REQUEST_REUSED",
  "ROUTE_NOT_FOUND",
  "TOKEN_INVALID",
  "SESSION_ENDED",
  "PLAYER_NOT_FOUND",
  "GAME_NOT_FOUND",
  "AMOUNT_INVALID",
  "CURRENCY_UNKNOWN",
  "CURRENCY_MISMATCH",
  "FUNDS_INSUFFICIENT",
  "ROUND_CLOSED",
  "BET_ROLLED_BACK",
  "BET_NOT_FOUND",
  "BET_ALREADY_SETTLED",
  "BET_ALREADY_VOIDED",
  "BET_OF_OTHER_ROUND",
]);
