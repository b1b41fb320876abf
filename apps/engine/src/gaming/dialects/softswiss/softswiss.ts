/**
 * The SOFTSWISS aggregator's wallet API: one call carries the actions of a round, amounts are minor units, refusals are a
 * number with an HTTP status. Bets and wins both roll back, each by itself; a win may come without a bet.
 */
import { createHmac } from "node:crypto";
import type { DialectPlayer, DialectSession } from "@pitboss/db/gaming/dialect-reads";
import { errorRow } from "@pitboss/domain/kernel/errors";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { type Currency, exponentOf, isCurrency } from "@pitboss/domain/wallet/currency";
import { divideHalfEven, largestAmount } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import type { Game } from "../../../catalog/game-catalog.ts";
import { type Dialect, type DialectCall, type WireAnswer, wordFor } from "../kit/dialect.ts";
import { wireInteger, wireNumber, type WireNumber, writeExact } from "../kit/exact-json.ts";
import { hmacKeyOf } from "../kit/hmac-key.ts";
import type { Moved } from "../kit/provider-wallet.ts";
import { readBody } from "../kit/read-body.ts";
import { sameSignature } from "../kit/same-secret.ts";
import { readUnits, writeUnits } from "../kit/wire-amounts.ts";
import { softswissCodes } from "./softswiss-codes.ts";
import { softswissFreeSpins } from "./softswiss-free-spins.ts";

const id = z.string().min(1).max(128);
const action = z.discriminatedUnion("action", [
  z.object({
    action: z.literal("bet"),
    action_id: id,
    amount: wireInteger,
    jackpot_contribution: wireNumber.nullish(),
  }),
  z.object({ action: z.literal("win"), action_id: id, amount: wireInteger, jackpot_win: wireInteger.nullish() }),
  z.object({ action: z.literal("rollback"), action_id: id, original_action_id: id }),
]);
type Action = z.infer<typeof action>;

const playBody = z.object({
  user_id: id,
  currency: z.string(),
  game: id,
  game_id: id.nullish(),
  finished: z.boolean().nullish(),
  actions: z.array(action).max(100).nullish(),
});
const freeSpinsBody = z.object({
  issue_id: id,
  user_id: id,
  currency: z.string(),
  status: z.enum(["active", "played", "expired", "canceled"]),
  total_amount: wireInteger,
});

export const softswiss: Dialect = {
  code: "softswiss",
  title: "SOFTSWISS style",
  credential: "SECRET",
  policy: { settledRollback: "RECEIVABLE" },
  proves({ raw, headers }, { secret }) {
    const sign = headers["x-request-sign"];
    return (
      typeof sign === "string" && sameSignature(sign, createHmac("sha256", hmacKeyOf(secret)).update(raw).digest("hex"))
    );
  },
  operations: { play, process: play, rollback: play, freespins: finishFreeSpins },
  freeSpins: softswissFreeSpins,
  refuse: (failure) => refuse(failure),
};

interface Round {
  readonly call: DialectCall;
  readonly player: DialectPlayer;
  /** Read where the call places a bet. */
  readonly session: DialectSession | undefined;
  readonly game: Game;
  readonly currency: Currency;
  /** Undefined where the call only asks for the balance. */
  readonly ref: string | undefined;
}

interface Done {
  readonly action: Action;
  readonly moved: Moved;
}

async function play(call: DialectCall): Promise<WireAnswer> {
  const read = readBody(playBody, call.body);
  if (!read.ok) return refuse(read.error);
  const { user_id, currency, game: gameCode, game_id, finished, actions } = read.value;
  if (!isCurrency(currency)) return refuse({ code: "CURRENCY_UNKNOWN" });
  const list = actions ?? [];
  const game = call.wallet.game(gameCode);
  const bets = list.some((one) => one.action === "bet");
  const session = game.ok && bets ? await call.wallet.sessionOn(user_id, game.value) : undefined;
  const player = await call.wallet.player(user_id, session);
  if (!player.ok) return refuse(player.error);
  if (!game.ok) return refuse(game.error);
  const round: Round = { call, player: player.value, session, game: game.value, currency, ref: game_id ?? undefined };
  if (list.length > 0 && round.ref === undefined) return refuse({ code: "REQUEST_INVALID" });
  const done: Done[] = [];
  for (const one of list) {
    const moved = await act(round, one);
    if (!moved.ok) return giveUp(round, done, moved.error);
    done.push({ action: one, moved: moved.value });
  }
  // The end of a round is a step of its own: it may come with no action at all.
  if (finished === true && round.ref !== undefined && !list.some(({ action: kind }) => kind === "rollback")) {
    const ended = await endRound(round, round.ref);
    if (!ended.ok) return refuse(ended.error);
  }
  return answerPlay(round, done);
}

function act(round: Round, one: Action): Promise<Result<Moved>> {
  switch (one.action) {
    case "bet":
      return bet(round, one);
    case "win":
      return win(round, one);
    case "rollback":
      return rollBack(round, one.action_id, one.original_action_id);
  }
}

async function bet(round: Round, one: Extract<Action, { action: "bet" }>): Promise<Result<Moved>> {
  const { call, player, session, game, currency, ref = "" } = round;
  const amount = readUnits(one.amount.text, exponentOf(currency), currency);
  if (!amount.ok) return amount;
  const { playerId } = player;
  const contribution = readContribution(one.jackpot_contribution, currency);
  const order = {
    id: one.action_id,
    playerId,
    session,
    game,
    round: ref,
    currency,
    amount: amount.value,
    contribution,
  };
  const moved = await call.wallet.bet(order);
  if (!moved.ok && moved.error.code === "BET_ROLLED_BACK") return ok(nothing);
  return moved;
}

