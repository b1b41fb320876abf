/** A provider's list of games: what it would change, and exactly that. */
import { findGames, type GameRecord, upsertGames } from "@pitboss/db/catalog/game-store";
import { lockProvider } from "@pitboss/db/catalog/provider-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { GameEntry } from "@pitboss/domain/catalog/game-entry";
import { type BadLine, catalogFormats, readCatalogFile } from "@pitboss/domain/catalog/read-catalog-file";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, type Plan, planOf } from "../../edge/trpc/plan.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { diffGame } from "./games.ts";

export interface ImportPlan extends Plan {
  readonly added: number;
  readonly changed: number;
  /** In the file and here alike. */
  readonly same: number;
  readonly bad: readonly BadLine[];
}

/** A longer list comes in parts. */
const mostText = 200_000;

const file = z.object({
  provider: z.string().max(40),
  format: z.enum(catalogFormats),
  text: z.string().min(1).max(mostText),
});

interface Import extends Omit<ImportPlan, "hash" | "action" | "count" | "items" | "leftOut" | "production"> {
  readonly looks: readonly Look[];
  readonly writes: readonly GameEntry[];
}

/** Changes nothing. It is sent as a write because a list is too long for an address. */
export const planImport = staffProcedure("game.change")
  .input(file)
  .mutation(async ({ ctx, input }): Promise<ImportPlan> => {
    const { deps } = ctx;
    const { looks, writes: _writes, ...rest } = orThrow(await readImport(deps.db, input));
    return { ...planOf("catalog.import", { provider: input.provider }, looks, deps.settings.production), ...rest };
  });

/** All that the plan showed, in one transaction; bad lines take nothing from it. Imported again, it changes nothing. */
export const importGames = staffProcedure("game.change")
  .input(file.extend({ plan: z.string().regex(/^[0-9a-f]{16}$/), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly added: number; readonly changed: number }> => {
    const { deps, acting } = ctx;
    const { provider, plan, reason } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const locked = await lockProvider(tx, provider);
        if (locked === undefined) return err("PROVIDER_NOT_FOUND");
        const read = await readImport(tx, input);
        if (!read.ok) return read;
        const { looks, writes, added, changed } = read.value;
        if (planOf("catalog.import", { provider }, looks, deps.settings.production).hash !== plan) {
          return err("PLAN_CHANGED");
        }
        if (writes.length === 0) return err("NOTHING_CHANGES");
        await upsertGames(tx, locked.id, writes);
        note({
          action: "catalog.import",
          subject: { kind: "provider", id: provider },
          reason,
          after: { plan, added, changed, bad: read.value.bad.length },
        });
        for (const look of looks) {
          if ("failure" in look) continue;
          const { id, before, after } = look;
          note({ action: "game.import", subject: { kind: "game", id }, reason, before, after });
        }
        return ok({ added, changed });
      }),
    );
  });

async function readImport(db: Executor, { provider, format, text }: z.infer<typeof file>) {
  if ((await lockProvider(db, provider)) === undefined) return err("PROVIDER_NOT_FOUND");
  const { games, bad } = readCatalogFile(text, format);
  const known = new Map(
    (
      await findGames(
        db,
        games.map(({ game }) => game.code),
      )
    ).map((game) => [game.code, game]),
  );
  const all: BadLine[] = [...bad];
  const looks: Look[] = [];
  const writes: GameEntry[] = [];
  const counts = { added: 0, changed: 0, same: 0 };
  for (const { line, game } of games) {
    const before = known.get(game.code);
    if (before !== undefined && before.providerCode !== provider) {
      all.push({ line, why: `code: ${game.code} is a game of ${before.providerCode}` });
      continue;
    }
    const look = lookAt(before, game);
    counts[before === undefined ? "added" : look === undefined ? "same" : "changed"] += 1;
    if (look === undefined) continue;
    looks.push(look);
    writes.push(game);
  }
  all.sort((a, b) => a.line - b.line);
  return ok<Import>({ looks, writes, bad: all, ...counts });
}

function lookAt(before: GameRecord | undefined, game: GameEntry): Look | undefined {
  if (before === undefined) {
    const after: JsonObject = { ...game };
    return { id: game.code, what: `Add ${game.name}`, before: {}, after };
  }
  const changed = diffGame(before, game);
  return changed === undefined ? undefined : { id: game.code, what: `Change ${game.name}`, ...changed };
}
