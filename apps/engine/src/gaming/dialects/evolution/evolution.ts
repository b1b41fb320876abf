/**
 * Evolution's One Wallet: a token in the address, amounts as JSON decimals. A bet is named by its `refId`, through debit,
 * credit and cancel; it is settled once, by a credit that may be zero.
 */
import { randomBytes } from "node:crypto";
import type { DialectPlayer, DialectSession } from "@pitboss/db/gaming/dialect-reads";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { Game } from "../../../catalog/game-catalog.ts";
import { type Dialect, type DialectCall, type WireAnswer, wordFor } from "../kit/dialect.ts";
import { WireNumber, wireNumber, writeExact } from "../kit/exact-json.ts";
import { readBody, textField } from "../kit/read-body.ts";
import { sameSecret } from "../kit/same-secret.ts";
import { readDecimalNumber, writeDecimalNumber } from "../kit/wire-amounts.ts";
import { evolutionCodes } from "./evolution-codes.ts";

const decimals = 6;
const id = z.string().min(1).max(128);
const sid = z.string().min(1).max(2_048);
const base = { userId: id, sid, uuid: id };
const table = z.object({ id: z.string().max(128) });
const game = z.object({ id, type: z.string().nullish(), details: z.object({ table: table.nullish() }).nullish() });

const checkBody = z.object(base);
const balanceBody = z.object({ ...base, currency: z.string() });
const moneyBody = z.object({
  ...balanceBody.shape,
  game,
  transaction: z.object({ id, refId: id, amount: wireNumber }),
});
const promoBody = z.object({
  ...balanceBody.shape,
  game: game.nullish(),
  promoTransaction: z.object({ type: z.string().max(64), id, amount: wireNumber }),
});

export const evolution: Dialect = {
  code: "evolution",
  title: "Evolution One Wallet style",
  credential: "SECRET",
  policy: { settledRollback: "REJECT" },
  proves({ query }, { secret }) {
    const token = query["authToken"];
    return typeof token === "string" && sameSecret(token, secret);
  },
  operations: { check, sid: newSid, balance, debit, credit, cancel, promo_payout: payPromotion },
  refuse: (failure, body) => refuse(failure, body),
};

async function check(call: DialectCall): Promise<WireAnswer> {
  const caller = await readCaller(call);
  if (!caller.ok) return refuse(caller.error, call.body);
  return done(call, "OK", { sid: textField(call.body, "sid") });
}

/** A new session in the place of one that is known; whoever was let in once is let in again, unless locked since. */
async function newSid(call: DialectCall): Promise<WireAnswer> {
  const read = readBody(checkBody, call.body);
  if (!read.ok) return refuse(read.error, call.body);
  const known = await call.wallet.session(read.value.sid);
  const player = await call.wallet.player(read.value.userId);
  if (!player.ok) return refuse(player.error, call.body);
  if (known?.playerId !== player.value.playerId) return refuse({ code: "TOKEN_INVALID" }, call.body);
  if (player.value.status !== "ACTIVE") return refuse({ code: "PLAYER_BLOCKED" }, call.body);
  const token = `gt_${randomBytes(32).toString("base64url")}`;
  if (!(await call.wallet.renewSession(known, token))) return refuse({ code: "SESSION_ENDED" }, call.body);
  return done(call, "OK", { sid: token });
}

async function balance(call: DialectCall): Promise<WireAnswer> {
  const read = readBody(balanceBody, call.body);
  if (!read.ok) return refuse(read.error, call.body);
  const { currency } = read.value;
  if (!isCurrency(currency)) return refuse({ code: "CURRENCY_UNKNOWN" }, call.body);
  const caller = await readCaller(call);
  if (!caller.ok) return refuse(caller.error, call.body);
  if (caller.value.currency !== currency) return refuse({ code: "CURRENCY_MISMATCH" }, call.body);
  return doneWith(call, "OK", caller.value.playerId, currency, null);
}

async function debit(call: DialectCall): Promise<WireAnswer> {
  const order = await readMoney(call);
  if (!order.ok) return refuse(order.error, call.body);
  const { player, session, currency, amount, refId, round, game: played } = order.value;
  if (amount === 0n) return refuse({ code: "AMOUNT_INVALID" }, call.body);
  const { playerId } = player;
  if (played === undefined)
    return refuse({ code: session === undefined ? "TOKEN_INVALID" : "GAME_NOT_FOUND" }, call.body);
  const moved = await call.wallet.bet({ id: refId, playerId, session, game: played, round, currency, amount });
  if (!moved.ok) return refuse(moved.error, call.body, await fundsOf(call, moved.error, playerId, currency));
  if (moved.value.repeated) return doneWith(call, "REPEATED", playerId, currency, null, "BET_ALREADY_EXIST");
  return doneWith(call, "OK", playerId, currency, moved.value.balance);
}

async function credit(call: DialectCall): Promise<WireAnswer> {
  const order = await readMoney(call);
  if (!order.ok) return refuse(order.error, call.body);
  const { player, currency, amount, refId, transactionId, round, game: played } = order.value;
  const { playerId } = player;
  const moved = await call.wallet.win({
    id: `credit:${transactionId}`,
    playerId,
    betId: refId,
    game: played,
    round,
    currency,
    amount,
    close: false,
    withoutBet: "REFUSE",
    again: "REFUSE",
  });
  if (!moved.ok) return refuse(moved.error, call.body, await fundsOf(call, moved.error, playerId, currency));
  if (moved.value.repeated) return doneWith(call, "REPEATED", playerId, currency, null, "BET_ALREADY_SETTLED");
  return doneWith(call, "OK", playerId, currency, moved.value.balance);
}

