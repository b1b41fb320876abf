import { createPrivateKey, type KeyObject, randomUUID, sign } from "node:crypto";
import { field, rawAmountOf, type Speaker, textOf } from "../speak.ts";
import { minorOfUnits, unitsOf } from "../units.ts";

/** Amounts go as whole 100,000ths of any currency. */
const decimals = 5;

const paths = { bet: "transaction/bet", win: "transaction/win", rollback: "transaction/rollback" } as const;

export const hub88: Speaker = {
  dialect: "hub88",
  words: {
    OK: "RS_OK",
    REPEAT_BET: "RS_OK",
    REPEAT_WIN: "RS_OK",
    REPEAT_ROLLBACK: "RS_OK",
    DUPLICATE: "RS_ERROR_DUPLICATE_TRANSACTION",
    ROLLBACK_OF_UNKNOWN: "RS_OK",
    BET_AFTER_ROLLBACK: "RS_ERROR_TRANSACTION_ROLLED_BACK",
    WIN_AFTER_ROLLBACK: "RS_ERROR_TRANSACTION_ROLLED_BACK",
    NO_BET: "RS_ERROR_TRANSACTION_DOES_NOT_EXIST",
    ALREADY_SETTLED: "RS_ERROR_UNKNOWN",
    ROUND_CLOSED: "RS_ERROR_UNKNOWN",
    FUNDS: "RS_ERROR_NOT_ENOUGH_MONEY",
    STAKE_SMALL: "RS_ERROR_LIMIT_REACHED",
    STAKE_LARGE: "RS_ERROR_LIMIT_REACHED",
    AMOUNT: "RS_ERROR_WRONG_TYPES",
    SESSION_ENDED: "RS_ERROR_TOKEN_EXPIRED",
    SESSION_UNKNOWN: "RS_ERROR_INVALID_TOKEN",
    BLOCKED: "RS_ERROR_USER_DISABLED",
    SIGNATURE: "RS_ERROR_INVALID_SIGNATURE",
    CURRENCY: "RS_ERROR_WRONG_CURRENCY",
    CURRENCY_UNKNOWN: "RS_ERROR_WRONG_CURRENCY",
    GAME: "RS_ERROR_INVALID_GAME",
    PLAYER: "RS_ERROR_INVALID_TOKEN",
    SYNTAX: "RS_ERROR_WRONG_SYNTAX",
    INCOMPLETE: "RS_ERROR_WRONG_SYNTAX",
  },
  say(action, { playerId, session }, { game, currency, named }) {
    const base = { user: playerId, token: session, request_uuid: randomUUID() };
    if (action.do === "call") {
      return {
        path: action.path,
        body: JSON.stringify({ ...base, ...action.body({ playerId, session }, { game, currency, named }) }),
      };
    }
    if (action.do === "balance") return { path: "user/balance", body: JSON.stringify({ ...base, game_code: game }) };
    const transaction = {
      ...base,
      transaction_uuid: named(action.id),
      round: named(action.round),
      supplier_user: "s1",
    };
    if (action.do === "rollback") {
      const body = {
        ...transaction,
        game_code: game,
        round_closed: false,
        reference_transaction_uuid: named(action.of),
      };
      return { path: paths.rollback, body: JSON.stringify(body) };
    }
    const money = {
      ...transaction,
      game_code: action.game ?? game,
      currency: action.currency ?? currency,
      amount: Number(rawAmountOf(action, currency) ?? unitsOf(action.amount, decimals, currency)),
      is_free: action.free === true,
    };
    if (action.do === "bet") return { path: paths.bet, body: JSON.stringify({ ...money, round_closed: false }) };
    const win = { ...money, round_closed: action.close === true, reference_transaction_uuid: named(action.bet) };
    return { path: paths.win, body: JSON.stringify(win) };
  },
  sign(wire, secret) {
    const signature = sign("sha256", Buffer.from(wire.body), privateKeyOf(secret)).toString("base64");
    return { ...wire, query: "", headers: { "x-hub88-signature": signature } };
  },
  hear(_status, body, currency) {
    const balance = field(body, "balance");
    return {
      verdict: textOf(field(body, "status")),
      balance: typeof balance === "number" ? minorOfUnits(BigInt(balance), decimals, currency) : null,
      references: [],
    };
  },
  mayRefuse: (verdict) => ownReasons.has(verdict),
  repeatTells: "FIRST",
};

const ownReasons = new Set(["RS_ERROR_LIMIT_REACHED", "RS_ERROR_USER_DISABLED", "RS_ERROR_INVALID_GAME"]);

const privateKeys = new Map<string, KeyObject>();
const mostKeys = 16;

/** Reading a key takes longer than signing with it. */
function privateKeyOf(pem: string): KeyObject {
  const known = privateKeys.get(pem);
  if (known !== undefined) return known;
  if (privateKeys.size >= mostKeys) privateKeys.clear();
  const key = createPrivateKey(pem);
  privateKeys.set(pem, key);
  return key;
}
