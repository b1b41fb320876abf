/**
 * A bet on a built-in game: the stake is held, the outcome follows from seeds that were fixed before, the round is
 * settled. Should the engine stop in between, `finish-built-in.ts` settles the same outcome later: it is computed from
 * the bet's round id, which names seed and nonce, and from nothing else.
 */
import { randomBytes } from "node:crypto";
import { currentSeed, type FairSeed, findSeed, type NewSeed, takeNonce } from "@pitboss/db/gaming/fair-seeds";
import { type BetRecord, findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { fairDraw, hashServerSeed } from "@pitboss/domain/gaming/fairness";
import type { BuiltInGame, PlacedSelection, Play } from "@pitboss/domain/gaming/games/built-in-game";
import { findBuiltInGame } from "@pitboss/domain/gaming/games/built-in-games";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { GeoFacts } from "@pitboss/domain/risk/geo";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Game } from "../catalog/game-catalog.ts";
import { hash64, requestKey } from "./request-key.ts";
import { type DeviceMemory, nameRound, type Sender } from "./read-command.ts";
import { submitCommand, type SubmitContext } from "./submit-command.ts";

export interface PlayRequest {
  readonly requestId: string;
  readonly playerId: bigint;
  readonly game: Game;
  readonly rules: BuiltInGame;
  readonly stake: bigint;
  readonly currency: Currency;
  readonly selection: readonly PlacedSelection[];
  readonly purse: "cash" | "bonus" | undefined;
  readonly geo: GeoFacts | undefined;
}

export type Played =
  | { readonly ok: true; readonly body: object }
  | { readonly ok: false; readonly failure: Failure; readonly traceId: string };

export function newSeed(clientSeed?: string): NewSeed {
  const serverSeed = randomBytes(32).toString("hex");
  return {
    serverSeed,
    serverSeedHash: hashServerSeed(serverSeed),
    clientSeed: clientSeed ?? randomBytes(8).toString("hex"),
  };
}

export async function playBuiltIn(
  context: SubmitContext,
  request: PlayRequest,
  sender: Sender,
  devices: DeviceMemory,
): Promise<Played> {
  const taken = await takeOrMakeNonce(context, request.playerId);
  if (!taken.ok) return { ...taken, failure: taken.error, traceId: sender.traceId };
  const placed = await submitCommand(context, placeEnvelope(request, taken.value, sender, devices));
  if (!placed.ok) return placed;
  const betId = parseId("bet", (JSON.parse(placed.body) as { betId: string }).betId);
  const bet = betId === undefined ? undefined : await findBetById(context.db, betId);
  if (bet === undefined) throw new Error("a bet that was placed can be read");
  return settleBuiltIn(context, bet, sender.traceId);
}

/** Settles a held bet on a built-in game, or repeats the answer of one that was settled. */
export async function settleBuiltIn(context: SubmitContext, bet: BetRecord, traceId: string): Promise<Played> {
  const outcome = await computeOutcome(context, bet);
  if (!outcome.ok) return { ok: false, failure: outcome.error, traceId };
  const { play, seed, nonce } = outcome.value;
  const settled = await submitCommand(context, settleEnvelope(bet, play, traceId));
  if (!settled.ok) return settled;
  const answer = JSON.parse(settled.body) as { balances: Record<string, string> };
  return {
    ok: true,
    body: {
      betId: formatId("bet", bet.id),
      roundId: bet.roundRef,
      gameId: bet.gameCode,
      outcome: play.payout > 0n ? "WIN" : "LOSE",
      stake: formatMinor(bet.stake, bet.currency),
      payout: formatMinor(play.payout, bet.currency),
      currency: bet.currency,
      result: play.result,
      balanceAfter: answer.balances[bet.currency] ?? null,
      fairness: { serverSeedHash: seed.serverSeedHash, clientSeed: seed.clientSeed, nonce },
    },
  };
}

export interface BuiltInOutcome {
  readonly rules: BuiltInGame;
  readonly seed: FairSeed;
  readonly nonce: number;
  readonly selection: readonly PlacedSelection[];
  readonly play: Play;
}

