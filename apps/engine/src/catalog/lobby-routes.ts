/** What a player is shown, and the way into a game. */
import { findCountry } from "@pitboss/db/identity/find-country";
import type { Database } from "@pitboss/db/kernel/pool";
import { isShown } from "@pitboss/domain/catalog/choose-games";
import { launchAnswer, launchBody, lobbyAnswer, lobbyQuery } from "@pitboss/domain/catalog/lobby-contract";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import { openGameSession, openSessionProblems } from "../gaming/open-game-session.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import type { Clock } from "../kernel/context.ts";
import type { GeoLocator } from "../risk/geo/geo-locator.ts";
import type { Game, GameCatalog } from "./game-catalog.ts";
import type { Failure } from "@pitboss/domain/kernel/result";

interface LobbyContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly catalog: GameCatalog;
  readonly geo: GeoLocator;
  readonly askBeforePlay: (playerId: bigint, country: string) => Promise<Failure | undefined>;
  readonly authenticator: Authenticator;
}

const tags = ["Games"];

export function registerLobbyRoutes(server: TypedServer, context: LobbyContext): void {
  const { db, catalog, authenticator } = context;

  server.get(
    "/v1/lobby",
    {
      onRequest: guard(authenticator, { open: true, player: true, machine: "sessions" }),
      config: { problems: ["CURRENCY_UNKNOWN"] },
      schema: {
        tags,
        summary: "The games that somebody is shown",
        description:
          "By category, in the order of their names. Games that are closed, in maintenance or not offered where the visitor is are left out; those of a paused provider are marked as not available.",
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
      const shown = catalog.all().filter((game) => isShown(game, { ...rest, country, currency }));
      return sendJson(reply, JSON.stringify({ categories: groupGames(shown) }));
    },
  );

  server.post(
    "/v1/games/:gameId/launch",
    {
      onRequest: guard(authenticator, { player: true, machine: "sessions" }),
      config: { problems: openSessionProblems },
      schema: {
        tags,
        summary: "Start a game",
        description: "Opens a session on it, whose token bets for this player on this game alone.",
        operationId: "launchGame",
        params: z.object({ gameId: z.string().meta({ example: "pitboss_dice" }) }),
        body: launchBody,
        response: { 201: launchAnswer },
      },
    },
    async (request, reply) => {
      const { gameId } = request.params;
      const opened = await openGameSession(context, principalOf(request), { ...request.body, gameId }, request.ip);
      if (!opened.ok) return sendProblem(reply, opened.error, request.traceId);
      const provider = catalog.byCode(gameId)?.providerCode;
      return sendJson(reply, JSON.stringify({ gameId, provider, ...opened.value }), 201);
    },
  );
}

function groupGames(games: readonly Game[]): object[] {
  const groups = Map.groupBy(games, ({ category }) => category);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([category, list]) => ({
      category,
      games: [...list].sort((a, b) => a.name.localeCompare(b.name, "en")).map(presentGame),
    }));
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
