import {
  findGames,
  type GameRecord,
  listGameFacets,
  lockGame,
  searchGames,
  setGameOpen,
  upsertGames,
} from "@pitboss/db/catalog/game-store";
import { listMaintenance } from "@pitboss/db/catalog/maintenance-store";
import { lockProvider } from "@pitboss/db/catalog/provider-store";
import { fitLimit, type GameEntry, gameEntry, type LimitFit } from "@pitboss/domain/catalog/game-entry";
import { gameStatuses } from "@pitboss/domain/catalog/game-status";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { type MaintenanceView, presentMaintenance } from "./maintenance.ts";

export type GameRow = Omit<GameRecord, "id">;

const code = z.string().min(1).max(80);
const text = z.string().trim().min(1).max(80).nullish();

/** In the order of their codes; a cursor is the last code seen. */
export const listGames = procedure("game.read")
  .input(
    z.object({
      search: text,
      provider: text,
      category: text,
      tag: text,
      status: z.enum(gameStatuses).nullish(),
      ...pageInput,
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<GameRow>> => {
    const { search, provider, category, tag, status, cursor, limit } = input;
    const rows = await searchGames(ctx.deps.db, {
      search: search ?? undefined,
      provider: provider ?? undefined,
      category: category ?? undefined,
      tag: tag ?? undefined,
      status: status ?? undefined,
      after: cursor ?? undefined,
      limit: limit + 1,
    });
    return pageOf(rows, limit, presentGame, (row) => row.code);
  });

/** What the list can be narrowed by. */
export const listFacets = procedure("game.read").query(({ ctx }) => listGameFacets(ctx.deps.db));

export interface GameDetail extends GameRow {
  readonly fits: readonly (GameEntry["providerLimits"][number] & { readonly fit: LimitFit })[];
  readonly maintenance: readonly MaintenanceView[];
}

export const showGame = procedure("game.read")
  .input(z.object({ code }))
  .query(async ({ ctx, input }): Promise<GameDetail> => {
    const { db } = ctx.deps;
    const [game] = await findGames(db, [input.code]);
    if (game === undefined) throwFailure({ code: "GAME_NOT_FOUND" });
    const windows = await listMaintenance(db, game.code);
    return {
      ...presentGame(game),
      fits: game.providerLimits.map((limit) => ({ ...limit, fit: fitLimit(game.limits, limit) })),
      maintenance: windows.map(presentMaintenance),
    };
  });

/** `updatedAt` is what whoever changes it has seen: a game that was changed meanwhile is not overwritten. */
export const changeGame = staffProcedure("game.change")
  .input(z.object({ game: gameEntry, open: z.boolean(), updatedAt: z.string().max(40), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly code: string }> => {
    const { deps, acting } = ctx;
    const { game, open, updatedAt, reason } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const before = await lockGame(tx, game.code);
        if (before === undefined) return err("GAME_NOT_FOUND");
        if (before.updatedAt !== updatedAt) return err("PLAN_CHANGED", "Somebody else has changed it meanwhile.");
        const changed = diffGame(before, game);
        if (changed === undefined && before.open === open) return err("NOTHING_CHANGES");
        const provider = await lockProvider(tx, before.providerCode);
        if (provider === undefined) return err("PROVIDER_NOT_FOUND");
        await upsertGames(tx, provider.id, [game]);
        if (before.open !== open) await setGameOpen(tx, before.id, open);
        const moved = before.open === open ? undefined : { open };
        note({
          action: "game.change",
          subject: { kind: "game", id: game.code },
          reason,
          before: { ...changed?.before, ...(moved === undefined ? {} : { open: before.open }) },
          after: { ...changed?.after, ...moved },
        });
        return ok({ code: game.code });
      }),
    );
  });

/** What differs, field by field; undefined where nothing does. */
export function diffGame(before: GameEntry, after: GameEntry): { before: JsonObject; after: JsonObject } | undefined {
  const names = (Object.keys(after) as (keyof GameEntry)[]).filter(
    (name) => canonicalJson({ value: before[name] }) !== canonicalJson({ value: after[name] }),
  );
  if (names.length === 0) return undefined;
  const pick = (game: GameEntry): JsonObject => Object.fromEntries(names.map((name) => [name, game[name]]));
  return { before: pick(before), after: pick(after) };
}

function presentGame({ id: _id, ...game }: GameRecord): GameRow {
  return game;
}
