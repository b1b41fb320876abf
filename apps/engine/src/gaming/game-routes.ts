/** The games, and provably fair play on the built-in ones. */
import { currentSeed, type FairSeed, rotateSeed } from "@pitboss/db/gaming/fair-seeds";
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import { findRoundBets } from "@pitboss/db/gaming/find-round-bets";
import { parseClientSeed } from "@pitboss/domain/gaming/fairness";
import {
  gameAnswer,
  gamesAnswer,
  playAnswer,
  playBody,
  proofAnswer,
  rotateAnswer,
  rotateBody,
  seedAnswer,
} from "@pitboss/domain/gaming/game-contract";
import { findBuiltInGame } from "@pitboss/domain/gaming/games/built-in-games";
import { buildRoundProof } from "@pitboss/domain/gaming/games/round-proof";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { Game, GameCatalog } from "../catalog/game-catalog.ts";
import { checkOwnPlayer, guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import { placeProblems } from "../edge/route-problems.ts";
import { factsOfBet } from "../risk/geo/facts-of-bet.ts";
import type { GeoLocator } from "../risk/geo/geo-locator.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import { senderOf } from "./send-answer.ts";
import { computeOutcome, newSeed, playBuiltIn } from "./play-built-in.ts";
import { createDeviceMemory, nameRound, readMoney, readPlayerId } from "./read-command.ts";
import type { SubmitContext } from "./submit-command.ts";

export interface GameRoutesContext extends SubmitContext {
  readonly catalog: GameCatalog;
  readonly authenticator: Authenticator;
  readonly geo: GeoLocator;
}

const tags = ["Games"];
const fairTags = ["Provably fair"];

export function registerGameRoutes(server: TypedServer, context: GameRoutesContext): void {
  registerCatalogRoutes(server, context);
  registerPlayRoute(server, context);
  registerFairRoutes(server, context);
}

function registerCatalogRoutes(server: TypedServer, { catalog }: GameRoutesContext): void {
  server.get(
    "/v1/games",
    {
      schema: {
        tags,
        summary: "The games, with their limits",
        description: "Those of the house and those of its providers.",
        operationId: "listGames",
        response: { 200: gamesAnswer },
      },
    },
    async (_request, reply) => sendJson(reply, JSON.stringify({ games: catalog.all().map(presentGame) })),
  );

  server.get(
    "/v1/games/:gameId",
    {
      config: { problems: ["GAME_NOT_FOUND"] },
      schema: {
        tags,
        summary: "A game",
        description:
          "Its limits, and of a built-in one the rules, the table of payouts and the exact return to player.",
        operationId: "getGame",
        params: z.object({ gameId: z.string().meta({ example: "pitboss_dice" }) }),
        response: { 200: gameAnswer },
      },
    },
    async (request, reply) => {
      const game = catalog.byCode(request.params.gameId);
      if (game === undefined) return sendProblem(reply, { code: "GAME_NOT_FOUND" }, request.traceId);
      const rules = findBuiltInGame(game.code);
      const fair =
        rules === undefined
          ? {}
          : {
              rules: rules.rules,
              rtp: { numerator: rules.rtp.num.toString(), denominator: rules.rtp.den.toString() },
              maxMultiplier: {
                numerator: rules.maxMultiplier.num.toString(),
                denominator: rules.maxMultiplier.den.toString(),
              },
            };
      return sendJson(reply, JSON.stringify({ ...presentGame(game), ...fair }));
    },
  );
}

function registerPlayRoute(server: TypedServer, context: GameRoutesContext): void {
  const { catalog, authenticator } = context;
  const devices = createDeviceMemory(50_000);
  server.post(
    "/v1/games/:gameId/play",
    {
      onRequest: guard(authenticator, { player: true, machine: "bets" }),
      config: { problems: [...placeProblems, "SELECTION_INVALID", "SEED_NOT_FOUND"] },
      schema: {
        tags,
        summary: "Bet on a built-in game",
        description: "Holds the stake, draws the outcome from seeds that were fixed before, settles. Safe to repeat.",
        operationId: "playGame",
        params: z.object({ gameId: z.string().meta({ example: "pitboss_dice" }) }),
        body: playBody,
        response: { 200: playAnswer },
      },
    },
    async (request, reply) => {
      const { body, traceId } = request;
      const sender = senderOf(request);
      const playerId = readPlayerId(body.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, traceId);
      const own = checkOwnPlayer(sender.principal, playerId.value);
      if (!own.ok) return sendProblem(reply, own.error, traceId);
      const game = catalog.byCode(request.params.gameId);
      const rules = findBuiltInGame(request.params.gameId);
      if (game === undefined || rules === undefined) return sendProblem(reply, { code: "GAME_NOT_FOUND" }, traceId);
      if (sender.principal.kind === "session" && sender.principal.gameId !== game.id) {
        return sendProblem(
          reply,
          { code: "NOT_ALLOWED", detail: "This session was opened for another game." },
          traceId,
        );
      }
      const stake = readMoney(body.stake, "stake");
      if (!stake.ok) return sendProblem(reply, stake.error, traceId);
      const { minor, currency } = stake.value;
      if (minor === 0n)
        return sendProblem(reply, { code: "AMOUNT_INVALID", detail: "A stake is above zero." }, traceId);
      const selection = rules.parseSelection(body.selection, minor, currency);
      if (!selection.ok) return sendProblem(reply, selection.error, traceId);
      const played = await playBuiltIn(
        context,
        {
          requestId: body.requestId,
          playerId: playerId.value,
          game,
          rules,
          stake: minor,
          currency,
          selection: selection.value,
          purse: body.wallet,
          geo: sender.device === undefined ? undefined : factsOfBet(context.geo, sender.principal, sender.device.ip),
        },
        sender,
        devices,
      );
      if (!played.ok) return sendProblem(reply, played.failure, played.traceId);
      return sendJson(reply, JSON.stringify(played.body));
    },
  );
}

function registerFairRoutes(server: TypedServer, context: GameRoutesContext): void {
  const { authenticator, catalog, db } = context;
  const playersOnly = guard(authenticator, { player: true });

  server.get(
    "/v1/fair/seed",
    {
      onRequest: playersOnly,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags: fairTags,
        summary: "The hash of the seed that your next bets are drawn from",
        description: "The seed was fixed before, and its hash binds the house to it.",
        operationId: "getSeed",
        response: { 200: seedAnswer },
      },
    },
    async (request, reply) => {
      const seed = await currentSeed(db, playerIdOf(request), newSeed());
      if (seed === undefined) return sendProblem(reply, { code: "PLAYER_NOT_FOUND" }, request.traceId);
      return sendJson(reply, JSON.stringify(presentSeed(seed)));
    },
  );

  server.post(
    "/v1/fair/seed",
    {
      onRequest: playersOnly,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags: fairTags,
        summary: "Take a new seed, and have the old one revealed",
        description: "After that every round on the old seed can be proved, and no bet is drawn from it any more.",
        operationId: "rotateSeed",
        body: rotateBody,
        response: { 200: rotateAnswer },
      },
    },
    async (request, reply) => {
      const { clientSeed } = request.body;
      const parsed = clientSeed === undefined ? undefined : parseClientSeed(clientSeed);
      if (parsed !== undefined && !parsed.ok) return sendProblem(reply, parsed.error, request.traceId);
      const playerId = playerIdOf(request);
      const revealed = await rotateSeed(db, playerId, newSeed(parsed?.value));
      const current = await currentSeed(db, playerId, newSeed());
      if (current === undefined) return sendProblem(reply, { code: "PLAYER_NOT_FOUND" }, request.traceId);
      const body = {
        current: presentSeed(current),
        revealed: revealed === undefined ? null : { ...presentSeed(revealed), serverSeed: revealed.serverSeed },
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );

  server.get(
    "/v1/rounds/:roundId/proof",
    {
      onRequest: playersOnly,
      config: { problems: ["ROUND_NOT_FOUND", "SEED_NOT_FOUND", "SEED_IN_USE"] },
      schema: {
        tags: fairTags,
        summary: "All that is needed to compute a round again",
        description: "Available once the round's seed was revealed; docs/verify/verify-round.mjs checks it offline.",
        operationId: "getRoundProof",
        params: z.object({ roundId: z.string().meta({ example: "seed_4:17" }) }),
        response: { 200: proofAnswer },
      },
    },
    async (request, reply) => {
      const { traceId, params } = request;
      const playerId = playerIdOf(request);
      const provider = catalog.all().find(({ code }) => findBuiltInGame(code) !== undefined)?.providerId ?? 0;
      const round = nameRound(provider, playerId, params.roundId);
      const [betId] = await findRoundBets(db, round.hash, playerId, params.roundId);
      const bet = betId === undefined ? undefined : await findBetById(db, betId);
      if (bet === undefined) return sendProblem(reply, { code: "ROUND_NOT_FOUND" }, traceId);
      const outcome = await computeOutcome(context, bet);
      if (!outcome.ok) return sendProblem(reply, outcome.error, traceId);
      const { rules, seed, nonce, selection, play } = outcome.value;
      if (!seed.revealed) return sendProblem(reply, { code: "SEED_IN_USE" }, traceId);
      const { serverSeed, clientSeed } = seed;
      const proof = buildRoundProof(rules, { serverSeed, clientSeed, nonce }, selection, bet.currency, play);
      return sendJson(reply, JSON.stringify(proof));
    },
  );
}

function playerIdOf(request: Parameters<typeof principalOf>[0]): bigint {
  const principal = principalOf(request);
  if (principal.kind === "machine") throw new Error("the guard lets players pass alone");
  return principal.playerId;
}

function presentSeed(seed: FairSeed): object {
  return {
    seedId: formatId("seed", seed.id),
    serverSeedHash: seed.serverSeedHash,
    clientSeed: seed.clientSeed,
    nextNonce: seed.nextNonce,
  };
}

function presentGame(game: Game): object {
  return {
    gameId: game.code,
    name: game.name,
    category: game.category,
    provider: game.providerCode,
    open: game.open,
    builtIn: findBuiltInGame(game.code) !== undefined,
    limits: Object.fromEntries(
      [...game.limits].map(([currency, { min, max }]) => [
        currency,
        { minBet: formatMinor(min, currency), maxBet: formatMinor(max, currency) },
      ]),
    ),
  };
}
