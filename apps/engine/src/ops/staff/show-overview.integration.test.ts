/** The first page of each role: its own queues, counted as their lists have them, and quickly. */
import { roles } from "@pitboss/domain/identity/roles";
import { overviewTiles, tilesOfRoles } from "@pitboss/domain/ops/overview-tiles";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { numberOf } from "../../testing/start-casino.ts";
import { failureOf, type Office, startOffice } from "../../testing/start-office.ts";

let office: Office;

beforeAll(async () => {
  office = await startOffice();
});
afterAll(() => office.close());

async function overviewOf(role: (typeof roles)[number]) {
  const { api } = await office.signIn(office.people[role]);
  return { api, overview: await api.system.overview.query() };
}

test("each role has its own tiles, in its own order, and no other", async () => {
  for (const role of roles) {
    const { overview } = await overviewOf(role);
    expect(overview.tiles.map(({ tile }) => tile)).toEqual(tilesOfRoles[role]);
    for (const { tile, href, count } of overview.tiles) {
      expect(href).toBe(overviewTiles[tile].href);
      expect(count).toBeGreaterThanOrEqual(0);
    }
  }
});

test("tiles count what their lists show", async () => {
  const { db } = office.casino;
  const players = await Promise.all([1, 2, 3].map(() => office.casino.openPlayer()));
  const ids = players.map(({ playerId }) => numberOf(playerId));
  const risk = await overviewOf("risk");
  const before = (id: string) => risk.overview.tiles.find(({ tile }) => tile === id)?.count ?? 0;
  await risk.api.player.lock.mutate({ playerId: players[0]?.playerId ?? "", reason: "Looks like a second account" });
  await db.execute(
    sql`INSERT INTO kyc_cases (player_id, level, state, submitted_at, due_at)
        VALUES (${ids[1]}, 1, 'PENDING', now() - interval '2 days', now() - interval '1 day'),
               (${ids[2]}, 1, 'PENDING', now(), now() + interval '1 day')`,
  );
  const after = await risk.api.system.overview.query();
  const tile = (id: string) => after.tiles.find((each) => each.tile === id);
  expect(tile("playersLocked")?.count).toBe(before("playersLocked") + 1);
  expect(tile("kycWaiting")).toMatchObject({ count: before("kycWaiting") + 2, late: 1, more: false });
  expect(Date.now() - Date.parse(tile("kycWaiting")?.since ?? "")).toBeGreaterThan(86_400_000);
  const { rows } = await risk.api.kyc.list.query({ state: "PENDING" });
  expect(rows.filter(({ state }) => state === "PENDING")).toHaveLength(tile("kycWaiting")?.count ?? -1);
});

test("nobody has a first page without signing in", async () => {
  expect((await failureOf(office.client(undefined).system.overview.query())).code).toBe("TOKEN_MISSING");
});
