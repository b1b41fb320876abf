import { describe, expect, test } from "vitest";
import { fitLimit } from "./game-entry.ts";
import { readCatalogFile } from "./read-catalog-file.ts";

const head = "code,name,category,tags,devices,limits,rtpVersions,providerLimits";

describe("a provider's list of games", () => {
  test("is read from CSV with every column", () => {
    const { games, bad } = readCatalogFile(
      `${head}\nblack_jack,"Black, Jack",table,new|hot,MOBILE,EUR:0.10-500.00|JPY:10-80000,v1:99.5,VIP:EUR:10.00-5000.00\n`,
      "csv",
    );
    expect(bad).toEqual([]);
    expect(games).toEqual([
      {
        line: 2,
        game: {
          code: "black_jack",
          name: "Black, Jack",
          category: "table",
          tags: ["new", "hot"],
          devices: ["MOBILE"],
          languages: [],
          bannedCountries: [],
          jurisdictions: [],
          limits: { EUR: { min: "0.10", max: "500.00" }, JPY: { min: "10", max: "80000" } },
          rtpVersions: [{ version: "v1", rtp: "99.5" }],
          sideBets: [],
          providerLimits: [{ limit: "VIP", currency: "EUR", min: "10.00", max: "5000.00" }],
        },
      },
    ]);
  });

  test("says the same from JSON", () => {
    const entry = { code: "dice", name: "Dice", category: "dice", limits: { EUR: { min: "1.00", max: "2.00" } } };
    const json = readCatalogFile(JSON.stringify([entry]), "json");
    const csv = readCatalogFile("code,name,category,limits\ndice,Dice,dice,EUR:1.00-2.00", "csv");
    expect(json.games[0]?.game).toEqual(csv.games[0]?.game);
  });

  test("loses nothing to a bad line, and tells it by its number", () => {
    const good = (code: string): string => `${code},Name,slots,,,EUR:1.00-2.00,,`;
    const text = [
      head,
      good("one"),
      "x,Name,slots",
      good("Two"),
      good("three"),
      good("one"),
      `four,N,slots,,,EUR:2-1,,`,
    ];
    const { games, bad } = readCatalogFile(text.join("\n"), "csv");
    expect(games.map(({ game }) => game.code)).toEqual(["one", "three"]);
    expect(bad).toEqual([
      { line: 3, why: "3 cells under 8 columns" },
      { line: 4, why: "code: lower-case letters, digits and _" },
      { line: 6, why: "code: one stands on line 2 already" },
      { line: 7, why: "limits.EUR: 2 to 1 is no range of stakes" },
    ]);
  });

  test("is refused whole where it has no list in it", () => {
    expect(readCatalogFile("{", "json").bad).toEqual([{ line: 0, why: "the file is not JSON" }]);
    expect(readCatalogFile("code,name\n", "csv").bad).toEqual([{ line: 1, why: 'the column "category" is missing' }]);
    expect(readCatalogFile("code,colour\n", "csv").bad[0]?.why).toBe('there is no column "colour"');
  });
});

test("a limit of the provider's is compared with the house's own", () => {
  const ours = { EUR: { min: "1.00", max: "100.00" } };
  const vip = { limit: "VIP", currency: "EUR", min: "1.00", max: "100.00" };
  expect(fitLimit(ours, vip)).toBe("FITS");
  expect(fitLimit(ours, { ...vip, max: "99.99" })).toBe("WIDER_THAN_PROVIDER");
  expect(fitLimit(ours, { ...vip, min: "1.01" })).toBe("WIDER_THAN_PROVIDER");
  expect(fitLimit(ours, { ...vip, currency: "JPY", min: "1", max: "2" })).toBe("NOT_OFFERED");
});
