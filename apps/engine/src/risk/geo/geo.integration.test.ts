/** Where a player is decides over bets and deposits, and the refusal keeps what was known. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { setKycLevel } from "@pitboss/db/compliance/standing-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Casino, liveGame, numberOf, startCasino, type TestPlayer } from "../../testing/start-casino.ts";

let casino: Casino;

beforeAll(async () => {
  casino = await startCasino();
});
afterAll(() => casino.close());

async function betFrom({ playerId }: TestPlayer, device: object): Promise<unknown> {
  const body = {
    requestId: randomUUID(),
    playerId,
    gameId: liveGame,
    roundId: randomUUID(),
    stake: { amount: "1.00", currency: "EUR" },
    selection: [],
    device: { ua: "a test", ...device },
  };
  const answer = await casino.call("POST", "/v1/bets/place", { token: casino.operatorKey, body });
  return answer.body["status"] === "ACCEPTED" ? "ACCEPTED" : answer.body["code"];
}

test("a blocked country refuses, whatever the account says, and a country that nobody knows does not", async () => {
  const player = await casino.openPlayer({ EUR: "50.00" });
  expect(await betFrom(player, { ip: "8.8.8.8" })).toBe("LOCATION_NOT_ALLOWED");
  expect(await betFrom(player, { ip: "203.0.113.7", country: "KP" })).toBe("LOCATION_NOT_ALLOWED");
  expect(await betFrom(player, { ip: "203.0.113.7" })).toBe("ACCEPTED");
  const { rows } = await casino.db.execute<{ rule: string; inputs: object }>(
    sql`SELECT rule, inputs FROM denials WHERE player_id = ${numberOf(player.playerId)} ORDER BY id LIMIT 1`,
  );
  expect(rows[0]).toEqual({
    rule: "risk.geo-blocked",
    inputs: {
      ipCountry: "US",
      proxy: false,
      deviceCountry: null,
      accountCountry: "MT",
      jurisdiction: "MT",
      packVersion: 1,
    },
  });
});

test("a German plays from Germany, and from nowhere that is known to be elsewhere", async () => {
  const player = await casino.openPlayer({ EUR: "50.00" });
  await casino.db.execute(sql`UPDATE players SET country = 'DE' WHERE id = ${numberOf(player.playerId)}`);
  await setKycLevel(casino.db, numberOf(player.playerId), 1);
  expect(await betFrom(player, { ip: "203.0.113.7", country: "DE" })).toBe("ACCEPTED");
  expect(await betFrom(player, { ip: "203.0.113.7", country: "AT" })).toBe("LOCATION_NOT_ALLOWED");
});
