/**
 * Hub88's wallet API: amounts are 100,000ths, every answer is HTTP 200 with a status. Only bets roll back, with all that
 * they won; a win names its bet.
 */
import type { DialectPlayer, DialectSession } from "@pitboss/db/gaming/dialect-reads";
import type { Failure, Result } from "@pitboss/domain/kernel/result";
import { err, ok } from "@pitboss/domain/kernel/result";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import { type Dialect, type DialectCall, type WireAnswer, wordFor } from "../kit/dialect.ts";
import { wireInteger, writeExact } from "../kit/exact-json.ts";
import type { Moved, ProviderWallet } from "../kit/provider-wallet.ts";
import { readBody, textField } from "../kit/read-body.ts";
import { readUnits, writeUnits } from "../kit/wire-amounts.ts";
import { hub88Codes } from "./hub88-codes.ts";
import { isSignedByHub88 } from "./hub88-signature.ts";

const decimals = 5;
const id = z.string().min(1).max(128);
const base = { request_uuid: id, user: id.optional(), token: z.string().min(1).max(2_048) };
const transaction = {
  ...base,
  transaction_uuid: id,
  round: id,
  round_closed: z.boolean().nullish(),
  game_code: id.nullish(),
};
const money = { ...transaction, currency: z.string(), amount: wireInteger, is_free: z.boolean().nullish() };

const infoBody = z.object({ request_uuid: id, user: id });
const balanceBody = z.object({ ...base });
const betBody = z.object({ ...money, game_code: id });
const winBody = z.object({ ...money, reference_transaction_uuid: id });
const rollbackBody = z.object({ ...transaction, reference_transaction_uuid: id });

export const hub88: Dialect = {
  code: "hub88",
  title: "Hub88 style",
  credential: "PUBLIC_KEY",
  policy: { settledRollback: "CLAW_BACK" },
  proves: ({ raw, headers }, { secret }) => isSignedByHub88(raw, headers["x-hub88-signature"], secret),
  operations: {
    "user/info": userInfo,
    "user/balance": userBalance,
    "transaction/bet": bet,
    "transaction/win": win,
    "transaction/rollback": rollBack,
  },
  refuse: (failure, body) => refuse(failure, body),
};

async function userInfo(call: DialectCall): Promise<WireAnswer> {
  const read = readBody(infoBody, call.body);
  if (!read.ok) return refuse(read.error, call.body);
  const player = await call.wallet.player(read.value.user);
  if (!player.ok) return refuse(player.error, call.body);
  if (player.value.status !== "ACTIVE") return refuse({ code: "PLAYER_BLOCKED" }, call.body);
  const { country, createdAt } = player.value;
  return answer(200, "OK", {
    user: read.value.user,
    status: "RS_OK",
    request_uuid: read.value.request_uuid,
    country,
    registration_date: createdAt.toISOString().slice(0, 10),
  });
}

async function userBalance(call: DialectCall): Promise<WireAnswer> {
  const read = readBody(balanceBody, call.body);
  if (!read.ok) return refuse(read.error, call.body);
  const session = await call.wallet.session(read.value.token);
  if (session === undefined) return refuse({ code: "TOKEN_INVALID" }, call.body);
  if (!session.open) return refuse({ code: "SESSION_ENDED" }, call.body);
  if (session.status !== "ACTIVE") return refuse({ code: "PLAYER_BLOCKED" }, call.body);
  const { playerId, currency } = session;
  return done(call, "OK", currency, await call.wallet.balance(playerId, currency));
}

async function bet(call: DialectCall): Promise<WireAnswer> {
  const { wallet } = call;
  const read = readBody(betBody, call.body);
  if (!read.ok) return refuse(read.error, call.body);
  const order = await readMoney(wallet, read.value);
  if (!order.ok) return refuse(order.error, call.body);
  const game = wallet.game(read.value.game_code);
  if (!game.ok) return refuse(game.error, call.body);
  const { session, playerId, currency, amount } = order.value;
  const { transaction_uuid, round, is_free } = read.value;
  if (amount === 0n && is_free !== true) return refuse({ code: "AMOUNT_INVALID" }, call.body);
  // A free round's bet costs the player nothing, whatever stake it is shown with.
  const stake = is_free === true ? 0n : amount;
  const moved = await wallet.bet({
    id: transaction_uuid,
    playerId,
    session,
    game: game.value,
    round,
    currency,
    amount: stake,
  });
  return finish(call, playerId, currency, moved);
}

