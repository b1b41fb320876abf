/** How many players a rule would reach. */
import type { ProfileName } from "@pitboss/domain/risk/limit-profile";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** By country of their account. */
export async function countPlayersByCountry(db: Executor): Promise<ReadonlyMap<string, number>> {
  const rows = await queryRows<{ country: string; players: string }>(
    db,
    sql`SELECT country, count(*) AS players FROM players GROUP BY country`,
  );
  return new Map(rows.map(({ country, players }) => [country, Number(players)]));
}

/** Who has no profile of their own has DEFAULT. */
export async function countPlayersOfProfile(db: Executor, profile: ProfileName): Promise<number> {
  const [row] = await queryRows<{ players: string }>(
    db,
    sql`SELECT count(*) AS players FROM players p LEFT JOIN player_gates g ON g.player_id = p.id
         WHERE coalesce(g.profile, 'DEFAULT') = ${profile}`,
  );
  return Number(row?.players ?? 0);
}
