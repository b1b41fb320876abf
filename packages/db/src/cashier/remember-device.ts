/** The device that a request came from, as the devices of bets are kept. */
import { sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";

export async function rememberDevice(
  db: Executor,
  device: { readonly id: bigint; readonly playerId: bigint; readonly ip: string; readonly userAgent: string },
): Promise<void> {
  const { id, playerId, ip, userAgent } = device;
  await db.execute(sql`
    INSERT INTO devices (id, player_id, ip, user_agent) VALUES (${id}, ${playerId}, ${ip}::inet, ${userAgent})
    ON CONFLICT (id) DO NOTHING`);
}