async function cancel(call: DialectCall): Promise<WireAnswer> {
  const order = await readMoney(call);
  if (!order.ok) return refuse(order.error, call.body);
  const { player, currency, refId, transactionId } = order.value;
  const { playerId } = player;
  const undone = await call.wallet.undo({ id: `cancel:${transactionId}`, playerId, original: refId, takes: "BET" });
  if (!undone.ok) return refuse(undone.error, call.body, await fundsOf(call, undone.error, playerId, currency));
  const { effect, repeated } = undone.value;
  if (effect === "TOMBSTONE" || effect === "NOTHING") return refuse({ code: "BET_NOT_FOUND" }, call.body);
  if (effect === "ALREADY" || repeated)
    return doneWith(call, "REPEATED", playerId, currency, null, "BET_ALREADY_SETTLED");
  return doneWith(call, "OK", playerId, currency, undone.value.balance);
}

async function payPromotion(call: DialectCall): Promise<WireAnswer> {
  const read = readBody(promoBody, call.body);
  if (!read.ok) return refuse(read.error, call.body);
  const { currency, promoTransaction, userId } = read.value;
  if (!isCurrency(currency)) return refuse({ code: "CURRENCY_UNKNOWN" }, call.body);
  const amount = readDecimalNumber(promoTransaction.amount, decimals, currency);
  if (!amount.ok) return refuse(amount.error, call.body);
  const player = await call.wallet.player(userId);
  if (!player.ok) return refuse(player.error, call.body);
  const { playerId } = player.value;
  // What was won from a jackpot comes out of its pool, everything else from the house's result.
  const fromPool = promoTransaction.type === "JackpotWin";
  const paid = await call.wallet.win({
    id: `promo:${promoTransaction.id}`,
    playerId,
    currency,
    amount: fromPool ? 0n : amount.value,
    ...(fromPool ? { jackpot: amount.value } : {}),
    close: false,
    source: promoTransaction.type.startsWith("FreeRound") ? "FREE_ROUND" : "PROMOTION",
    withoutBet: "HOUSE",
    again: "PAY",
  });
  if (!paid.ok) return refuse(paid.error, call.body);
  if (paid.value.repeated) return doneWith(call, "REPEATED", playerId, currency, null, "BET_ALREADY_SETTLED");
  return doneWith(call, "OK", playerId, currency, null);
}

/** Whoever asks for a session must have an open one. */
async function readCaller(call: DialectCall): Promise<Result<DialectSession>> {
  const read = readBody(checkBody, call.body);
  if (!read.ok) return read;
  const session = await call.wallet.session(read.value.sid);
  const player = await call.wallet.player(read.value.userId, session);
  if (!player.ok) return player;
  if (session?.playerId !== player.value.playerId) return err("TOKEN_INVALID");
  if (!session.open) return err("SESSION_ENDED");
  return session.status === "ACTIVE" ? ok(session) : err("PLAYER_BLOCKED");
}

interface MoneyOrder {
  readonly player: DialectPlayer;
  readonly session: DialectSession | undefined;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly refId: string;
  readonly transactionId: string;
  readonly round: string;
  readonly game: Game | undefined;
}

async function readMoney(call: DialectCall): Promise<Result<MoneyOrder>> {
  const { wallet } = call;
  const read = readBody(moneyBody, call.body);
  if (!read.ok) return read;
  const { userId, sid: token, currency, transaction, game: round } = read.value;
  if (!isCurrency(currency)) return err("CURRENCY_UNKNOWN");
  const amount = readDecimalNumber(transaction.amount, decimals, currency);
  if (!amount.ok) return amount;
  const session = await wallet.session(token);
  const player = await wallet.player(userId, session);
  if (!player.ok) return player;
  // Players change tables within a session: the table says which game it is, where the house lists it by itself.
  const listed = wallet.game(round.details?.table?.id);
  return ok({
    player: player.value,
    session,
    currency,
    amount: amount.value,
    refId: transaction.refId,
    transactionId: transaction.id,
    round: round.id,
    game: listed.ok ? listed.value : wallet.gameOf(session),
  });
}

/** A refusal for lack of money, and one of a bet that is settled, say what there is. */
async function fundsOf(
  { wallet }: DialectCall,
  { code }: Failure,
  playerId: bigint,
  currency: Currency,
): Promise<object> {
  if (code !== "FUNDS_INSUFFICIENT" && code !== "BET_ALREADY_SETTLED" && code !== "BET_ALREADY_VOIDED") return {};
  return { balance: writeDecimalNumber(await wallet.balance(playerId, currency), decimals, currency), bonus: zero };
}

const zero = new WireNumber("0");

async function doneWith(
  call: DialectCall,
  code: string,
  playerId: bigint,
  currency: Currency,
  known: bigint | null,
  status = "OK",
): Promise<WireAnswer> {
  const minor = known ?? (await call.wallet.balance(playerId, currency));
  return done(call, code, { balance: writeDecimalNumber(minor, decimals, currency), bonus: zero }, status);
}

function done(call: DialectCall, code: string, more: object, status = "OK"): WireAnswer {
  return { status: 200, code, body: writeExact({ status, ...more, uuid: textField(call.body, "uuid") }) };
}

function refuse(failure: Failure, body: unknown, more: object = {}): WireAnswer {
  const status = wordFor(evolutionCodes, failure.code);
  const uuid = textField(body, "uuid");
  return {
    status: status === "TEMPORARY_ERROR" ? 500 : 200,
    code: failure.code,
    body: writeExact({ status, ...more, ...(uuid === undefined ? {} : { uuid }) }),
  };
}
