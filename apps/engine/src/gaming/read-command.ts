/** Turns request bodies into envelopes for the door: ids read, amounts parsed, names hashed. No I/O. */
import type { DeviceName, Envelope, RoundName } from "@pitboss/db/wallet/door/envelope";
import { roundKeyOf } from "@pitboss/db/wallet/door/load-book";
import type {
  BetName,
  BetResult,
  CorrectBet,
  PlaceBet,
  RollbackBet,
  SettleRound,
  VoidBet,
} from "@pitboss/domain/gaming/commands";
import type { CorrectBody, PlaceBody, RollbackBody, SettleBody, VoidBody } from "@pitboss/domain/gaming/contract";
import { findBuiltInGame } from "@pitboss/domain/gaming/games/built-in-games";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { largestAmount, parseAmount } from "@pitboss/domain/wallet/money";
import type { Game, GameCatalog } from "../catalog/game-catalog.ts";
import type { Principal } from "../identity/authenticate.ts";
import { hash64, requestKey } from "./request-key.ts";

export interface Sender {
  readonly principal: Principal;
  readonly traceId: string;
  /** The device of the connection itself; a machine tells its player's device in the body instead. */
  readonly device: { readonly ip: string; readonly ua: string } | undefined;
}

export function readPlace(
  body: PlaceBody,
  sender: Sender,
  catalog: GameCatalog,
  devices: DeviceMemory,
): Result<Envelope<PlaceBet>> {
  const playerId = readPlayerId(body.playerId);
  if (!playerId.ok) return playerId;
  const game = readGame(body.gameId, catalog, sender.principal);
  if (!game.ok) return game;
  if (findBuiltInGame(game.value.code) !== undefined) {
    return err("NOT_ALLOWED", "Built-in games are played at /v1/games/{gameId}/play, where their outcome is drawn.");
  }
  const stake = readMoney(body.stake, "stake");
  if (!stake.ok) return stake;
  if (stake.value.minor === 0n) return err("AMOUNT_INVALID", "A stake is above zero.");
  const { minor, currency } = stake.value;
  const round = nameRound(game.value.providerId, playerId.value, body.roundId);
  const selection = JSON.stringify(body.selection ?? []);
  const meaning = `place|${playerId.value}|${game.value.id}|${body.roundId}|${minor}|${currency}|${body.wallet ?? ""}|${selection}`;
  const told = sender.principal.kind === "machine" ? body.device : sender.device;
  return ok({
    command: {
      type: "place",
      playerId: playerId.value,
      requestKey: requestKey(sender.principal.scope, body.requestId),
      bodyHash: hash64(meaning),
      gameId: game.value.id,
      roundKey: round.key,
      stake: minor,
      currency,
      ...(body.wallet === undefined ? {} : { purse: body.wallet }),
    },
    ...common(body.requestId, sender),
    round,
    selection,
    ...(sender.principal.kind === "session" ? { sessionId: sender.principal.sessionId } : {}),
    ...(told === undefined ? {} : devices.name(playerId.value, told.ip, told.ua)),
  });
}

export function readSettle(body: SettleBody, sender: Sender, catalog: GameCatalog): Result<Envelope<SettleRound>> {
  const playerId = readPlayerId(body.playerId);
  if (!playerId.ok) return playerId;
  const game = readGame(body.gameId, catalog, sender.principal);
  if (!game.ok) return game;
  const results: BetResult[] = [];
  for (const bet of body.bets) {
    const result = readResult(bet, sender.principal.scope);
    if (!result.ok) return result;
    results.push(result.value);
  }
  const close = body.closed ?? true;
  if (results.length === 0 && !close) return err("REQUEST_INVALID", "A settlement settles a bet or closes the round.");
  const round = nameRound(game.value.providerId, playerId.value, body.roundId);
  return ok({
    command: {
      type: "settle",
      playerId: playerId.value,
      requestKey: requestKey(sender.principal.scope, body.requestId),
      bodyHash: hash64(
        `settle|${playerId.value}|${game.value.id}|${body.roundId}|${close}|${JSON.stringify(body.bets)}`,
      ),
      roundKey: round.key,
      results,
      close,
    },
    ...common(body.requestId, sender),
    round,
  });
}

export function readVoid(body: VoidBody, sender: Sender): Result<Envelope<VoidBet>> {
  const named = readPlayerAndBet(body, sender);
  if (!named.ok) return named;
  const { playerId, bet, base } = named.value;
  return ok({
    ...base,
    command: { type: "void", playerId, bet, reason: body.reason, ...keys("void", body, sender) },
  });
}

export function readRollback(body: RollbackBody, sender: Sender): Result<Envelope<RollbackBet>> {
  const named = readPlayerAndBet(body, sender);
  if (!named.ok) return named;
  const { playerId, bet, base } = named.value;
  return ok({ ...base, command: { type: "rollback", playerId, bet, ...keys("rollback", body, sender) } });
}

export function readCorrect(body: CorrectBody, sender: Sender): Result<Envelope<CorrectBet>> {
  const named = readPlayerAndBet(body, sender);
  if (!named.ok) return named;
  const payout = readPayout(body.outcome, body.payout);
  if (!payout.ok) return payout;
  const { playerId, bet, base } = named.value;
  return ok({
    ...base,
    command: {
      type: "correct",
      playerId,
      bet,
      outcome: body.outcome,
      ...payout.value,
      reason: body.reason,
      ...keys("correct", body, sender),
    },
  });
}