/** What seed and nonce make of the bet: the same for ever. */
export async function computeOutcome(
  context: Pick<SubmitContext, "db">,
  bet: BetRecord,
): Promise<Result<BuiltInOutcome>> {
  const rules = findBuiltInGame(bet.gameCode);
  const named = readRoundRef(bet.roundRef);
  if (rules === undefined || named === undefined)
    return err("ROUND_NOT_FOUND", "This is not a round of a built-in game.");
  const seed = await findSeed(context.db, named.seedId);
  if (seed === undefined || seed.playerId !== bet.playerId) return err("SEED_NOT_FOUND");
  const selection = rules.parseSelection(bet.selection, bet.stake, bet.currency);
  if (!selection.ok) throw new Error("a selection that was taken can be read again");
  const draw = fairDraw({ serverSeed: seed.serverSeed, clientSeed: seed.clientSeed, nonce: named.nonce });
  return ok({ rules, seed, nonce: named.nonce, selection: selection.value, play: rules.play(selection.value, draw) });
}

async function takeOrMakeNonce(
  context: SubmitContext,
  playerId: bigint,
): Promise<Result<{ seed: FairSeed; nonce: number }>> {
  const taken = await takeNonce(context.db, playerId);
  if (taken !== undefined) return ok(taken);
  const made = await currentSeed(context.db, playerId, newSeed());
  const first = made === undefined ? undefined : await takeNonce(context.db, playerId);
  return first === undefined ? err("PLAYER_NOT_FOUND") : ok(first);
}

/** The round of a built-in game is its seed and nonce: `seed_4:17`. */
function roundRefOf(seedId: bigint, nonce: number): string {
  return `${formatId("seed", seedId)}:${nonce}`;
}

function readRoundRef(ref: string): { seedId: bigint; nonce: number } | undefined {
  const [seed = "", nonce = ""] = ref.split(":");
  const seedId = parseId("seed", seed);
  if (seedId === undefined || !/^(0|[1-9][0-9]{0,14})$/.test(nonce)) return undefined;
  return { seedId, nonce: Number(nonce) };
}

function placeEnvelope(
  request: PlayRequest,
  { seed, nonce }: { seed: FairSeed; nonce: number },
  sender: Sender,
  devices: DeviceMemory,
): Envelope {
  const { playerId, game, stake, currency, purse, geo } = request;
  const round = nameRound(game.providerId, playerId, roundRefOf(seed.id, nonce));
  const selection = JSON.stringify(
    request.selection.map(({ market, value, stake: part }) => ({ market, value, stake: formatMinor(part, currency) })),
  );
  const { device, principal, traceId } = sender;
  return {
    command: {
      type: "place",
      playerId,
      requestKey: requestKey(principal.scope, request.requestId),
      // Without the round: a repeat draws another nonce, and must still be the same request.
      bodyHash: hash64(`play|${playerId}|${game.id}|${stake}|${currency}|${purse ?? ""}|${selection}`),
      gameId: game.id,
      roundKey: round.key,
      stake,
      currency,
      ...(purse === undefined ? {} : { purse }),
      ...(geo === undefined ? {} : { geo }),
    },
    requestId: request.requestId,
    traceId,
    actor: null,
    round,
    selection,
    ...(principal.kind === "session" ? { sessionId: principal.sessionId } : {}),
    ...(device === undefined ? {} : devices.name(playerId, device.ip, device.ua)),
  };
}

function settleEnvelope(bet: BetRecord, play: Play, traceId: string): Envelope {
  const round = nameRound(bet.providerId, bet.playerId, bet.roundRef);
  const requestId = `settle:${formatId("bet", bet.id)}`;
  const outcome = play.payout > 0n ? "WIN" : "LOSE";
  return {
    command: {
      type: "settle",
      playerId: bet.playerId,
      requestKey: requestKey("built-in", requestId),
      bodyHash: hash64(`${requestId}|${play.payout}`),
      roundKey: round.key,
      results: [{ bet: { betId: bet.id }, outcome, payout: play.payout, currency: bet.currency }],
      close: true,
    },
    requestId,
    traceId,
    actor: null,
    round,
  };
}