/** Contributions may be finer than the currency: to the nearest minor unit. */
function readContribution(sent: WireNumber | null | undefined, currency: Currency): bigint {
  const match = /^([0-9]{1,18})(?:\.([0-9]{1,12}))?$/.exec(sent?.text ?? "0");
  if (match === null) return 0n;
  const [, whole = "0", fraction = ""] = match;
  const minor = divideHalfEven(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
  return exponentOf(currency) >= 0 && minor < largestAmount ? minor : 0n;
}

async function win(round: Round, one: Extract<Action, { action: "win" }>): Promise<Result<Moved>> {
  const { call, player, game, currency, ref } = round;
  const exponent = exponentOf(currency);
  const amount = readUnits(one.amount.text, exponent, currency);
  if (!amount.ok) return amount;
  const jackpot = readUnits(one.jackpot_win?.text ?? "0", exponent, currency);
  if (!jackpot.ok) return jackpot;
  const { playerId } = player;
  const moved = await call.wallet.win({
    id: one.action_id,
    playerId,
    game,
    round: ref,
    currency,
    amount: amount.value,
    jackpot: jackpot.value,
    close: false,
    withoutBet: "HOUSE",
    again: "PAY",
  });
  // Its bet was given back, or it was rolled back before it came: there is nothing to pay, and nothing wrong.
  const noEffect = !moved.ok && ["BET_ALREADY_VOIDED", "BET_ROLLED_BACK"].includes(moved.error.code);
  return noEffect ? ok(nothing) : moved;
}

function rollBack({ call, player }: Round, id: string, original: string): Promise<Result<Moved>> {
  return call.wallet.undo({ id, playerId: player.playerId, original, takes: "ACTION" });
}

function endRound({ call, player, game, currency }: Round, ref: string): Promise<Result<Moved>> {
  return call.wallet.win({
    id: `${ref}:finished:${player.playerId}`,
    playerId: player.playerId,
    game,
    round: ref,
    currency,
    amount: 0n,
    close: true,
    withoutBet: "HOUSE",
    again: "PAY",
  });
}

/**
 * A call is one: where an action is refused for good, those before it are taken back. Each step has an id that follows
 * from the action's, so a call that was cut off in between comes to the same when it is sent again.
 */
async function giveUp(round: Round, done: readonly Done[], failure: Failure): Promise<WireAnswer> {
  if (!errorRow(failure.code).retry) {
    for (const { action: one } of done.toReversed()) {
      if (one.action === "rollback") continue;
      const undone = await rollBack(round, `${one.action_id}:undo`, one.action_id);
      if (!undone.ok) return refuse(undone.error);
    }
  }
  if (failure.code !== "FUNDS_INSUFFICIENT") return refuse(failure);
  const balance = await round.call.wallet.balance(round.player.playerId, round.currency);
  return refuse(failure, { balance: writeUnits(balance, exponentOf(round.currency), round.currency) });
}

async function answerPlay(round: Round, done: readonly Done[]): Promise<WireAnswer> {
  const { call, player, currency, ref } = round;
  // The ledger said what was left after the last action; a repeat's answer is from an earlier time.
  const last = done.at(-1)?.moved;
  const told = last === undefined || last.repeated ? null : last.balance;
  const balance = told ?? (await call.wallet.balance(player.playerId, currency));
  const transactions = done.map(({ action: { action_id }, moved: { transactionId } }) => ({
    action_id,
    tx_id: transactionId === null ? "" : formatId("transaction", transactionId),
    processed_at: new Date(
      transactionId === null ? call.wallet.nowMs() : transactionTimeMs(transactionId),
    ).toISOString(),
  }));
  const repeated = done.length > 0 && done.every(({ moved }) => moved.repeated);
  return {
    status: 200,
    code: repeated ? "REPEATED" : "OK",
    body: writeExact({
      balance: writeUnits(balance, exponentOf(currency), currency),
      ...(ref === undefined ? {} : { game_id: ref }),
      ...(done.length === 0 ? {} : { transactions }),
    }),
  };
}

/** What free spins won in all is paid once for an issue, by the house, whether it was the house that issued them or not. */
async function finishFreeSpins(call: DialectCall): Promise<WireAnswer> {
  const read = readBody(freeSpinsBody, call.body);
  if (!read.ok) return refuse(read.error);
  const { issue_id: issueId, user_id, currency, status, total_amount } = read.value;
  if (!isCurrency(currency)) return refuse({ code: "CURRENCY_UNKNOWN" });
  const player = await call.wallet.player(user_id);
  if (!player.ok) return refuse(player.error);
  const amount = readUnits(total_amount.text, exponentOf(currency), currency);
  if (!amount.ok) return refuse(amount.error);
  const { playerId } = player.value;
  const told = await call.wallet.freeSpins({ issueId, playerId, currency, status, total: amount.value });
  if (!told.ok) return refuse(told.error);
  const balance = writeUnits(await call.wallet.balance(playerId, currency), exponentOf(currency), currency);
  return { status: 200, code: told.value.repeated ? "REPEATED" : "OK", body: writeExact({ balance }) };
}

const nothing: Moved = { repeated: false, transactionId: null, balance: null, currency: null };

function refuse(failure: Failure, more: object = {}): WireAnswer {
  const { code, http } = wordFor(softswissCodes, failure.code);
  const message = errorRow(failure.code).sentence;
  return { status: http, code: failure.code, body: writeExact({ code, message, ...more }) };
}
