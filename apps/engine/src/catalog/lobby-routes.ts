/** What a player is shown, and the way into a game. */
import { findCountry } from "@pitboss/db/identity/find-country";
import type { Database } from "@pitboss/db/kernel/pool";
import { checkOffer } from "@pitboss/domain/catalog/check-offer";
import { isShown } from "@pitboss/domain/catalog/choose-games";
import { arrangeLobby, plainLobby } from "@pitboss/domain/catalog/lobby-experiment";
import { launchAnswer, launchBody, lobbyAnswer, lobbyQuery } from "@pitboss/domain/catalog/lobby-contract";
import type { launchedBank } from "@pitboss/domain/gaming/game-bank/bank-contract";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Packs } from "@pitboss/domain/risk/jurisdiction-pack";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import type { FastifyRequest } from "fastify";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import { bankInProblems, readIn } from "../gaming/game-bank/bank-routes.ts";
import type { BankDesk } from "../gaming/game-bank/game-bank.ts";
import { openGameBank } from "../gaming/game-bank/open-bank.ts";
import { presentTransfer } from "../gaming/game-bank/present-bank.ts";
import { transferIn } from "../gaming/game-bank/request-transfer.ts";
import { type OpenedSession, openGameSession, openSessionProblems } from "../gaming/open-game-session.ts";
import { readPlayerId } from "../gaming/read-command.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import type { Clock } from "../kernel/context.ts";
import type { GeoLocator } from "../risk/geo/geo-locator.ts";
import type { Game, GameCatalog } from "./game-catalog.ts";
import { showVariant } from "./show-variant.ts";
import type { Failure } from "@pitboss/domain/kernel/result";

interface LobbyContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly catalog: GameCatalog;
  readonly geo: GeoLocator;
  readonly packs: () => Packs;
  readonly askBeforePlay: (playerId: bigint, country: string) => Promise<Failure | undefined>;
  readonly authenticator: Authenticator;
  readonly banks: BankDesk;
}

const tags = ["Games"];

export function registerLobbyRoutes(server: TypedServer, context: LobbyContext): void {
  const { db, clock, catalog, packs, authenticator } = context;

  server.get(
    "/v1/lobby",
    {
      onRequest: guard(authenticator, { open: true, player: true, machine: "sessions" }),
      config: { problems: ["CURRENCY_UNKNOWN"] },
      schema: {
        tags,
        summary: "The games that somebody is shown",
        description:
          "By category, in the order of their names, or as the variant says that a signed-in player sees while an experiment with the lobby is under way. Games that are closed, in maintenance or not offered where the visitor is are left out; those of a provider that is paused or in trouble are marked as not available.",
        operationId: "getLobby",
        querystring: lobbyQuery,
        response: { 200: lobbyAnswer },
      },
    },
    async (request, reply) => {
      const { currency, country: told, ...rest } = request.query;
      if (currency !== undefined && !isCurrency(currency)) {
        return sendProblem(reply, { code: "CURRENCY_UNKNOWN" }, request.traceId);
      }
      const { principal } = request;
      const player = principal === undefined || principal.kind === "machine" ? undefined : principal.playerId;
      // Where a player lives is known, and not for the front end to say.
      const country = player === undefined ? told : await findCountry(db, player);
      const pack = country === undefined ? undefined : packs().of(country, clock.now());
      const offered = (game: Game): boolean =>
        country === undefined || pack === undefined || checkOffer(game, pack, country) === undefined;
      const shown = catalog.all().filter((game) => offered(game) && isShown(game, { ...rest, country, currency }));
      const variant = player === undefined ? undefined : await showVariant(context, player, request.traceId);
      const groups = arrangeLobby(shown, variant ?? plainLobby);
      const categories = groups.map(({ category, games }) => ({ category, games: games.map(presentGame) }));
      return sendJson(reply, JSON.stringify({ categories }));
    },
  );

  server.post(
    "/v1/games/:gameId/launch",
    {
      onRequest: guard(authenticator, { player: true, machine: "sessions" }),
      config: { problems: [...openSessionProblems, ...bankInProblems, "GAME_BANK_REFUSED", "GAME_BANK_UNAVAILABLE"] },
      schema: {
        tags,
        summary: "Start a game",
        description:
          "Opens a session on it, whose token bets for this player on this game alone. Of a game that is played from its provider's own wallet the player's game bank is opened too, and the amount taken there.",
        operationId: "launchGame",
        params: z.object({ gameId: z.string().meta({ example: "pitboss_dice" }) }),
        body: launchBody,
        response: { 201: launchAnswer },
      },
    },
    async (request, reply) => {
      const { gameId } = request.params;
      const opened = await openGameSession(context, principalOf(request), { ...request.body, gameId }, request);
      if (!opened.ok) return sendProblem(reply, opened.error, request.traceId);
      const provider = catalog.byCode(gameId)?.providerCode;
      const gameBank = await launchBank(context, request, opened.value);
      if (!gameBank.ok) return sendProblem(reply, gameBank.error, request.traceId);
      const more = gameBank.value === undefined ? {} : { gameBank: gameBank.value };
      const { sessionId, token, expiresAt } = opened.value;
      return sendJson(reply, JSON.stringify({ gameId, provider, sessionId, token, expiresAt, ...more }), 201);
    },
  );
}

/** Undefined where bets on the game come to the house one by one. */
async function launchBank(
  context: LobbyContext,
  request: FastifyRequest<{ Params: { gameId: string }; Body: z.infer<typeof launchBody> }>,
  { sessionId }: OpenedSession,
): Promise<Result<z.infer<typeof launchedBank> | undefined>> {
  const { banks, catalog } = context;
  const { playerId, currency, requestId, amount } = request.body;
  const game = catalog.byCode(request.params.gameId);
  if (game === undefined || banks.integrations.byCode(game.providerCode)?.policy.gameBank == null) {
    return amount === undefined ? ok(undefined) : err("GAME_BANK_NONE");
  }
  if ((amount === undefined) !== (requestId === undefined)) {
    return err("REQUEST_INVALID", "An amount and the id of its request are sent together.");
  }
  const player = readPlayerId(playerId);
  if (!player.ok || !isCurrency(currency)) return player.ok ? err("CURRENCY_UNKNOWN") : player;
  const opened = await openGameBank(banks, {
    playerId: player.value,
    provider: game.providerCode,
    gameId: game.id,
    gameSessionId: parseId("session", sessionId) ?? null,
    currency,
  });
  if (!opened.ok) return opened;
  const { bank, launchUrl } = opened.value;
  const gameBankId = formatId("gameBank", bank.id);
  if (amount === undefined || requestId === undefined) return ok({ gameBankId, launchUrl, transfer: null });
  const wish = await readIn(context, request, bank, requestId, amount);
  const moved = wish.ok ? await transferIn(banks, bank, wish.value) : wish;
  return moved.ok ? ok({ gameBankId, launchUrl, transfer: presentTransfer(moved.value) }) : moved;
}

function presentGame({ code, name, providerCode, tags: told, devices, status, limits }: Game): object {
  return {
    gameId: code,
    name,
    provider: providerCode,
    tags: told,
    devices,
    available: status === "OPEN",
    limits: Object.fromEntries(
      [...limits].map(([currency, { min, max }]) => [
        currency,
        { minBet: formatMinor(min, currency), maxBet: formatMinor(max, currency) },
      ]),
    ),
  };
}
