/** The files of a report, read back by programs that are not ours. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figuresInput } from "@pitboss/domain/reporting/report-contract";
import readXlsxFile from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { playAtRandom } from "../random-play.fixture.ts";
import { readFigures } from "../figures/show-figures.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { makeFigureTable, type ReportTable } from "./figure-table.ts";
import { writePdf } from "./write-pdf.ts";
import { writeXlsx } from "./write-xlsx.ts";

const today = new Date().toISOString().slice(0, 10);
const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
const input = figuresInput.parse({
  from: yesterday,
  to: today,
  by: ["game"],
  inCurrency: null,
  games: ["wheel", "cards"],
});
let house: TestReports;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pitboss-files-"));
  house = await openTestReports();
  await playAtRandom(house, house.openLanes(), { seed: 5, players: 5, bets: 60 });
  await house.caughtUp();
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

function table(): Promise<ReportTable> {
  const settings = { operator: "Harbour Games Ltd" } as Parameters<typeof makeFigureTable>[0]["settings"];
  return makeFigureTable({ ...house.deps, clock: { now: () => Date.now() }, settings }, input);
}

test("a workbook has numbers that add up to its totals, and says whose it is, of when and of what", async () => {
  const path = join(folder, "report.xlsx");
  await writeXlsx(await table(), path);
  const [sheet] = await readXlsxFile(path);
  const lines = sheet?.data ?? [];
  expect(lines.slice(0, 4).map((line) => [line[0], line[1]])).toEqual([
    ["Gross and net gaming revenue", null],
    ["Operator", "Harbour Games Ltd"],
    ["Days", `${yesterday} to ${today}, of UTC`],
    ["Filters", "games: wheel, cards"],
  ]);
  const titles = lines.findIndex((line) => line[0] === "Game");
  const at = lines[titles]?.indexOf("GGR") ?? -1;
  const rows = lines.slice(titles + 1);
  const { totals } = await readFigures(house.deps, input);
  expect(totals.length).toBeGreaterThan(1);
  for (const { currency, ggr } of totals) {
    const ofCurrency = rows.filter((line) => line[1] === currency);
    const cents = (line: (typeof rows)[number]): number => Math.round(Number(line[at]) * 100);
    const total = ofCurrency.find((line) => line[0] === "Total");
    expect(total?.[at]).toBe(Number(ggr));
    const sum = ofCurrency.filter((line) => line !== total).reduce((all, line) => all + cents(line), 0);
    expect([currency, sum]).toEqual([currency, Math.round(Number(ggr) * 100)]);
  }
});

test("text that looks like a formula is text, and an amount beyond a double's digits keeps them", async () => {
  const path = join(folder, "odd.xlsx");
  const columns = [
    { title: "Game", kind: "text" },
    { title: "GGR", kind: "money" },
  ] as const;
  await writeXlsx({ title: "Odd", head: [], columns, rows: [["=1+1", "12345678901234567.89"]], totals: [] }, path);
  const [sheet] = await readXlsxFile(path);
  expect(sheet?.data.at(-1)).toEqual(["=1+1", "12345678901234567.89"]);
});

test("a report on paper is a PDF of as many pages as it takes, however long a cell is", async () => {
  const path = join(folder, "report.pdf");
  const made = await table();
  await writePdf(made, path);
  expect((await readFile(path)).subarray(0, 5).toString()).toBe("%PDF-");
  const rows = Array.from({ length: 120 }, (_, index) =>
    made.columns.map(() => `${index}.000000 long ${"x".repeat(60)}`),
  );
  const text = made.columns.map(({ title }) => ({ title, kind: "text" as const }));
  await writePdf({ ...made, columns: text, rows }, path);
  const bytes = await readFile(path);
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  const pages = /\/Count (\d+)/.exec(bytes.toString("latin1"))?.[1];
  expect(pages).toBe("4");
});
