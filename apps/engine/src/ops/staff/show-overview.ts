/** The first page of whoever asks: what waits in the queues that their roles work with. */
import { countTiles, mostCounted } from "@pitboss/db/ops/count-tiles";
import { overviewTiles, type TileId, tilesOf } from "@pitboss/domain/ops/overview-tiles";
import { staffProcedure } from "../../edge/trpc/procedure.ts";

export interface OverviewTile {
  readonly tile: TileId;
  readonly count: number;
  /** There may be more than were counted. */
  readonly more: boolean;
  /** Overdue ones of them; null where nothing is due. */
  readonly late: number | null;
  /** Since when the oldest waits. */
  readonly since: string | null;
  readonly href: string;
  /** True where it is work, and zero is good. */
  readonly queue: boolean;
}

export interface Overview {
  readonly tiles: readonly OverviewTile[];
  /** When this was counted: it is as new as that. */
  readonly at: string;
}

/** A tile that none of the roles may see is neither counted nor named. */
export const showOverview = staffProcedure("account.own").query(async ({ ctx }): Promise<Overview> => {
  const { deps, staff } = ctx;
  const now = new Date(deps.clock.now());
  const counted = await countTiles(deps.db, tilesOf(staff.roles), now);
  return {
    tiles: counted.map(({ tile, count, late, since }) => ({
      tile,
      count,
      more: count >= mostCounted,
      late,
      since: since?.toISOString() ?? null,
      href: overviewTiles[tile].href,
      queue: overviewTiles[tile].queue,
    })),
    at: now.toISOString(),
  };
});
