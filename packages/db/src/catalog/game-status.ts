import { sql } from "drizzle-orm";

/** The `GameStatus` of game `g` of provider `p`, at the database's time. */
export const gameStatus = sql`CASE
  WHEN NOT g.open THEN 'CLOSED'
  WHEN p.paused_at IS NOT NULL THEN 'PROVIDER_PAUSED'
  WHEN EXISTS (
    SELECT FROM maintenance_windows m
     WHERE m.cancelled_at IS NULL AND m.from_at <= now() AND m.until_at > now()
       AND (m.game_id = g.id OR m.provider_id = p.id)) THEN 'MAINTENANCE'
  WHEN EXISTS (SELECT FROM provider_circuits c WHERE c.provider_id = p.id AND c.state = 'OPEN') THEN 'PROVIDER_DOWN'
  ELSE 'OPEN' END`;
