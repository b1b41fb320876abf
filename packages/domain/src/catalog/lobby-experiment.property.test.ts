import fc from "fast-check";
import { expect, test } from "vitest";
import { arrangeLobby, assignVariant, lobbyOrders } from "./lobby-experiment.ts";

const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 });
const variantsOf = (list: readonly number[]) =>
  list.map((weight, index) => ({ code: `v${index}`, weight })) as [
    { code: string; weight: number },
    ...{ code: string; weight: number }[],
  ];

test("a player sees the same variant each time", () => {
  fc.assert(
    fc.property(fc.string(), fc.bigInt({ min: 1n, max: 1n << 62n }), weights, (experiment, player, list) => {
      const seen = assignVariant(experiment, player, variantsOf(list));
      expect(assignVariant(experiment, player, variantsOf(list))).toEqual(seen);
    }),
  );
});

test("variants get players by their weights, players in a row included", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 1e9 }), weights, (experiment, first, list) => {
      const variants = variantsOf(list);
      const total = list.reduce((a, b) => a + b, 0);
      const players = 20_000;
      const counts = new Map<string, number>();
      for (let index = 0; index < players; index += 1) {
        const { code } = assignVariant(experiment, BigInt(first + index), variants);
        counts.set(code, (counts.get(code) ?? 0) + 1);
      }
      for (const { code, weight } of variants) {
        const share = weight / total;
        // Six standard deviations: a right one fails about once in a billion.
        const slack = 6 * Math.sqrt(players * share * (1 - share));
        expect(Math.abs((counts.get(code) ?? 0) - players * share)).toBeLessThan(slack);
      }
    }),
    { numRuns: 40, seed: 20_261_127 },
  );
});

test("which variant is seen in one experiment says nothing of another", () => {
  const variants = variantsOf([1, 1]);
  let same = 0;
  for (let player = 1n; player <= 20_000n; player += 1n) {
    if (assignVariant("first", player, variants) === assignVariant("second", player, variants)) same += 1;
  }
  expect(Math.abs(same - 10_000)).toBeLessThan(6 * Math.sqrt(5_000));
});

test("every game is shown once, whatever comes first", () => {
  const word = fc.constantFrom("slots", "live", "dice", "new", "hot");
  const game = fc.record({
    id: fc.nat(),
    name: fc.string(),
    category: word,
    providerCode: word,
    tags: fc.array(word),
  });
  const variant = fc.record({
    order: fc.constantFrom(...lobbyOrders),
    categories: fc.array(word),
    tags: fc.array(word),
  });
  fc.assert(
    fc.property(fc.array(game), variant, (games, shown) => {
      const groups = arrangeLobby(games, shown);
      expect(new Set(groups.flatMap(({ games: list }) => list))).toEqual(new Set(games));
      expect(groups.every(({ category, games: list }) => list.every((one) => one.category === category))).toBe(true);
      for (const { games: list } of groups) {
        const marks = list.map(({ tags }) => tags.some((tag) => shown.tags.includes(tag)));
        expect(marks).toEqual([...marks].sort((a, b) => Number(b) - Number(a)));
      }
    }),
  );
});