async function win(call: DialectCall): Promise<WireAnswer> {
  const { wallet } = call;
  const read = readBody(winBody, call.body);
  if (!read.ok) return refuse(read.error, call.body);
  const order = await readMoney(wallet, read.value);
  if (!order.ok) return refuse(order.error, call.body);
  const { playerId, currency, amount, session } = order.value;
  const { transaction_uuid, reference_transaction_uuid, round, round_closed, game_code, is_free } = read.value;
  const game = game_code == null ? wallet.gameOf(session) : wallet.game(game_code);
  const moved = await wallet.win({
    id: transaction_uuid,
    playerId,
    betId: reference_transaction_uuid,
    game: game !== undefined && "ok" in game ? (game.ok ? game.value : undefined) : game,
    round,
    currency,
    amount,
    close: round_closed === true,
    source: is_free === true ? "FREE_ROUND" : "WIN",
    withoutBet: "REFUSE",
    again: "PAY",
  });
  return finish(call, playerId, currency, moved);
}

async function rollBack(call: DialectCall): Promise<WireAnswer> {
  const { wallet } = call;
  const read = readBody(rollbackBody, call.body);
  if (!read.ok) return refuse(read.error, call.body);
  const { transaction_uuid, reference_transaction_uuid, token, user } = read.value;
  const whose = await findWhose(wallet, token, user);
  if (!whose.ok) return refuse(whose.error, call.body);
  const { playerId, session } = whose.value;
  const undone = await wallet.undo({
    id: transaction_uuid,
    playerId,
    original: reference_transaction_uuid,
    takes: "BET",
  });
  if (!undone.ok) return finish(call, playerId, session?.currency, undone);
  const currency = undone.value.currency ?? session?.currency ?? (await wallet.currencyOf(playerId));
  const balance = undone.value.balance ?? (await wallet.balance(playerId, currency));
  return done(call, undone.value.repeated ? "REPEATED" : "OK", currency, balance);
}

interface Whose {
  readonly playerId: bigint;
  readonly session: DialectSession | undefined;
  readonly player: DialectPlayer | undefined;
}

/** The player behind a call: of the session, ended or not; or the one that is named, where the token says nothing. */
async function findWhose(wallet: ProviderWallet, token: string, user: string | undefined): Promise<Result<Whose>> {
  const session = await wallet.session(token);
  const player = user === undefined ? undefined : await wallet.player(user, session);
  if (player?.ok === false) return player;
  const playerId = player?.value.playerId ?? session?.playerId;
  if (playerId === undefined) return err("TOKEN_INVALID");
  if (session !== undefined && session.playerId !== playerId) return err("TOKEN_INVALID");
  return ok({ playerId, session, player: player?.value });
}

async function readMoney(
  wallet: ProviderWallet,
  sent: { token: string; user?: string | undefined; currency: string; amount: { text: string } },
): Promise<Result<Whose & { currency: Currency; amount: bigint }>> {
  if (!isCurrency(sent.currency)) return err("CURRENCY_UNKNOWN");
  const amount = readUnits(sent.amount.text, decimals, sent.currency);
  if (!amount.ok) return amount;
  const whose = await findWhose(wallet, sent.token, sent.user);
  if (!whose.ok) return whose;
  return ok({ ...whose.value, currency: sent.currency, amount: amount.value });
}

async function finish(
  call: DialectCall,
  playerId: bigint,
  currency: Currency | undefined,
  moved: Result<Moved>,
): Promise<WireAnswer> {
  if (moved.ok && currency !== undefined) {
    const balance = moved.value.balance ?? (await call.wallet.balance(playerId, currency));
    return done(call, moved.value.repeated ? "REPEATED" : "OK", currency, balance);
  }
  const failure: Failure = moved.ok ? { code: "CURRENCY_UNKNOWN" } : moved.error;
  // Who has too little is told how much there is.
  if (failure.code !== "FUNDS_INSUFFICIENT" || currency === undefined) return refuse(failure, call.body);
  const balance = writeUnits(await call.wallet.balance(playerId, currency), decimals, currency);
  return refuse(failure, call.body, { balance, currency });
}

function done(call: DialectCall, code: string, currency: Currency, balance: bigint): WireAnswer {
  const user = textField(call.body, "user");
  return answer(200, code, {
    ...(user === undefined ? {} : { user }),
    status: "RS_OK",
    request_uuid: textField(call.body, "request_uuid"),
    currency,
    balance: writeUnits(balance, decimals, currency),
  });
}

function refuse(failure: Failure, body: unknown, more: object = {}): WireAnswer {
  const wrongType = failure.code === "REQUEST_INVALID" && failure.data?.["missing"] === false;
  const user = textField(body, "user");
  const request_uuid = textField(body, "request_uuid");
  return answer(200, failure.code, {
    ...(user === undefined ? {} : { user }),
    status: wrongType ? "RS_ERROR_WRONG_TYPES" : wordFor(hub88Codes, failure.code),
    ...(request_uuid === undefined ? {} : { request_uuid }),
    ...more,
  });
}

function answer(status: number, code: string, body: object): WireAnswer {
  return { status, code, body: writeExact(body) };
}
