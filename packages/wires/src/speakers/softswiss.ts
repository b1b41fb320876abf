import { createHmac } from "node:crypto";
import { exponentOf } from "@pitboss/domain/wallet/currency";
import { field, rawAmountOf, type Speaker, textOf } from "../speak.ts";
import { minorOfUnits } from "../units.ts";

export const softswiss: Speaker = {
  dialect: "softswiss",
  words: {
    OK: "200",
    REPEAT_BET: "200",
    REPEAT_WIN: "200",
    REPEAT_ROLLBACK: "200",
    DUPLICATE: "412/155",
    ROLLBACK_OF_UNKNOWN: "200",
    BET_AFTER_ROLLBACK: "200",
    WIN_AFTER_ROLLBACK: "200",
    NO_BET: "200",
    ALREADY_SETTLED: "400/400",
    ROUND_CLOSED: "400/400",
    FUNDS: "412/100",
    STAKE_SMALL: "400/400",
    STAKE_LARGE: "412/106",
    AMOUNT: "400/400",
    SESSION_ENDED: "412/101",
    SESSION_UNKNOWN: "412/101",
    BLOCKED: "412/110",
    SIGNATURE: "403/403",
    CURRENCY: "412/154",
    CURRENCY_UNKNOWN: "412/154",
    GAME: "412/107",
    PLAYER: "412/101",
    SYNTAX: "400/400",
    INCOMPLETE: "400/400",
  },
  say(action, who, scene) {
    const { game, currency, named } = scene;
    const base = { user_id: who.playerId, currency, game };
    if (action.do === "call")
      return { path: action.path, body: JSON.stringify({ ...base, ...action.body(who, scene) }) };
    if (action.do === "balance") return { path: "play", body: JSON.stringify(base) };
    const round = { ...base, game_id: named(action.round) };
    if (action.do === "rollback") {
      const step = { action: "rollback", action_id: named(action.id), original_action_id: named(action.of) };
      return { path: "rollback", body: JSON.stringify({ ...round, actions: [step] }) };
    }
    const step = {
      action: action.do,
      action_id: named(action.id),
      amount: Number(rawAmountOf(action, currency) ?? action.amount),
    };
    const finished = action.do === "win" && action.close === true;
    const body = {
      ...round,
      ...(action.currency === undefined ? {} : { currency: action.currency }),
      ...(action.game === undefined ? {} : { game: action.game }),
      finished,
      actions: [step],
    };
    return { path: "play", body: JSON.stringify(body) };
  },
  sign(wire, secret) {
    const hex = createHmac("sha256", secret).update(wire.body).digest("hex");
    return { ...wire, query: "", headers: { "x-request-sign": hex } };
  },
  hear(status, body, currency) {
    const balance = field(body, "balance");
    const code = textOf(field(body, "code"));
    const list = field(body, "transactions");
    return {
      verdict: status === 200 ? "200" : `${status}/${code}`,
      balance: typeof balance === "number" ? minorOfUnits(BigInt(balance), exponentOf(currency), currency) : null,
      references: Array.isArray(list) ? list.map((one) => textOf(field(one, "tx_id"))) : [],
    };
  },
  mayRefuse: (verdict) => ownReasons.has(verdict),
  repeatTells: "NOW",
};

const ownReasons = new Set(["412/105", "412/106", "412/107", "412/110", "412/153"]);