function keys(
  type: string,
  body: { requestId: string },
  { principal }: Sender,
): { requestKey: string; bodyHash: bigint; onlyProvider?: number } {
  return {
    ...(principal.kind === "machine" && principal.providerId !== null ? { onlyProvider: principal.providerId } : {}),
    requestKey: requestKey(principal.scope, body.requestId),
    bodyHash: hash64(`${type}|${JSON.stringify(body)}`),
  };
}

export function common(
  requestId: string,
  sender: Sender,
): { requestId: string; traceId: string; actor: string | null } {
  const { principal, traceId } = sender;
  return { requestId, traceId, actor: principal.kind === "machine" ? `machine:${principal.name}` : null };
}

function readPlayerAndBet(
  body: { playerId: string; betId?: string | undefined; placeRequestId?: string | undefined; requestId: string },
  sender: Sender,
): Result<{ playerId: bigint; bet: BetName; base: Omit<Envelope, "command"> }> {
  const playerId = readPlayerId(body.playerId);
  if (!playerId.ok) return playerId;
  const bet = readBetName(body, sender.principal.scope);
  if (!bet.ok) return bet;
  return ok({ playerId: playerId.value, bet: bet.value, base: common(body.requestId, sender) });
}

function readResult(bet: SettleBody["bets"][number], scope: string): Result<BetResult> {
  const name = readBetName(bet, scope);
  if (!name.ok) return name;
  const payout = readPayout(bet.outcome, bet.payout);
  if (!payout.ok) return payout;
  if (bet.stake === undefined) return ok({ bet: name.value, outcome: bet.outcome, ...payout.value });
  const part = readMoney(bet.stake, "stake");
  if (!part.ok) return part;
  if (bet.payout !== undefined && bet.payout.currency !== bet.stake.currency) {
    return err("CURRENCY_MISMATCH", "A bet's payout and stake are in one currency.");
  }
  return ok({
    bet: name.value,
    outcome: bet.outcome,
    payout: payout.value.payout,
    currency: part.value.currency,
    stakePart: part.value.minor,
  });
}

function readPayout(
  outcome: "WIN" | "LOSE" | "PUSH" | "VOID",
  sent: { amount: string; currency: string } | undefined,
): Result<{ payout: bigint; currency?: Currency }> {
  if (sent === undefined) {
    return outcome === "WIN" ? err("REQUEST_INVALID", "A win needs its payout.") : ok({ payout: 0n });
  }
  const money = readMoney(sent, "payout");
  if (!money.ok) return money;
  if (outcome === "LOSE" && money.value.minor !== 0n) return err("REQUEST_INVALID", "A lost bet pays nothing.");
  return ok({ payout: money.value.minor, currency: money.value.currency });
}

function readBetName(
  body: { betId?: string | undefined; placeRequestId?: string | undefined },
  scope: string,
): Result<BetName> {
  const { betId, placeRequestId } = body;
  if ((betId === undefined) === (placeRequestId === undefined)) {
    return err("REQUEST_INVALID", "A bet is named by either betId or placeRequestId.");
  }
  if (placeRequestId !== undefined) return ok({ placeKey: requestKey(scope, placeRequestId) });
  const id = parseId("bet", betId ?? "");
  return id === undefined ? err("ID_INVALID", "betId is not a bet's id.") : ok({ betId: id });
}

export function readPlayerId(text: string): Result<bigint, Failure<"ID_INVALID">> {
  const id = parseId("player", text);
  return id === undefined ? err("ID_INVALID", "playerId is not a player's id.") : ok(id);
}

function readGame(code: string, catalog: GameCatalog, principal: Principal): Result<Game> {
  const game = catalog.byCode(code);
  if (game === undefined) return err("GAME_NOT_FOUND", undefined, { gameId: code });
  if (principal.kind === "machine" && principal.providerId !== null && principal.providerId !== game.providerId) {
    return err("NOT_ALLOWED", "This key belongs to another provider than the game.");
  }
  if (principal.kind === "session" && principal.gameId !== game.id) {
    return err("NOT_ALLOWED", "This session was opened for another game.");
  }
  return ok(game);
}

export function readMoney(
  sent: { amount: string; currency: string },
  field: string,
): Result<{ minor: bigint; currency: Currency }> {
  if (!isCurrency(sent.currency)) return err("CURRENCY_UNKNOWN", undefined, { field, currency: sent.currency });
  const minor = parseAmount(sent.amount, sent.currency);
  if (!minor.ok) return minor;
  if (minor.value > largestAmount) return err("AMOUNT_INVALID", `The ${field} is larger than any that is taken here.`);
  return ok({ minor: minor.value, currency: sent.currency });
}

export function nameRound(providerId: number, playerId: bigint, ref: string): RoundName {
  const key = roundKeyOf(providerId, playerId, ref);
  return { key, hash: hash64(key), providerId, ref };
}

export interface DeviceMemory {
  /** The device's id, with what is to be written where this engine has not named the device before. */
  name(playerId: bigint, ip: string, userAgent: string): { deviceId: bigint } | { device: DeviceName };
}

/** Remembers which devices were written lately. Forgetting one costs a repeated insert that changes nothing. */
export function createDeviceMemory(most: number): DeviceMemory {
  const known = new Map<string, bigint>();
  return {
    name(playerId, ip, userAgent) {
      const text = `${playerId}|${ip}|${userAgent}`;
      const found = known.get(text);
      if (found !== undefined) return { deviceId: found };
      const id = hash64(text);
      if (known.size >= most) known.clear();
      known.set(text, id);
      return { device: { id, ip, userAgent } };
    },
  };
}
