import { expect, test } from "vitest";
import { layoutLinks } from "./layout-links.ts";

const accounts = [
  { playerId: "p_1", distance: 0 },
  ...Array.from({ length: 30 }, (_, index) => ({ playerId: `p_${index + 2}`, distance: 1 })),
  { playerId: "p_90", distance: 2 },
];
const links = accounts.slice(1, 31).map(({ playerId }) => ({ from: "p_1", to: playerId }));

test("the one who was asked for stands in the middle, and no two stand on each other", () => {
  const { places, radius } = layoutLinks(accounts, links);
  expect(places.get("p_1")).toEqual({ x: 0, y: -0 });
  const all = [...places.values()];
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(60);
    expect(Math.hypot(a.x, a.y)).toBeLessThanOrEqual(radius + 1);
  }
});

test("the same graph looks the same, in whatever order it comes", () => {
  const { places } = layoutLinks(accounts, links);
  const turned = layoutLinks(accounts.toReversed(), links.toReversed()).places;
  expect(Object.fromEntries(turned)).toEqual(Object.fromEntries(places));
});

test("an account without any link is placed as well", () => {
  expect(layoutLinks([{ playerId: "p_1", distance: 0 }], []).places.size).toBe(1);
});
