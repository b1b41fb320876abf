/**
 * What a provider can do to players' money, in the engine's own words; every dialect is a translation of this. Money goes
 * through the ledger's door like all money. What blocks a bet (a session that ended, a pause) blocks bets alone: wins and
 * rollbacks post.
 */
import { isRequestKnown } from "@pitboss/db/gaming/dialect-reads";
import type { DialectPlayer, DialectSession } from "@pitboss/db/gaming/dialect-reads";
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import { insertGameSession } from "@pitboss/db/identity/player-access";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { listWallets } from "@pitboss/db/wallet/read-wallets";
import type { UndoAction, WinSource } from "@pitboss/domain/gaming/commands";
import type { Command } from "@pitboss/domain/gaming/decide";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { JackpotAmount } from "@pitboss/domain/wallet/book";
import { currencies, type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { spendableKinds } from "@pitboss/domain/wallet/ledger-codes";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import type { Game, GameCatalog } from "../../../catalog/game-catalog.ts";
import { gameSessionMs } from "../../open-game-session.ts";
import { hashToken } from "../../../identity/authenticate.ts";
import type { Context } from "../../../kernel/context.ts";
import { type FreeSpinsWord, tellFreeSpins } from "../../free-spins/tell-free-spins.ts";
import { nameRound } from "../../read-command.ts";
import { hash64, requestKey } from "../../request-key.ts";
import { submitCommand, type SubmitContext, type Submitted } from "../../submit-command.ts";
import type { DialectReads } from "./dialect-reads.ts";
import type { Integration } from "./integrations.ts";

export interface WalletContext extends Context, SubmitContext {
  readonly catalog: Pick<GameCatalog, "byCode" | "byId">;
  readonly reads: DialectReads;
}

export interface Moved {
  /** The request had been answered before; all that follows is its first answer. */
  readonly repeated: boolean;
  /** Null where nothing was moved. */
  readonly transactionId: bigint | null;
  /** What the player could bet with afterwards; null where nothing says in which currency. */
  readonly balance: bigint | null;
  readonly currency: Currency | null;
}

export interface Undone extends Moved {
  readonly effect: "TAKEN_BACK" | "TOMBSTONE" | "ALREADY" | "NOTHING";
}

interface Order {
  /** The provider's own id of what it does; unique over all that it ever sends. */
  readonly id: string;
  readonly playerId: bigint;
}

export interface BetOrder extends Order {
  readonly session: DialectSession | undefined;
  readonly game: Game;
  readonly round: string;
  readonly currency: Currency;
  /** Minor units; zero is a free round's bet, which leaves no bet. */
  readonly amount: bigint;
  /** What of it goes into the provider's jackpot, minor units; nothing where nothing was staked. */
  readonly contribution?: bigint;
}

export interface WinOrder extends Order {
  /** The bet's own id; undefined where the provider names the round alone. */
  readonly betId?: string | undefined;
  readonly game?: Game | undefined;
  readonly round?: string | undefined;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly close: boolean;
  readonly source?: WinSource;
  /** What was won from the provider's jackpot, on top of the amount. */
  readonly jackpot?: bigint;
  readonly withoutBet: "REFUSE" | "HOUSE";
  readonly again: "REFUSE" | "PAY";
  /** Written in the transaction that pays. */
  readonly alongside?: Envelope["alongside"];
}

export interface UndoOrder extends Order {
  readonly original: string;
  readonly takes: UndoAction["takes"];
}

export interface ProviderWallet {
  readonly provider: Integration;
  readonly nowMs: () => number;
  /** The provider's own game of that code. */
  game(code: string | undefined): Result<Game>;
  gameOf(session: DialectSession | undefined): Game | undefined;
  /** Where a session is given and is that player's, it says all that is asked. */
  player(publicId: string, session?: DialectSession): Promise<Result<DialectPlayer>>;
  /** The session behind a token, open or not; undefined where there never was one. */
  session(token: string): Promise<DialectSession | undefined>;
  /** The newest session of the player on the game. */
  sessionOn(publicId: string, game: Game): Promise<DialectSession | undefined>;
  /** Opens a session like that one under another token: of the same sign-in, and of the same place. */
  renewSession(session: DialectSession, token: string): Promise<boolean>;
  balance(playerId: bigint, currency: Currency): Promise<bigint>;
  /** The currency of the player's first wallet, for answers that must name one where nothing else does. */
  currencyOf(playerId: bigint): Promise<Currency>;
  bet(order: BetOrder): Promise<Result<Moved>>;
  win(order: WinOrder): Promise<Result<Moved>>;
  undo(order: UndoOrder): Promise<Result<Undone>>;
  /** What the provider says of free spins; what was won in all is paid once for an issue. */
  freeSpins(word: FreeSpinsWord): Promise<Result<{ readonly repeated: boolean }>>;
}

export function openProviderWallet(context: WalletContext, provider: Integration, traceId: string): ProviderWallet {
  const { db, catalog, reads } = context;
  const { providerId } = provider;
  const scope = `provider:${providerId}`;
  const keyOf = (id: string): string => requestKey(scope, id);

  async function send(command: Command, id: string, more: Partial<Envelope> = {}): Promise<Result<SentAnswer>> {
    const envelope: Envelope = { command, requestId: id, traceId, actor: `provider:${provider.code}`, ...more };
    const submitted = await within(provider.policy.answerWithinMs, submitCommand(context, envelope));
    if (submitted === undefined) return err("OUTCOME_UNKNOWN");
    if (!submitted.ok) return { ok: false, error: submitted.failure };
    return ok(submitted);
  }

  async function bet(order: BetOrder): Promise<Result<Moved>> {
    const { id, playerId, game, round: ref, currency, amount, contribution = 0n } = order;
    const key = keyOf(id);
    const stop = checkBet(provider, order);
    // What was answered once is answered so again, whatever has happened to the session since.
    if (stop !== undefined && !(await isRequestKnown(db, key))) {
      const { code, data = {} } = stop.failure;
      const denial = { playerId, requestKey: key, traceId, command: "place", code, rule: `provider.${stop.rule}` };
      await insertDenial(db, { ...denial, ruleVersion: provider.policyVersion, inputs: data });
      return { ok: false, error: stop.failure };
    }
    const round = nameRound(providerId, playerId, ref);
    const bodyHash = hash64(`bet|${playerId}|${game.id}|${ref}|${amount}|${currency}${jackpotMeaning(contribution)}`);
    const base = { playerId, requestKey: key, bodyHash, currency, roundKey: round.key, gameId: game.id };
    const sessionId = order.session === undefined ? {} : { sessionId: order.session.sessionId };
    if (amount === 0n) {
      const rules = { providerId, amount, bet: null, close: false, source: "FREE_ROUND" } as const;
      const free = { type: "win", ...base, ...rules, withoutBet: "HOUSE", again: "PAY" } as const;
      return movedOf(await send(free, id, { round, ...sessionId }), currency);
    }
    const place = { type: "place", ...base, stake: amount, ...jackpotOf(contribution) } as const;
    return movedOf(await send(place, id, { round, ...sessionId }), currency);
  }

  async function win(order: WinOrder): Promise<Result<Moved>> {
    const { id, playerId, betId, game, round: ref, currency, amount, close, source = "WIN", jackpot = 0n } = order;
    const round = ref === undefined ? undefined : nameRound(providerId, playerId, ref);
    const meaning = `win|${playerId}|${game?.id ?? ""}|${ref ?? ""}|${betId ?? ""}|${amount}|${currency}|${close}|${source}${jackpotMeaning(jackpot)}`;
    const command = {
      type: "win",
      playerId,
      requestKey: keyOf(id),
      bodyHash: hash64(meaning),
      providerId,
      gameId: game?.id ?? null,
      roundKey: round?.key ?? null,
      currency,
      amount,
      bet: betId === undefined ? null : { placeKey: keyOf(betId) },
      close,
      source,
      ...jackpotOf(jackpot),
      withoutBet: order.withoutBet,
      again: order.again,
    } as const;
    const { alongside } = order;
    const more = { ...(round === undefined ? {} : { round }), ...(alongside === undefined ? {} : { alongside }) };
    return movedOf(await send(command, id, more), currency);
  }

  async function undo(order: UndoOrder): Promise<Result<Undone>> {
    const { id, playerId, original, takes } = order;
    const command: UndoAction = {
      type: "undo",
      playerId,
      requestKey: keyOf(id),
      bodyHash: hash64(`undo|${playerId}|${original}`),
      providerId,
      original: keyOf(original),
      mark: requestKey(`${scope}:undone`, original),
      takes,
      settled: provider.policy.settledRollback,
    };
    const sent = await send(command, id);
    if (!sent.ok) return sent;
    const answer = JSON.parse(sent.value.body) as AnswerBody;
    return ok({ ...movedBy(answer, sent.value.repeated), effect: answer.status as Undone["effect"] });
  }

  /** A provider's jackpots are one pool here, under its own code. */
  function jackpotOf(amount: bigint): { jackpot?: JackpotAmount } {
    return amount > 0n ? { jackpot: { code: provider.code, amount } } : {};
  }

  return {
    provider,
    nowMs: () => context.clock.now(),
    game(code) {
      const game = code === undefined ? undefined : catalog.byCode(code);
      return game?.providerId === providerId ? ok(game) : err("GAME_NOT_FOUND", undefined, { game: code ?? null });
    },
    gameOf: (session) => (session === undefined ? undefined : catalog.byId(session.gameId)),
    async player(publicId, session) {
      const id = parseId("player", publicId);
      if (session !== undefined && session.playerId === id) return ok(session);
      const player = id === undefined ? undefined : await reads.player(id);
      return player === undefined ? err("PLAYER_NOT_FOUND") : ok(player);
    },
    session: (token) => reads.sessionOfToken(hashToken(token).toString("hex")),
    async sessionOn(publicId, game) {
      const playerId = parseId("player", publicId);
      return playerId === undefined ? undefined : reads.sessionOnGame({ playerId, gameId: game.id });
    },
    async renewSession({ playerId, gameId, currency, playerSessionId, geoDecisionId }, token) {
      const expiresAt = new Date(context.clock.now() + gameSessionMs);
      const currencyNumber = currencies[currency].number;
      const session = {
        playerId,
        gameId,
        currencyNumber,
        tokenHash: hashToken(token),
        expiresAt,
        playerSessionId,
        geoDecisionId,
      };
      return (await insertGameSession(db, session)) !== undefined;
    },
    async balance(playerId, currency) {
      const wallets = await listWallets(db, playerId);
      return wallets
        .filter((wallet) => wallet.currency === currency && spendableKinds.has(wallet.kind))
        .reduce((sum, { available }) => sum + available, 0n);
    },
    async currencyOf(playerId) {
      const wallets = await listWallets(db, playerId);
      return wallets.find(({ kind }) => kind === "CASH")?.currency ?? "EUR";
    },
    bet,
    win,
    undo,
    freeSpins: (word) => tellFreeSpins({ db, log: context.log, provider, keyOf, win }, word),
  };
}

/** Left out where there is none, so that what was asked before there were any means the same. */
function jackpotMeaning(amount: bigint): string {
  return amount > 0n ? `|jackpot:${amount}` : "";
}

interface AnswerBody {
  readonly status: string;
  readonly transactionId?: string | null;
  readonly betId?: string | null;
  readonly currency?: string | null;
  readonly balanceAfter?: string | null;
}

type SentAnswer = Extract<Submitted, { ok: true }>;

function movedOf(sent: Result<SentAnswer>, currency: Currency): Result<Moved> {
  if (!sent.ok) return sent;
  const { repeated, placed } = sent.value;
  if (placed === undefined) return ok(movedBy(JSON.parse(sent.value.body) as AnswerBody, repeated, currency));
  return ok({ repeated, transactionId: placed.betId, balance: placed.balanceAfter, currency });
}

function movedBy(answer: AnswerBody, repeated: boolean, currency?: Currency): Moved {
  const { transactionId, betId, currency: told, balanceAfter } = answer;
  // A bet's hold is the transaction that has its number.
  const id = typeof transactionId === "string" ? parseId("transaction", transactionId) : parseId("bet", betId ?? "");
  const known = currency ?? (typeof told === "string" && isCurrency(told) ? told : undefined);
  const balance = known === undefined || balanceAfter == null ? undefined : parseAmount(balanceAfter, known);
  return {
    repeated,
    transactionId: id ?? null,
    balance: balance?.ok === true ? balance.value : null,
    currency: known ?? null,
  };
}

interface Stop {
  readonly rule: string;
  readonly failure: Failure;
}

/** What the house has against a bet before its wallet is looked at. */
function checkBet(provider: Integration, order: BetOrder): Stop | undefined {
  const { session, playerId, currency, amount, game } = order;
  const { policy, paused, betMax } = provider;
  const stop = (rule: string, code: Failure["code"], data: NonNullable<Failure["data"]> = {}): Stop => ({
    rule,
    failure: { code, data },
  });
  if (paused) return stop("not-paused", "PROVIDER_PAUSED", { provider: provider.code });
  if (session === undefined) return stop("session-known", "TOKEN_INVALID");
  if (session.playerId !== playerId) return stop("session-of-player", "TOKEN_INVALID");
  if (!session.open) return stop("session-open", "SESSION_ENDED");
  if (session.status !== "ACTIVE") return stop("player-active", "PLAYER_BLOCKED", { status: session.status });
  if (session.currency !== currency) {
    return stop("session-currency", "CURRENCY_MISMATCH", { session: session.currency, currency });
  }
  if (policy.currencies.length > 0 && !policy.currencies.includes(currency)) {
    return stop("provider-currency", "CURRENCY_MISMATCH", { currency });
  }
  if (policy.closedCountries.includes(session.country)) {
    return stop("provider-country", "COUNTRY_CLOSED", { country: session.country });
  }
  const most = betMax.get(currency);
  if (most !== undefined && amount > most) {
    const [stake, max] = [formatMinor(amount, currency), formatMinor(most, currency)];
    return stop("provider-bet-max", "STAKE_ABOVE_MAX", { stake, max, currency, game: game.code });
  }
  return undefined;
}

/** Undefined where it takes longer; what it comes to is learned by the same request sent again. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
