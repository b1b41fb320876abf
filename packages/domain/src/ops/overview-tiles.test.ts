import { expect, test } from "vitest";
import { permissionRow } from "../identity/permissions.ts";
import { roles } from "../identity/roles.ts";
import {
  figuresOfRoles,
  overviewFiguresOf,
  overviewTiles,
  type TileId,
  tilesOf,
  tilesOfRoles,
} from "./overview-tiles.ts";

test("no role is promised a tile that it may not see", () => {
  for (const role of roles) expect(tilesOf([role])).toEqual(tilesOfRoles[role]);
  for (const role of roles.filter((each) => figuresOfRoles[each].length > 0)) {
    expect(permissionRow("report.read").roles).toContain(role);
  }
});

test("each tile is on the page of some role, and no two roles have the same page", () => {
  const named = new Set(roles.flatMap((role) => tilesOfRoles[role]));
  expect((Object.keys(overviewTiles) as TileId[]).filter((tile) => !named.has(tile))).toEqual([]);
  expect(new Set(roles.map((role) => tilesOf([role]).join())).size).toBe(roles.length);
});

test("who has two roles has the tiles of both, each once", () => {
  const both = tilesOf(["finance", "risk"]);
  expect(new Set(both).size).toBe(both.length);
  expect(both).toEqual(expect.arrayContaining([...tilesOfRoles.finance, ...tilesOfRoles.risk]));
  expect(overviewFiguresOf(["support", "operations"])).toEqual(figuresOfRoles.operations);
  expect(overviewFiguresOf(["support"])).toEqual([]);
});
