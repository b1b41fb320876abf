/**
 * A small dialect for providers that have none of their own: JSON signed as Standard Webhooks has it, amounts as decimal
 * strings, and the engine's own codes for answers. It is also the pattern for a new dialect.
 */
import { errorRow } from "@pitboss/domain/kernel/errors";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { Dialect, DialectCall, WireAnswer } from "../kit/dialect.ts";
import type { Moved } from "../kit/provider-wallet.ts";
import { readBody } from "../kit/read-body.ts";
import { isWebhookSigned } from "../kit/webhook-signature.ts";

const id = z.string().min(1).max(128);
const balanceBody = z.object({ playerId: id, currency: z.string() });
const base = { transactionId: id, playerId: id };
const money = { ...base, roundId: id, currency: z.string(), amount: z.string() };
const betBody = z.object({ ...money, session: z.string().min(1).max(2_048), gameId: id });
const winBody = z.object({
  ...money,
  betTransactionId: id.nullish(),
  gameId: id.nullish(),
  close: z.boolean().nullish(),
});
const rollbackBody = z.object({ ...base, originalTransactionId: id });

export const signedJson: Dialect = {
  code: "signed-json",
  title: "Signed JSON (Standard Webhooks)",
  credential: "SECRET",
  policy: { settledRollback: "CLAW_BACK" },
  proves: ({ raw, headers }, { secret }, at) => isWebhookSigned(raw, headers, secret, at),
  operations: { balance, bet, win, rollback: rollBack },
  refuse,
};

async function balance({ body, wallet }: DialectCall): Promise<WireAnswer> {
  const read = readBody(balanceBody, body);
  if (!read.ok) return refuse(read.error);
  const { currency } = read.value;
  if (!isCurrency(currency)) return refuse({ code: "CURRENCY_UNKNOWN" });
  const player = await wallet.player(read.value.playerId);
  if (!player.ok) return refuse(player.error);
  const minor = await wallet.balance(player.value.playerId, currency);
  return answer("OK", { status: "OK", balance: formatMinor(minor, currency), currency });
}

async function bet({ body, wallet }: DialectCall): Promise<WireAnswer> {
  const read = readBody(betBody, body);
  if (!read.ok) return refuse(read.error);
  const order = readMoney(read.value);
  if (!order.ok) return refuse(order.error);
  const game = wallet.game(read.value.gameId);
  if (!game.ok) return refuse(game.error);
  const session = await wallet.session(read.value.session);
  const player = await wallet.player(read.value.playerId, session);
  if (!player.ok) return refuse(player.error);
  const { transactionId, roundId: round } = read.value;
  const { playerId } = player.value;
  const moved = await wallet.bet({ id: transactionId, playerId, session, game: game.value, round, ...order.value });
  return finish(moved, order.value.currency);
}

async function win({ body, wallet }: DialectCall): Promise<WireAnswer> {
  const read = readBody(winBody, body);
  if (!read.ok) return refuse(read.error);
  const order = readMoney(read.value);
  if (!order.ok) return refuse(order.error);
  const player = await wallet.player(read.value.playerId);
  if (!player.ok) return refuse(player.error);
  const { transactionId, roundId, betTransactionId, gameId, close } = read.value;
  const game = gameId == null ? undefined : wallet.game(gameId);
  if (game?.ok === false) return refuse(game.error);
  const moved = await wallet.win({
    id: transactionId,
    playerId: player.value.playerId,
    betId: betTransactionId ?? undefined,
    game: game?.value,
    round: roundId,
    ...order.value,
    close: close === true,
    withoutBet: "REFUSE",
    again: "PAY",
  });
  return finish(moved, order.value.currency);
}

async function rollBack({ body, wallet }: DialectCall): Promise<WireAnswer> {
  const read = readBody(rollbackBody, body);
  if (!read.ok) return refuse(read.error);
  const player = await wallet.player(read.value.playerId);
  if (!player.ok) return refuse(player.error);
  const { transactionId, originalTransactionId } = read.value;
  const { playerId } = player.value;
  const undone = await wallet.undo({ id: transactionId, playerId, original: originalTransactionId, takes: "ACTION" });
  return finish(undone, undone.ok ? undone.value.currency : null);
}

function readMoney(sent: { currency: string; amount: string }): Result<{ currency: Currency; amount: bigint }> {
  const { currency } = sent;
  if (!isCurrency(currency)) return err("CURRENCY_UNKNOWN");
  const amount = parseAmount(sent.amount, currency);
  return amount.ok ? ok({ currency, amount: amount.value }) : amount;
}

function finish(moved: Result<Moved>, currency: Currency | null): WireAnswer {
  if (!moved.ok) return refuse(moved.error);
  const { repeated, transactionId, balance: minor } = moved.value;
  return answer(repeated ? "REPEATED" : "OK", {
    status: "OK",
    reference: transactionId === null ? null : formatId("transaction", transactionId),
    balance: currency === null || minor === null ? null : formatMinor(minor, currency),
    currency,
  });
}

function answer(code: string, body: object, status = 200): WireAnswer {
  return { status, code, body: JSON.stringify(body) };
}

function refuse({ code }: Failure): WireAnswer {
  const { http, retry, sentence } = errorRow(code);
  return answer(code, { status: "REFUSED", code, retry, message: sentence }, http);
}
